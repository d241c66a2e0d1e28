import { expect, test } from 'vitest'
import { botRequests } from '../../src/contracts/bot-api.js'
import { type ChannelType, profileOfType } from '../../src/contracts/channel-types.js'
import { messageContent } from '../../src/contracts/messages.js'
import { contentOf } from '../../src/emulator/rules/bot-messages.js'
import { plainMarkdown } from '../../src/emulator/rules/plain-markdown.js'

/** What a bot's message is in a channel that shows it, and in one that does not. */

const two = [{ text: 'Tea', id: 7 }, { text: 'Coffee' }]
const buttons = {
  kind: 'buttons',
  buttons: [
    { id: '7', text: 'Tea' },
    { id: '2', text: 'Coffee' },
  ],
}
const photo = { type: 'PHOTO', file: 'https://bot.test/a/tea.png?size=1' }
const film = { type: 'VIDEO', file: 'https://bot.test/tea.mp4' }

test.each<[name: string, channel: ChannelType, message: object, expected: object]>([
  ['buttons with a title', 'site', { type: 'BUTTONS', title: 'Which?', text: 'Tea or coffee', buttons: two }, { text: 'Which?', content: buttons }],
  ['buttons without a title', 'telegram', { type: 'BUTTONS', text: 'Tea or coffee', buttons: two }, { text: 'Tea or coffee', content: buttons }],
  ['buttons alone', 'site', { type: 'BUTTONS', buttons: two }, { text: 'Tea / Coffee', content: buttons }],
  ['buttons as their text', 'ok', { type: 'BUTTONS', title: 'Which?', text: 'Tea or coffee', buttons: two }, { text: 'Tea or coffee' }],
  ['buttons as a list', 'ok', { type: 'BUTTONS', title: 'Which?', buttons: two }, { text: 'Which?\n1. Tea\n2. Coffee' }],
  ['buttons as a list alone', 'email', { type: 'BUTTONS', buttons: two }, { text: '1. Tea\n2. Coffee' }],
  [
    'buttons that must be pressed',
    'site',
    { type: 'BUTTONS', title: 'Which?', buttons: two, force_reply: true },
    { text: 'Which?', content: { ...buttons, forceReply: true } },
  ],
  ['buttons that may be pressed', 'site', { type: 'BUTTONS', title: 'Which?', buttons: two, force_reply: false }, { text: 'Which?', content: buttons }],
  ['force_reply elsewhere', 'telegram', { type: 'BUTTONS', title: 'Which?', buttons: two, force_reply: true }, { text: 'Which?', content: buttons }],
  ['markdown', 'site', { type: 'MARKDOWN', content: '**Hi**', text: 'Hello' }, { text: 'Hello', content: { kind: 'markdown', markdown: '**Hi**' } }],
  ['markdown as its text', 'viber', { type: 'MARKDOWN', content: '**Hi**', text: 'Hello' }, { text: 'Hello' }],
  ['markdown without marks', 'viber', { type: 'MARKDOWN', content: '**Hi**' }, { text: 'Hi' }],
  [
    'a picture',
    'avito',
    { ...photo, text: 'Tea' },
    { text: 'Tea', content: { kind: 'file', media: 'photo', url: photo.file, name: 'tea.png', size: null, type: '' } },
  ],
  ['a film as a link', 'avito', film, { text: 'https://bot.test/tea.mp4' }],
  ['a film as a caption and a link', 'avito', { ...film, text: 'Tea' }, { text: 'Tea\nhttps://bot.test/tea.mp4' }],
  [
    'a place',
    'vk',
    { type: 'LOCATION', latitude: 56.8, longitude: 35.9 },
    { text: '56.8, 35.9', content: { kind: 'location', latitude: 56.8, longitude: 35.9 } },
  ],
])('%s in %s', (_, channel, message, expected) => {
  const request = botRequests.BOT_MESSAGE.parse({ event: 'BOT_MESSAGE', chat_id: '9001', message })
  const said = contentOf(request.message, profileOfType(channel))
  expect(said).toEqual(expected)
  if (said.content !== undefined) expect(messageContent.safeParse(said.content).error?.issues ?? []).toEqual([])
})

test.each([
  ['**Bold** and *thin*, __both__ _ways_', 'Bold and thin, both ways'],
  ['# Menu\n\n* tea\n+ coffee\n1. cake', 'Menu\n\n- tea\n- coffee\n1. cake'],
  ['[Shop](https://shop.test/a) and [https://shop.test](https://shop.test)', 'Shop: https://shop.test/a and https://shop.test'],
  ['[**Shop**](https://shop.test/)', 'Shop: https://shop.test/'],
  ['`npm start`\n```js\nlet a_b = 2 * 3 * 4\n```', 'npm start\nlet a_b = 2 * 3 * 4'],
  ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
  ['1 \\* 2 \\[x\\]', '1 * 2 [x]'],
  ['', ''],
])('%j is %j in words', (markdown, plain) => {
  expect(plainMarkdown(markdown)).toBe(plain)
})

test.each(['[', '*', '_', '`', '**', '[a](', '\\', '* a', '_a', '[a', '`a'])('a message full of %j alone is read in no time', mark => {
  const text = mark.repeat(10_000 / mark.length)
  const began = performance.now()
  expect(plainMarkdown(text).length).toBeLessThanOrEqual(text.length)
  expect(performance.now() - began).toBeLessThan(1_000)
})
