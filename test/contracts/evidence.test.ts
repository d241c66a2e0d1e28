import { expect, test } from 'vitest'
import { botEvents, botRequests } from '../../src/contracts/bot-api.js'
import { chatEvent, chatRequest } from '../../src/contracts/chat-api.js'
import { fieldsOf } from '../../src/contracts/paths.js'
import { webhookNames, webhooks } from '../../src/contracts/webhooks/events.js'
import { quirks } from '../../src/contracts/webhooks/quirks.js'
import { dataReply, plainReply } from '../../src/contracts/webhooks/replies.js'

const contracts = {
  ...webhooks,
  ...botEvents,
  ...botRequests,
  'reply with data': dataReply,
  'plain reply': plainReply,
  switches: quirks,
  'request of the Chat API': chatRequest,
  'event of the Chat API': chatEvent,
}

test.each(Object.entries(contracts))('every field of %s says how sure it is and where the fact comes from', (_, contract) => {
  const fields = fieldsOf(contract)
  const unmarked = fields.filter(({ provenance }) => !['documented', 'observed', 'guessed'].includes(provenance?.evidence ?? '') || !provenance?.source)
  expect(fields.length).toBeGreaterThan(0)
  expect(unmarked.map(({ path }) => path)).toEqual([])
})

test.each(webhookNames)('%s is found by the event_name of its body', name => {
  const [first] = fieldsOf(webhooks[name])
  expect(first?.path).toBe('event_name')
  expect(first?.type.split(' or ')[0]).toBe(JSON.stringify(name))
})

test('fields of lists and of optional objects are listed with their types', () => {
  const fields = fieldsOf(webhooks.chat_finished)
  expect(fields.find(({ path }) => path === 'chat.messages[].type')).toMatchObject({ type: '"visitor" or "agent"', optional: false })
  expect(fields.find(({ path }) => path === 'topic.parent_id')).toMatchObject({ type: 'number or null', optional: true })
})

test.each([
  ['created_client', 'contacts[].channel_type'],
  ['created_client', 'blacklist.agent.agent_id'],
  ['assigned_status', 'client.tags[].tag_id'],
  ['created_pipeline', 'pipeline_statuses[].final_status'],
] as const)('%s lists %s, deep inside', (name, path) => {
  expect(fieldsOf(webhooks[name]).map(field => field.path)).toContain(path)
})

test('a field that Jivo does not have is refused, at every depth', () => {
  const tag = { event_name: 'created_client_tag', tag_id: 7, title: 'oven' }
  expect(webhooks.created_client_tag.safeParse(tag).success).toBe(true)
  expect(webhooks.created_client_tag.safeParse({ ...tag, chat_id: 1 }).success).toBe(false)
  const merged = { event_name: 'merged_tag', tag: { tag_id: 7, title: 'oven' }, merged_tags: [{ tag_id: 8, title: 'Oven', id: 8 }] }
  expect(webhooks.merged_client_tag.safeParse(merged).success).toBe(false)
})
