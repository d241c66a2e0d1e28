import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { fieldsOf, isOpen, patternOf } from '../../src/contracts/paths.js'
import { catalog, jsonSchemaOf } from '../../src/contracts/webhooks/catalog.js'
import { arbitraryOf } from '../helpers/arbitrary.js'
import { bounded } from '../helpers/bounded.js'

type Key = string | number

const contracts = catalog.map(({ name, schema }) => ({ name, schema, body: arbitraryOf(schema) }))

/** Every path that occurs in a value, those of objects and lists included. */
const pathsIn = (value: unknown, keys: readonly Key[] = []): (readonly Key[])[] => {
  if (typeof value !== 'object' || value === null) return []
  const entries: [Key, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return entries.flatMap(([key, inner]) => [[...keys, key], ...pathsIn(inner, [...keys, key])])
}

describe.each(contracts)('$name', ({ schema, body }) => {
  test('what is made of the contract is allowed by it and is the same after JSON', () => {
    fc.assert(
      fc.property(body, value => {
        expect(schema.safeParse(value).error?.issues ?? []).toEqual([])
        expect(JSON.parse(JSON.stringify(value))).toEqual(value)
      }),
      bounded(40),
    )
  })

  test('every path of a body is a field of the contract, or stands where it is open', () => {
    const named = new Set(fieldsOf(schema).map(({ path }) => path))
    const open = schema instanceof z.ZodObject && schema.def.catchall instanceof z.ZodUnknown ? Object.keys(schema.shape) : null
    fc.assert(
      fc.property(body, value => {
        const unnamed = pathsIn(value).filter(keys => {
          if (typeof keys.at(-1) === 'number' || named.has(patternOf(keys)) || isOpen(schema, keys)) return false
          return open?.includes(String(keys[0])) ?? true
        })
        expect(unnamed).toEqual([])
      }),
      bounded(40),
    )
  })

  test('its JSON Schema allows what it allows, and refuses what it refuses', () => {
    const again = z.fromJSONSchema(jsonSchemaOf(schema) as Parameters<typeof z.fromJSONSchema>[0])
    fc.assert(
      fc.property(body, value => {
        expect(again.safeParse(value).error?.issues ?? []).toEqual([])
        const changed = placesIn(value).flatMap(keys => others.map(other => replaced(value, keys, other)))
        expect(changed.filter(one => again.safeParse(one).success !== schema.safeParse(one).success)).toEqual([])
      }),
      bounded(2),
    )
  })
})

/** What may stand wrongly in a body; undefined takes away what stands there. */
const others = [null, true, -1, 0.5, 'x', [], {}, undefined]

/** One path for each field that occurs: the first item of a list stands for all. */
const placesIn = (value: unknown) => [
  ...new Map(
    pathsIn(value)
      .map(keys => [patternOf(keys), keys] as const)
      .reverse(),
  ).values(),
]

/** The value with another one at a path; with undefined, without what stands there. */
const replaced = (value: unknown, [key, ...rest]: readonly Key[], other: unknown): unknown => {
  if (key === undefined || typeof value !== 'object' || value === null) return other
  const changed = replaced((value as Record<Key, unknown>)[key], rest, other)
  if (Array.isArray(value)) return value.flatMap((item, at) => (at !== key ? [item] : changed === undefined ? [] : [changed]))
  return Object.fromEntries(Object.entries(value).flatMap(([own, item]) => (own !== key ? [[own, item]] : changed === undefined ? [] : [[own, changed]])))
}

test.each([
  ['a kind', z.date()],
  ['a kind inside of an object', z.strictObject({ at: z.date().optional() })],
  ['a check of a text', z.string().startsWith('a')],
  ['a format of a text', z.email()],
  ['a check of a number', z.number().multipleOf(2)],
  ['an open bound of a number', z.number().positive()],
  ['a check of a list', z.array(z.string()).refine(list => list.length < 2)],
])('%s that the generator does not know is an error', (_, schema) => {
  expect(() => arbitraryOf(schema)).toThrow('arbitraryOf does not know')
})
