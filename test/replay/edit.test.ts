import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { near } from '../../src/contracts/near.js'
import { webhooks } from '../../src/contracts/webhooks/events.js'
import { EditError, setField, unsetField } from '../../src/replay/edit.js'

const contract = webhooks.chat_accepted
const body = () => JSON.parse(readFileSync(new URL('../../fixtures/webhooks/chat_accepted.json', import.meta.url), 'utf8'))
const problemOf = (edit: () => unknown) => {
  try {
    edit()
  } catch (error) {
    if (error instanceof EditError) return error.problem
    throw error
  }
  return undefined
}

test.each([
  ['chat_id', '7', 7],
  ['visitor.name', 'Ada', 'Ada'],
  ['visitor.name', '77', '77'],
  ['visitor.name', 'null', null],
  ['visitor.number', '5', '5'],
  ['visitor.social.vk', 'id5', 'id5'],
  ['tags[0].title', 'oven', 'oven'],
  ['tags.0.title', 'oven', 'oven'],
  ['page', 'null', null],
])('%s set to %s is %j', (path, text, value) => {
  const changed = setField(body(), contract, path, text)
  expect(
    path
      .replace('[0]', '.0')
      .split('.')
      .reduce((at, key) => (at as Record<string, unknown>)[key], changed),
  ).toEqual(value)
})

test('the body that was given stays as it was', () => {
  const before = body()
  setField(before, contract, 'visitor.name', 'Ada')
  unsetField(before, contract, 'tags[0]')
  expect(before).toEqual(body())
})

test('a list grows by one at its end and not further', () => {
  expect(setField(body(), contract, 'tags[1]', '{"id":"8","title":"oven"}')).toMatchObject({ tags: [{}, { id: '8' }] })
  expect(problemOf(() => setField(body(), contract, 'tags[5]', '{"id":"8","title":"oven"}'))).toMatchObject({ kind: 'unknown-path' })
})

test('a field is left out', () => {
  expect(unsetField(body(), contract, 'visitor.name')).not.toHaveProperty('visitor.name')
  expect(unsetField(body(), contract, 'topic')).not.toHaveProperty('topic')
})

test.each(['visitor.nam', 'vistor.name', 'name', '__proto__.polluted', 'constructor', 'visitor.name.first'])('the path %s does not exist', path => {
  expect(problemOf(() => setField(body(), contract, path, 'x'))).toMatchObject({ kind: 'unknown-path', path })
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test('an unknown path names the near ones', () => {
  expect(problemOf(() => setField(body(), contract, 'visitor.nam', 'x'))).toMatchObject({ near: ['visitor.name'] })
  expect(problemOf(() => unsetField(body(), contract, 'page.ulr'))).toMatchObject({ near: ['page.url'] })
})

test('a value that the contract forbids is refused with the rule', () => {
  expect(problemOf(() => setField(body(), contract, 'chat_id', 'abc'))).toMatchObject({ kind: 'bad-value', problem: expect.stringContaining('number') })
  expect(problemOf(() => setField(body(), contract, 'event_name', 'chat_updated'))).toMatchObject({ kind: 'bad-value' })
})

test.each([
  ['chat_acepted', ['chat_accepted']],
  ['chat_finihsed', ['chat_finished']],
  ['OFFLINE_MESSAGE', ['offline_message']],
  ['weather', []],
])('near %s is %j', (word, expected) => {
  expect(near(word, Object.keys(webhooks))).toEqual(expected)
})
