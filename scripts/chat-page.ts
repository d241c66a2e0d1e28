import type * as z from 'zod'
import { chatEvent, chatRequest } from '../src/contracts/chat-api.js'
import { fieldsOf } from '../src/contracts/paths.js'
import { anchorOf, bareLegend, code, fieldTable, json } from './webhooks-page.js'

/** The reference of the Chat API, `docs/chat-api.md`, made of its contracts. */

const example = { sender: { id: '77', name: 'Ada' }, message: { type: 'text', id: 'm-1', text: 'Is size 40 back?' } }

const types = chatRequest.shape.message.options.map(option => ({ type: [...option.shape.type.values].join(), option: option as z.ZodType }))

export const chatPage = (): string =>
  `${[
    '<!-- Made by `npm run docs` from src/contracts/chat-api.ts: edit that. -->',
    '# Chat API',
    'The messages of a channel of your own, and how sure each fact is. The same object goes both ways. In the terminal the same is `jivo-dev schema chat`; `jivo-dev schema chat_request --json` is a JSON Schema.',
    contents(),
    '## How to read this',
    bareLegend(),
    '## From your server',
    'What your server `POST`s for a client. Keys that Jivo does not know are let through and mean nothing.',
    // The kinds of messages have a chapter of their own.
    fieldTable(ownFields(chatRequest)),
    `<details><summary>Example</summary>\n\n${json(chatRequest.parse(example))}\n\n</details>`,
    '## From Jivo',
    'What Jivo `POST`s to the address of the channel.',
    fieldTable(ownFields(chatEvent)),
    '## Messages',
    'What stands in `message`, in either direction.',
    ...types.flatMap(({ type, option }) => [`### ${code(type)}`, fieldTable(fieldsOf(option, 'message'))]),
  ].join('\n\n')}\n`

const ownFields = (schema: z.ZodType) => fieldsOf(schema).filter(({ path }) => !path.startsWith('message.'))

const contents = () =>
  ['How to read this', 'From your server', 'From Jivo', 'Messages']
    .map(title => {
      const links = title === 'Messages' ? `: ${types.map(({ type }) => `[${code(type)}](#${anchorOf(type)})`).join(', ')}` : ''
      return `- [${title}](#${anchorOf(title)})${links}`
    })
    .join('\n')
