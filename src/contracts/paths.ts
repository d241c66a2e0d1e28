import * as z from 'zod'
import type { Provenance } from './evidence.js'

type Key = string | number

/** One field of a contract. */
export interface Field {
  /** Dotted path; `[]` stands for any position of a list: `chat.messages[].type`. */
  readonly path: string
  /** What it may be, in JSON's words: `string`, `number or null`, `"visitor" or "agent"`. */
  readonly type: string
  readonly optional: boolean
  /** Undefined when the schema carries no mark; a test makes sure that every field does. */
  readonly provenance: Provenance | undefined
}

/** All fields of a contract, outer before inner, in the order of the contract. */
export const fieldsOf = (schema: z.ZodType, prefix = ''): Field[] => {
  const inner = unwrap(schema)
  if (inner instanceof z.ZodArray) return fieldsOf(inner.element as z.ZodType, `${prefix}[]`)
  if (inner instanceof z.ZodUnion) return inner.options.flatMap(option => fieldsOf(option as z.ZodType, prefix))
  if (!(inner instanceof z.ZodObject)) return []
  return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([key, field]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`
    const provenance = field.meta() as Provenance | undefined
    return [{ path, type: typeOf(field), optional: field.safeParse(undefined).success, provenance }, ...fieldsOf(field, path)]
  })
}

/** A path as `fieldsOf` writes it: every position of a list is `[]`. */
export const patternOf = (keys: readonly Key[]): string => keys.map((key, at) => (typeof key === 'number' ? '[]' : `${at === 0 ? '' : '.'}${key}`)).join('')

/** A path as messages write it: `chat.messages[0].type`. */
export const dotted = (keys: readonly Key[]): string => keys.map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${key}`)).join('')

/** The contract of what stands at a path, with its mark; undefined where there is no such field. Any number finds the items of a list. */
export const schemaAt = (schema: z.ZodType, [key, ...rest]: readonly Key[]): z.ZodType | undefined => {
  if (key === undefined) return schema
  const inner = unwrap(schema)
  if (inner instanceof z.ZodArray && typeof key === 'number') return schemaAt(inner.element as z.ZodType, rest)
  if (inner instanceof z.ZodRecord) return schemaAt(inner.valueType as z.ZodType, rest)
  if (inner instanceof z.ZodUnion) return inner.options.map(option => schemaAt(option as z.ZodType, [key, ...rest])).find(found => found !== undefined)
  if (!(inner instanceof z.ZodObject) || !Object.hasOwn(inner.shape, key)) return undefined
  return schemaAt((inner.shape as Record<Key, z.ZodType>)[key] as z.ZodType, rest)
}

/** Whether anything may stand below this path: its contract is an open object. */
export const isOpen = (schema: z.ZodType, [key, ...rest]: readonly Key[]): boolean => {
  if (key === undefined) return false
  const inner = unwrap(schema)
  if (inner instanceof z.ZodRecord || inner instanceof z.ZodUnknown) return true
  if (inner instanceof z.ZodUnion) return inner.options.some(option => isOpen(option as z.ZodType, [key, ...rest]))
  if (inner instanceof z.ZodObject && inner.def.catchall instanceof z.ZodUnknown && !Object.hasOwn(inner.shape, key)) return true
  const below = schemaAt(inner, [key])
  return below !== undefined && isOpen(below, rest)
}

/** The schema without what only says that it may be absent or null, or what it is by default. */
export const unwrap = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault ? unwrap(schema.unwrap() as z.ZodType) : schema

/** What a value may be, in JSON's words. */
export const typeOf = (schema: z.ZodType): string => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return typeOf(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodNullable) return `${typeOf(schema.unwrap() as z.ZodType)} or null`
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.map(option => typeOf(option as z.ZodType)))].join(' or ')
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(value => JSON.stringify(value)).join(' or ')
  if (schema instanceof z.ZodEnum) return schema.options.map(option => JSON.stringify(option)).join(' or ')
  if (schema instanceof z.ZodArray) return 'list'
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return 'object'
  if (schema instanceof z.ZodString) return 'string'
  if (schema instanceof z.ZodNumber) return 'number'
  if (schema instanceof z.ZodBoolean) return 'boolean'
  return 'anything'
}
