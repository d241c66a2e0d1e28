import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxesWithout, changesBelow, dotted, isFound, isSame, type Path, textOf, valueAt, without, withValue } from '../../src/console/fire/body-path.js'
import { controlOf, isNullable, problemsIn, type Schema, sampleOf, typeWords } from '../../src/console/fire/contract.js'
import { jsonSchemaOf } from '../../src/contracts/webhooks/catalog.js'
import { webhookContract, webhookNames, webhooks } from '../../src/contracts/webhooks/events.js'

const schemaOf = (name: keyof typeof webhooks) => jsonSchemaOf(webhooks[name]) as Schema

const partOf = (schema: Schema, [key, ...rest]: readonly string[]): Schema => {
  if (key === undefined) return schema
  const control = controlOf(schema)
  if (control.kind === 'list') return partOf(control.item, [key, ...rest])
  return partOf((control.kind === 'object' && control.fields[key]) || {}, rest)
}

const kindAt = (name: keyof typeof webhooks, path: string) => {
  const part = partOf(schemaOf(name), path.split('.'))
  const control = controlOf(part)
  return `${control.kind === 'choice' ? control.values.join(' ') : control.kind}${isNullable(part) ? ', null' : ''}`
}

test.each([
  ['chat_accepted', 'event_name', 'chat_accepted'],
  ['chat_accepted', 'user_token', 'text, null'],
  ['chat_accepted', 'visitor', 'object'],
  ['chat_accepted', 'visitor.number', 'either'],
  ['chat_accepted', 'visitor.chats_count', 'number'],
  ['chat_accepted', 'visitor.social', 'json, null'],
  ['chat_accepted', 'topic', 'object, null'],
  ['chat_accepted', 'tags', 'list'],
  ['chat_finished', 'chat.messages.type', 'visitor agent'],
  ['chat_finished', 'chat.blacklisted', 'true false, null'],
  ['chat_finished', 'chat.rate', 'positive negative, null'],
  ['client_attribute_updated', 'attributes', 'json'],
  ['merged_client_tag', 'event_name', 'merged_client_tag merged_tag'],
  ['created_deal', 'amount', 'number, null'],
  ['created_client', 'custom_data', 'json, null'],
  ['created_client', 'has_deal', '0 1 true false'],
] as const)('%s has for %s the control %s', (name, path, kind) => {
  expect(kindAt(name, path)).toBe(kind)
})

test('what a field may be is said in the words of JSON', () => {
  const words = (name: keyof typeof webhooks, path: string) => typeWords(partOf(schemaOf(name), path.split('.')), 'or')
  expect(words('chat_accepted', 'visitor.number')).toBe('string or integer')
  expect(words('chat_finished', 'chat.rate')).toBe('"positive" or "negative" or null')
  expect(words('chat_finished', 'chat.blacklisted')).toBe('boolean or null')
  expect(words('created_client', 'has_deal')).toBe('0 or 1 or boolean')
  expect(words('chat_accepted', 'tags')).toBe('list')
})

const bodies = ['webhooks', 'crm'].flatMap(group =>
  readdirSync(`fixtures/${group}`)
    .filter(name => name.endsWith('.json') && !name.endsWith('.expect.json'))
    .map(name => JSON.parse(readFileSync(`fixtures/${group}/${name}`, 'utf8')) as { event_name: string }),
)

const nodesOf = (value: unknown, path: Path = []): Path[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) => nodesOf(part, [...path, Array.isArray(value) ? Number(key) : key]))
    : []),
]

test('the check of the form agrees with the contract on every fixture and on any change of it', () => {
  const schemas = new Map(webhookNames.map(name => [name as string, schemaOf(name)]))
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('12', '', 0, -1, 1.5, 2 ** 60, true, null, {}, [], [{}], 'agent', 'end', 'ff00aa'))
  fc.assert(
    fc.property(fc.constantFrom(...bodies), fc.nat(), odd, fc.constantFrom('replace', 'remove', 'add'), (body, at, value, how) => {
      const contract = webhookContract(body.event_name)
      const [name = ''] = webhookNames.filter(other => webhooks[other] === contract)
      const paths = nodesOf(body)
      const path = paths[at % paths.length] ?? []
      const changed = how === 'replace' ? withValue(body, path, value) : how === 'remove' ? without(body, path) : withValue(body, [...path, 'extra'], value)
      const found = problemsIn(changed, schemas.get(name) ?? {})
      expect([dotted(path), how, found.map(problem => dotted(problem.path)), found.length === 0]).toEqual([
        dotted(path),
        how,
        expect.any(Array),
        contract?.safeParse(changed).success,
      ])
    }),
    { numRuns: 2_000 },
  )
})

test('a mistake is told at its field with the rule that it breaks', () => {
  const body = JSON.parse(readFileSync('fixtures/webhooks/chat_accepted.json', 'utf8'))
  const told = (changed: unknown) => problemsIn(changed, schemaOf('chat_accepted')).map(({ path, kind, limit }) => `${dotted(path)} ${kind} ${limit}`.trim())
  expect(told(body)).toEqual([])
  expect(told(withValue(body, ['visitor', 'chats_count'], 'two'))).toEqual(['visitor.chats_count type'])
  expect(told(withValue(body, ['visitor', 'chats_count'], -1))).toEqual(['visitor.chats_count least 0'])
  expect(told(withValue(body, ['visitor', 'number'], 'x7'))).toEqual(['visitor.number pattern ^\\d+$'])
  expect(told(without(body, ['agent', 'id']))).toEqual(['agent.id missing'])
  expect(told(withValue(body, ['page', 'lang'], 'en'))).toEqual(['page.lang unknown'])
  expect(told(withValue(body, ['tags'], [{ id: '1' }, {}]))).toEqual(['tags[0].title missing', 'tags[1].id missing', 'tags[1].title missing'])
})

test('a value to begin with is what the contract takes, texts of a given length aside', () => {
  for (const name of webhookNames) {
    const { properties = {} } = schemaOf(name)
    const wrong = Object.entries(properties).flatMap(([key, field]) => problemsIn(sampleOf(field), field, [key]))
    expect(wrong.filter(({ kind }) => kind !== 'pattern' && kind !== 'shortest')).toEqual([])
  }
})

test('a body is changed without losing the order of what it has', () => {
  const body = { a: 1, c: { d: [1, 2, 3] } }
  expect(JSON.stringify(withValue(body, ['b'], 2, ['a', 'b', 'c']))).toBe('{"a":1,"b":2,"c":{"d":[1,2,3]}}')
  expect(JSON.stringify(withValue(body, ['b'], 2))).toBe('{"a":1,"c":{"d":[1,2,3]},"b":2}')
  expect(withValue(body, ['c', 'd', 1], 'x')).toEqual({ a: 1, c: { d: [1, 'x', 3] } })
  expect(without(body, ['c', 'd', 0])).toEqual({ a: 1, c: { d: [2, 3] } })
  expect(without(body, ['a'])).toEqual({ c: { d: [1, 2, 3] } })
  expect(valueAt(body, ['c', 'd', 2])).toBe(3)
  expect(valueAt(body, ['a', 'length'])).toBeUndefined()
  expect(body).toEqual({ a: 1, c: { d: [1, 2, 3] } })
})

test('two values are the same whatever the order of their fields', () => {
  expect(isSame({ a: 1, b: [null] }, { b: [null], a: 1 })).toBe(true)
  expect(isSame({ a: 1 }, { a: '1' })).toBe(false)
  expect(isSame({ a: undefined }, { b: undefined })).toBe(false)
  expect(isSame([], {})).toBe(false)
})

test('a text that is no JSON yet stands in the whole text as it was typed', () => {
  const boxes = { '["b",0]': '{"x": $&', '["a"]': '[1,' }
  expect(textOf({ a: 1, b: [2] }, boxes)).toBe('{\n  "a": [1,,\n  "b": [\n    {"x": $&\n  ]\n}\n')
  expect(textOf({ a: 1 }, {})).toBe('{\n  "a": 1\n}\n')
})

test('what was typed moves up with its item when one before it goes', () => {
  const boxes = { '["l",0,"x"]': 'zero', '["l",1,"x"]': 'one', '["l",2,"x"]': 'two', '["m",2]': 'other' }
  expect(boxesWithout(boxes, ['l', 1])).toEqual({ '["l",0,"x"]': 'zero', '["l",1,"x"]': 'two', '["m",2]': 'other' })
})

test('a change is told at the deepest field that both bodies have', () => {
  const changes = (now: unknown, before: unknown) => changesBelow(now, before).map(dotted)
  expect(changes({ a: 1, b: { c: [{ d: 1 }] } }, { b: { c: [{ d: 1 }] }, a: 1 })).toEqual([])
  expect(changes({ a: 2, b: { c: [{ d: 2 }] }, e: null }, { a: 1, b: { c: [{ d: 1 }] } })).toEqual(['a', 'b.c[0].d', 'e'])
  expect(changes({ b: { c: [] } }, { b: { c: [1] }, f: 1 })).toEqual(['b.c', 'f'])
})

test('a field is found by parts of its path in any order', () => {
  expect(isFound(['visitor', 'chats_count'], ['count', 'visit'])).toBe(true)
  expect(isFound(['chat', 'messages', 0, 'type'], ['messages[0]'])).toBe(true)
  expect(isFound(['visitor', 'name'], ['agent'])).toBe(false)
  expect(isFound(['visitor'], [])).toBe(true)
})
