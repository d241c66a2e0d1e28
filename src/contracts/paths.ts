import * as z from 'zod'
import type { Provenance } from './evidence.js'

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
  if (!(inner instanceof z.ZodObject)) return []
  return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([key, field]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`
    const provenance = field.meta() as Provenance | undefined
    return [{ path, type: typeOf(field), optional: field.safeParse(undefined).success, provenance }, ...fieldsOf(field, path)]
  })
}

/** Whether anything may stand below this path: its contract is an open object. */
export const isOpen = (schema: z.ZodType, path: readonly (string | number)[]): boolean => {
  let at: z.ZodType | undefined = unwrap(schema)
  for (const key of path) {
    if (at instanceof z.ZodRecord || at instanceof z.ZodUnknown) return true
    if (at instanceof z.ZodArray) at = unwrap(at.element as z.ZodType)
    else if (at instanceof z.ZodObject) {
      const next = (at.shape as Record<string, z.ZodType>)[key]
      if (next === undefined) return false
      at = unwrap(next)
    } else return false
  }
  return false
}

const unwrap = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrap(schema.unwrap() as z.ZodType) : schema

const typeOf = (schema: z.ZodType): string => {
  if (schema instanceof z.ZodOptional) return typeOf(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodNullable) return `${typeOf(schema.unwrap() as z.ZodType)} or null`
  if (schema instanceof z.ZodUnion) return schema.options.map(option => typeOf(option as z.ZodType)).join(' or ')
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(value => JSON.stringify(value)).join(' or ')
  if (schema instanceof z.ZodEnum) return schema.options.map(option => JSON.stringify(option)).join(' or ')
  if (schema instanceof z.ZodArray) return 'list'
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return 'object'
  if (schema instanceof z.ZodString) return 'string'
  if (schema instanceof z.ZodNumber) return 'number'
  if (schema instanceof z.ZodBoolean) return 'boolean'
  return 'anything'
}
