import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { attributeText, attributeValue, clientEdit, followingWebhook, nextCallStates } from '../../src/console/desk/client.js'
import { channelEvents, crmEvents, searchEvents } from '../../src/console/fire/event-names.js'
import { checkBody } from '../../src/console/fire/json-check.js'
import type { Event } from '../../src/contracts/journal.js'
import { type Field, fieldsOf } from '../../src/contracts/paths.js'
import { channelWebhooks, webhookNames } from '../../src/contracts/webhooks/events.js'
import { curlOf, maskedParts, shellWord } from '../../src/reading/curl.js'
import { marksOf } from '../../src/reading/field-marks.js'
import { fixtureName, fixtureText } from '../../src/reading/fixture-file.js'
import { jsonLines } from '../../src/reading/json-lines.js'
import { summaryOf, whoDid } from '../../src/reading/summary.js'
import { accepted, appeared, journal, started, worldOf } from '../helpers/events.js'

test('the console offers every webhook that there is', () => {
  expect([...channelEvents, ...crmEvents].sort()).toEqual([...webhookNames].sort())
  expect([...channelEvents]).toEqual(Object.keys(channelWebhooks))
})

test('an event is found by the beginnings of its words', () => {
  expect(searchEvents(crmEvents, 'merged tag')).toEqual(['merged_client_tag'])
  expect(searchEvents(channelEvents, ' CHAT_acc ')).toEqual(['chat_accepted'])
  expect(searchEvents(channelEvents, '')).toHaveLength(channelEvents.length)
  expect(searchEvents(channelEvents, 'chat_started')).toEqual([])
})

const hostile = `it's "$HOME" \`id\` $(id) \\ ! * \n –`

test('a shell takes a quoted text as it is', () => {
  expect(execFileSync('sh', ['-c', `printf %s ${shellWord(hostile)}`], { encoding: 'utf8' })).toBe(hostile)
})

test('the curl command carries the very body, and says what is masked without sending it', () => {
  const body = { event_name: 'chat_accepted', user_token: "it's…abc", text: hostile }
  const text = curlOf("http://127.0.0.1:3000/it's?a=…#1abc", body, "masked: it's")
  const out = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${text}`], { encoding: 'utf8' })
  expect(out.split('\n')).toEqual([
    '-sS',
    '--globoff',
    '-X',
    'POST',
    "http://127.0.0.1:3000/it's?a=…#1abc",
    '-H',
    'content-type: application/json; charset=utf-8',
    '--data-binary',
    JSON.stringify(body),
    '',
  ])
})

test('a masked token and a masked address are told apart from plain ones', () => {
  expect(maskedParts('http://127.0.0.1:3000/jivo', { user_token: null })).toEqual([])
  expect(maskedParts('http://127.0.0.1:3000/jivo', { user_token: 'eyJhbG…1x2y' })).toEqual(['token'])
  expect(maskedParts('http://127.0.0.1:3000/jivo?key=…#1abc', { user_token: 'plain' })).toEqual(['address'])
})

test('a fixture is named after its event and holds the body alone', () => {
  expect(fixtureName('chat_accepted')).toBe('chat_accepted.json')
  for (const name of ['../x', 'a/b', '', 'A', `a${'b'.repeat(80)}`]) expect(fixtureName(name)).toBe('webhook.json')
  expect(fixtureText({ a: [] })).toBe('{\n  "a": []\n}\n')
})

test('a body is checked as one types it, and the place of the mistake is named', () => {
  expect(checkBody('{"event_name":"x","a":1}')).toEqual({ ok: true, body: { event_name: 'x', a: 1 } })
  const problem = (text: string) => {
    const checked = checkBody(text)
    return checked.ok ? null : Object.values(checked.problem).join(' ')
  }
  expect(problem('')).toBe('end 1 1')
  expect(problem('{"a": ')).toBe('end 1 7')
  expect(problem('{\n  "a": 1\n  "b": 2\n}')).toBe('separator 3 3')
  expect(problem('{"a": 1,}')).toBe('key 1 9')
  expect(problem('{a: 1}')).toBe('key 1 2')
  expect(problem('{"a" 1}')).toBe('colon 1 6')
  expect(problem('{"a": x}')).toBe('value 1 7')
  expect(problem('{"a": 01}')).toBe('separator 1 8')
  expect(problem('{"a": "x\ny"}')).toBe('string 1 7')
  expect(problem('{"a": "\\x"}')).toBe('string 1 7')
  expect(problem('{} {}')).toBe('after 1 4')
  expect(problem(`${'['.repeat(5_000)}x`)).toBe('deep 1 202')
  expect(problem('[]')).toBe('object')
  expect(problem('null')).toBe('object')
  expect(problem('{"event_name":1}')).toBe('event-name')
})

test('each line of a body has the evidence of its field, brackets and items have none', () => {
  const fields = fieldsOf(channelWebhooks.chat_finished)
  const lines = jsonLines({ event_name: 'chat_finished', chat: { messages: [{ type: 'visitor' }] }, tags: ['x'], own: 1 })
  const shown = marksOf(lines, fields).map((field, at) => `${lines[at]?.key ?? lines[at]?.text}: ${field?.path ?? 'none'}`)
  expect(shown).toEqual([
    '{: none',
    'event_name: event_name',
    'chat: chat',
    'messages: chat.messages',
    '{: none',
    'type: chat.messages[].type',
    '}: none',
    ']: none',
    '}: none',
    'tags: tags',
    '"x": none',
    ']: none',
    'own: none',
    '}: none',
  ])
  expect(marksOf(lines, [] as Field[]).every(mark => mark === null)).toBe(true)
})

test('a call goes on until it ends, and either side connects once', () => {
  expect(nextCallStates({ status: 'start', connected: [] })).toEqual(['agent_connected', 'client_connected', 'end', 'error'])
  expect(nextCallStates({ status: 'agent_connected', connected: ['agent_connected'] })).toEqual(['client_connected', 'end', 'error'])
  expect(nextCallStates({ status: 'agent_connected', connected: ['client_connected', 'agent_connected'] })).toEqual(['end', 'error'])
  expect(nextCallStates({ status: 'end', connected: [] })).toEqual([])
  expect(nextCallStates({ status: 'error', connected: ['agent_connected'] })).toEqual([])
})

test('an attribute keeps its type through an edit', () => {
  for (const value of ['silver', 2_490, '2490', '', '"quoted"', 0, -1.5, '1e3', ' 1']) expect(attributeValue(attributeText(value))).toBe(value)
  expect(attributeValue('2490')).toBe(2_490)
  expect(attributeValue('"2490"')).toBe('2490')
})

test('an edit of the client says only what has changed', () => {
  const before = { organization: { id: 1, title: 'Kettle' }, status: null, assignedAgent: 6001, tags: [{ id: 1, title: 'vip' }] }
  expect(clientEdit(before, { ...before })).toEqual({})
  expect(clientEdit(before, { organization: null, status: { id: 2, title: 'x' }, assignedAgent: null, tags: [] })).toEqual({
    organization: null,
    status: { id: 2, title: 'x' },
    assignedAgent: null,
    tags: [],
  })
  expect(clientEdit(before, { ...before, organization: { id: 1, title: 'Moss' } })).toEqual({ organization: { id: 1, name: 'Moss' } })
})

test('an edit during an accepted dialog is a chat_updated, and a client_updated otherwise', () => {
  expect(followingWebhook(worldOf(journal(appeared(1), started(9001))), 1)).toBe('client_updated')
  expect(followingWebhook(worldOf(journal(appeared(1), started(9001), accepted(9001, 'person'))), 1)).toBe('chat_updated')
  expect(followingWebhook(worldOf(journal(appeared(1), started(9001), accepted(9001, 'person'))), 2)).toBe('client_updated')
})

test('an event that the console does not know is told by its numbers', () => {
  const event = { seq: 1, at: 0, type: 'call.moved', call: 3, visitor: 1, status: 'start', more: { a: 1 } } as unknown as Event
  expect(summaryOf(event, 'en')).toBe('visitor 1, call 3, start')
  expect(summaryOf(event, 'ru')).toBe('посетитель 1, звонок 3, start')
  expect(whoDid(event)).toBe('jivo')
  expect(summaryOf({ seq: 1, at: 0, type: 'thing.happened' } as unknown as Event, 'en')).toBe('')
})
