import { expect, test } from 'vitest'
import { fieldsOf } from '../../src/contracts/paths.js'
import { webhookNames, webhooks } from '../../src/contracts/webhooks/events.js'
import { dataReply, plainReply } from '../../src/contracts/webhooks/replies.js'

const contracts = { ...webhooks, 'reply with data': dataReply, 'plain reply': plainReply }

test.each(Object.entries(contracts))('every field of %s says how sure it is and where the fact comes from', (_, contract) => {
  const fields = fieldsOf(contract)
  const unmarked = fields.filter(({ provenance }) => !['documented', 'observed', 'guessed'].includes(provenance?.evidence ?? '') || !provenance?.source)
  expect(fields.length).toBeGreaterThan(0)
  expect(unmarked.map(({ path }) => path)).toEqual([])
})

test('a contract is found by the event_name of its body', () => {
  for (const name of webhookNames) expect(fieldsOf(webhooks[name])[0]).toMatchObject({ path: 'event_name', type: JSON.stringify(name) })
})

test('fields of lists and of optional objects are listed with their types', () => {
  const fields = fieldsOf(webhooks.chat_finished)
  expect(fields.find(({ path }) => path === 'chat.messages[].type')).toMatchObject({ type: '"visitor" or "agent"', optional: false })
  expect(fields.find(({ path }) => path === 'topic.parent_id')).toMatchObject({ type: 'number or null', optional: true })
})
