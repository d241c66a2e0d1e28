import * as z from 'zod'
import { dotted, unwrap } from '../contracts/paths.js'
import { read, remove, write } from './edit.js'

type Json = unknown
type Key = string | number

/** A body that differs from another in one place, and how. */
export interface Variant {
  /** `visitor.name: null`. */
  readonly name: string
  readonly body: Json
}

/** Most variants of one body. */
export const mostVariants = 250

/** Letters of text variants that are longer than a receiver may expect. */
const longText = 10_000

/**
 * Every other way in which the contract lets a body be sent, one change a body: what may be absent is, what may be null
 * is, other types, other values, then empty, long and unusual text. The same body gives the same list.
 */
export const vary = (contract: z.ZodType, body: Json): Variant[] => {
  const found = changesOf(contract, body, []).sort((a, b) => a.order - b.order)
  const variants: Variant[] = []
  const seen = new Set([JSON.stringify(body)])
  for (const { keys, label, change } of found) {
    if (variants.length === mostVariants) break
    const changed = change === absent ? remove(body, keys) : write(body, keys, change)
    const text = JSON.stringify(changed)
    if (seen.has(text) || !contract.safeParse(changed).success) continue
    seen.add(text)
    variants.push({ name: `${dotted(keys)}: ${label}`, body: changed })
  }
  return variants
}

const absent = Symbol('absent')

/** What receivers trip over first comes first. */
const orders = { absent: 0, null: 1, type: 2, value: 3, text: 4 } as const

interface Change {
  readonly keys: readonly Key[]
  readonly label: string
  readonly order: number
  readonly change: Json | typeof absent
}

const changesOf = (schema: z.ZodType, body: Json, keys: readonly Key[]): Change[] => {
  const inner = unwrap(schema)
  const here = read(body, keys)
  const own = keys.length === 0 ? [] : valuesOf(schema, here).map(value => ({ keys, ...value }))
  if (inner instanceof z.ZodArray) return [...own, ...(Array.isArray(here) && here.length > 0 ? changesOf(inner.element as z.ZodType, body, [...keys, 0]) : [])]
  if (inner instanceof z.ZodObject && typeof here === 'object' && here !== null) {
    return [...own, ...Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([key, field]) => changesOf(field, body, [...keys, key]))]
  }
  return own
}

type Value = Omit<Change, 'keys'>

const valuesOf = (schema: z.ZodType, here: Json): Value[] => {
  const isThere = here !== undefined
  return [
    ...(isThere && schema.safeParse(undefined).success ? [{ label: 'absent', order: orders.absent, change: absent }] : []),
    ...(schema.safeParse(null).success ? [{ label: 'null', order: orders.null, change: null }] : []),
    ...optionsOf(unwrap(schema)).flatMap(option => othersOf(option, here)),
  ]
}

const optionsOf = (schema: z.ZodType): z.ZodType[] =>
  schema instanceof z.ZodUnion ? schema.options.flatMap(option => optionsOf(unwrap(option as z.ZodType))) : [schema]

const othersOf = (schema: z.ZodType, here: Json): Value[] => {
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) {
    const values: readonly Json[] = schema instanceof z.ZodEnum ? schema.options : [...schema.values]
    return values.map(change => ({ label: JSON.stringify(change), order: orders.value, change }))
  }
  if (schema instanceof z.ZodString) {
    const type = typeof here === 'string' ? [] : samples(schema, texts(here), 'text')
    return [...type, ...unusual.filter(({ change }) => schema.safeParse(change).success)]
  }
  if (schema instanceof z.ZodNumber) return numbersOf(schema, here)
  if (schema instanceof z.ZodBoolean) return [true, false].map(change => ({ label: String(change), order: orders.value, change }))
  if (schema instanceof z.ZodArray || schema instanceof z.ZodRecord) {
    const change = schema instanceof z.ZodArray ? [] : {}
    const isType = Array.isArray(here) !== Array.isArray(change) || typeof here !== 'object' || here === null
    return [{ label: JSON.stringify(change), order: isType ? orders.type : orders.value, change }]
  }
  // An object where there is null or nothing: the smallest that the contract allows.
  if (schema instanceof z.ZodObject && (here === null || here === undefined)) {
    const change = smallest(schema)
    return change === undefined ? [] : [{ label: 'object', order: orders.type, change }]
  }
  return []
}

const numbersOf = (schema: z.ZodNumber, here: Json): Value[] => [
  ...(typeof here === 'number' ? [] : samples(schema, [Number(here) || 1, 1], 'number')),
  ...[0, 2 ** 31].filter(change => schema.safeParse(change).success).map(change => ({ label: String(change), order: orders.value, change })),
]

const texts = (here: Json) => [...(typeof here === 'number' ? [String(here)] : []), 'text', '1', 'RUB', '4a90d9']

const samples = (schema: z.ZodType, values: readonly Json[], label: string): Value[] => {
  const change = values.find(value => schema.safeParse(value).success)
  return change === undefined ? [] : [{ label: change === 'text' ? label : `${label} ${JSON.stringify(change)}`, order: orders.type, change }]
}

const unusual: readonly Value[] = [
  { label: 'empty text', order: orders.text, change: '' },
  { label: '4-byte, right-to-left and combining letters', order: orders.text, change: '🫖 שלום Ëе\u0301 李明 𝒱era' },
  { label: 'markup', order: orders.text, change: '<b>"Vera" & \'Max\'</b>\n\\' },
  { label: `${longText} letters`, order: orders.text, change: 'Яg'.repeat(longText / 2) },
]

const smallest = (schema: z.ZodType): Json => {
  const inner = unwrap(schema)
  if (schema.safeParse(undefined).success) return undefined
  if (schema.safeParse(null).success) return null
  if (inner instanceof z.ZodObject) {
    const entries = Object.entries(inner.shape as Record<string, z.ZodType>).map(([key, field]) => [key, smallest(field)])
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  }
  const first = optionsOf(inner)[0]
  if (first instanceof z.ZodEnum) return first.options[0]
  if (first instanceof z.ZodLiteral) return [...first.values][0]
  return [...texts(null), 1, true, [], {}].find(value => inner.safeParse(value).success)
}
