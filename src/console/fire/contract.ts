import type { Evidence } from '../../contracts/evidence.js'
import { isObject, type Path } from './body-path.js'

/** The part of JSON Schema that contracts use. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly pattern?: string
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly description?: string
  readonly 'x-evidence'?: Evidence
  readonly 'x-source'?: string
}

/** What fills in a field. `either` is a text or a number, `json` is what a form would be silly for. */
export type Control =
  | { readonly kind: 'text' | 'number' | 'either' | 'json' }
  | { readonly kind: 'choice'; readonly values: readonly unknown[] }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Schema>> }
  | { readonly kind: 'list'; readonly item: Schema }

/** All that a value may be, each with one type. */
const optionsOf = (schema: Schema): Schema[] => {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(optionsOf)
  return Array.isArray(schema.type) ? schema.type.map(type => ({ ...schema, type })) : [schema]
}

export const isNullable = (schema: Schema): boolean => optionsOf(schema).some(({ type }) => type === 'null')

const valued = (schema: Schema): Schema[] => optionsOf(schema).filter(({ type }) => type !== 'null')

const isNumber = ({ type }: Schema) => type === 'number' || type === 'integer'

/** The values that it names, when it names them all. */
const namedBy = (option: Schema): readonly unknown[] | null =>
  option.const !== undefined ? [option.const] : (option.enum ?? (option.type === 'boolean' ? [true, false] : null))

export const controlOf = (schema: Schema): Control => {
  const options = valued(schema)
  const [first] = options
  const named = options.map(namedBy)
  if (first === undefined) return { kind: 'json' }
  if (named.every(values => values !== null)) return { kind: 'choice', values: named.flat() }
  if (options.every(isNumber)) return { kind: 'number' }
  if (options.every(({ type }) => type === 'string')) return { kind: 'text' }
  if (options.every(option => isNumber(option) || option.type === 'string')) return { kind: 'either' }
  if (options.length > 1) return { kind: 'json' }
  if (first.properties !== undefined) return { kind: 'object', fields: first.properties }
  return first.items === undefined || controlOf(first.items).kind === 'json' ? { kind: 'json' } : { kind: 'list', item: first.items }
}

export const isRequired = (schema: Schema, key: string): boolean => valued(schema).some(({ required = [] }) => required.includes(key))

/** What a value may be, in JSON's words. */
export const typeWords = (schema: Schema, or: string): string =>
  optionsOf(schema)
    .flatMap(option => (option.type === 'boolean' ? ['boolean'] : (namedBy(option)?.map(value => JSON.stringify(value)) ?? [nameOf(option)])))
    .join(` ${or} `)

const nameOf = ({ type }: Schema) => (type === undefined ? 'anything' : type === 'array' ? 'list' : String(type))

/** A value to begin with: the least that the contract takes, as far as that can be told. */
export const sampleOf = (schema: Schema): unknown => {
  const control = controlOf(schema)
  const [option = {}] = valued(schema)
  switch (control.kind) {
    case 'choice':
      return control.values[0]
    case 'number':
      return leastOf(option)
    case 'text':
    case 'either':
      return option.pattern === '^\\d+$' ? '1' : ''
    case 'list':
      return []
    case 'object': {
      const needed = Object.entries(control.fields).filter(([key]) => isRequired(option, key))
      return Object.fromEntries(needed.map(([key, field]) => [key, isNullable(field) ? null : sampleOf(field)]))
    }
    case 'json':
      return option.type === 'array' ? [] : {}
  }
}

/** The limits of whole numbers that every program knows are no rule of the field. */
const leastOf = ({ minimum = 0, exclusiveMinimum }: Schema) => (exclusiveMinimum === undefined ? Math.max(minimum, 0) : exclusiveMinimum + 1)

export interface Problem {
  readonly path: Path
  readonly kind: 'missing' | 'unknown' | 'type' | 'pattern' | 'least' | 'most' | 'shortest' | 'longest'
  readonly schema: Schema
  /** The limit that the value breaks. */
  readonly limit: string
}

/** All in which a body is not as its contract says, in the order of the contract. */
export const problemsIn = (value: unknown, schema: Schema, path: Path = []): Problem[] => {
  const problem = (kind: Problem['kind'], limit: string | number = '', at = path) => [{ path: at, kind, schema, limit: String(limit) }]
  const options = optionsOf(schema)
  const fitting = options.filter(option => isOfType(value, option))
  const [option] = fitting
  if (option === undefined) return problem('type')
  if (fitting.length > 1) {
    const found = fitting.map(other => problemsIn(value, other, path))
    return found.find(({ length }) => length === 0) ?? found[0] ?? []
  }
  if (typeof value === 'string') {
    if (option.pattern !== undefined && !new RegExp(option.pattern, 'u').test(value)) return problem('pattern', option.pattern)
    if (option.minLength !== undefined && value.length < option.minLength) return problem('shortest', option.minLength)
    return option.maxLength !== undefined && value.length > option.maxLength ? problem('longest', option.maxLength) : []
  }
  if (typeof value === 'number') {
    const { minimum = Number.NEGATIVE_INFINITY, exclusiveMinimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = option
    if (value < minimum || value <= exclusiveMinimum) return problem('least', value < minimum ? minimum : exclusiveMinimum + 1)
    return value > maximum ? problem('most', maximum) : []
  }
  const { items, properties = {}, required = [], additionalProperties = true } = option
  if (Array.isArray(value)) return items === undefined ? [] : value.flatMap((item, at) => problemsIn(item, items, [...path, at]))
  if (!isObject(value)) return []
  const known = Object.entries(properties).flatMap(([key, field]) => {
    const own = [...path, key]
    if (Object.hasOwn(value, key)) return problemsIn(value[key], field, own)
    return required.includes(key) ? [{ path: own, kind: 'missing' as const, schema: field, limit: '' }] : []
  })
  const rest = Object.keys(value).filter(key => !Object.hasOwn(properties, key))
  const more = rest.flatMap(key => {
    if (additionalProperties === false) return problem('unknown', '', [...path, key])
    return additionalProperties === true ? [] : problemsIn(value[key], additionalProperties, [...path, key])
  })
  return [...known, ...more]
}

const isOfType = (value: unknown, option: Schema): boolean => {
  const named = option.type === 'boolean' ? null : namedBy(option)
  if (named !== null) return named.includes(value)
  switch (option.type) {
    case undefined:
      return true
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === option.type
  }
}
