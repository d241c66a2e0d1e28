import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { crmWebhooks } from '../../src/contracts/webhooks/crm.js'
import { channelWebhooks, webhookContract, webhookNameOf } from '../../src/contracts/webhooks/events.js'

const root = new URL('../../fixtures/', import.meta.url)
const filesOf = (folder: string) => readdirSync(new URL(folder, root)).map(file => `${folder}/${file}`)
const files = [...filesOf('webhooks'), ...filesOf('crm')]
const bodyOf = (file: string) => JSON.parse(readFileSync(new URL(file, root), 'utf8'))

test.each(files)('%s is a body that its contract allows', file => {
  const body = bodyOf(file)
  expect(file.split(/[/.]/)[1]).toBe(webhookNameOf(body.event_name))
  expect(webhookContract(body.event_name)?.safeParse(body).error?.issues ?? []).toEqual([])
})

test('every webhook has its plain case', () => {
  expect(files).toEqual(expect.arrayContaining(Object.keys(channelWebhooks).map(name => `webhooks/${name}.json`)))
  expect(files).toEqual(expect.arrayContaining(Object.keys(crmWebhooks).map(name => `crm/${name}.json`)))
})

test('the README names every scene and nothing else', () => {
  const readme = readFileSync(new URL('README.md', root), 'utf8')
  const named = [...readme.matchAll(/^\| `(.+\.json)` \| \S/gm)].map(match => match[1])
  expect(named.sort()).toEqual([...files].sort())
})

test.each(files.filter(file => file.startsWith('webhooks/chat_finished') && !/masked|as-the-example/.test(file)))(
  'the transcripts of %s say what its messages say',
  file => {
    const { chat, plain_messages, agents } = bodyOf(file)
    const said = chat.messages.map(({ message }: { message: string }) => message)
    for (const message of said) expect(plain_messages).toContain(message)
    expect(plain_messages.replaceAll(/[^\n]/g, '').length).toBe(said.join('\n').replaceAll(/[^\n]/g, '').length)
    const ids = agents.map(({ id }: { id: string | number }) => String(id))
    for (const { agent_id } of chat.messages) if (agent_id !== undefined) expect(ids).toContain(String(agent_id))
  },
)
