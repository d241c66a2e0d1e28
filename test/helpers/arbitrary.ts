import fc from 'fast-check'
import * as z from 'zod'

/**
 * Values that a contract allows: JSON only, keys that may be absent are absent rather than undefined, open objects also
 * hold keys of nobody's.
 *
 * @throws Error at a kind of schema or a check that it does not know, so that no test passes on less than it claims
 */
export const arbitraryOf = (schema: z.ZodType): fc.Arbitrary<unknown> => {
  if (schema instanceof z.ZodString) return textOf(schema)
  if (schema instanceof z.ZodNumber) return numberOf(schema)
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodNull) return fc.constant(null)
  if (schema instanceof z.ZodUnknown) return json
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodNullable) return fc.option(arbitraryOf(inner(schema)), { freq: 3 })
  // Whether a key is there at all is decided by the object that holds it.
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return arbitraryOf(inner(schema))
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(option => arbitraryOf(option as z.ZodType)))
  if (schema instanceof z.ZodLazy) return arbitraryOf(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodArray) return fc.array(arbitraryOf(schema.element as z.ZodType), { ...lengthsOf(schema), size: 'small' })
  if (schema instanceof z.ZodRecord) return fc.dictionary(keyOf(schema.keyType as z.ZodType), arbitraryOf(schema.valueType as z.ZodType), plain)
  if (schema instanceof z.ZodObject) return objectOf(schema)
  throw new Error(`arbitraryOf does not know schemas of the kind ${schema.def.type}`)
}

const inner = (schema: z.ZodNullable | z.ZodOptional | z.ZodDefault) => schema.unwrap() as z.ZodType

/** Objects as `JSON.parse` makes them. */
const plain = { noNullPrototype: true, maxKeys: 4 } as const

/** Any UTF-16, half characters included: JSON carries them. */
const utf16 = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map(unit => String.fromCharCode(unit)) })

/** Letters that readers of lines, of JSON and of HTML stumble on. */
const awkward = fc.string({ unit: fc.constantFrom('\n', '\r', '\u2028', '\u2029', '\u0085', '\u0000', '\ufeff', '"', '\\', '<', '|', 'é', '😀', '\ud800') })

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), utf16, awkward)

/** JSON has no other zero than this: `-0` is written as `0`. */
const withoutMinusZero = <Value>(value: Value) => (Object.is(value, -0) ? 0 : value)

const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true }).map(withoutMinusZero)

const json: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.oneof(anyText, anyNumber, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(anyText, tie('value'), plain),
  ),
})).value

const objectOf = (schema: z.ZodObject) => {
  const shape = schema.shape as Record<string, z.ZodType>
  const known = fc.record(Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, arbitraryOf(field)])), {
    requiredKeys: Object.keys(shape).filter(key => !isOptional(shape[key] as z.ZodType)),
    noNullPrototype: true,
  })
  const { catchall } = schema.def
  if (catchall === undefined || catchall instanceof z.ZodNever) return known
  const others = fc.dictionary(
    anyText.filter(key => !Object.hasOwn(shape, key)),
    arbitraryOf(catchall as z.ZodType),
    plain,
  )
  return fc.tuple(known, others).map(([own, strange]) => ({ ...own, ...strange }))
}

const isOptional = (schema: z.ZodType) => schema instanceof z.ZodOptional || schema instanceof z.ZodDefault

const keyOf = (schema: z.ZodType) => {
  if (schema instanceof z.ZodString) return textOf(schema)
  throw new Error(`arbitraryOf does not know records with keys of the kind ${schema.def.type}`)
}

type Check = z.core.$ZodCheckDef & { readonly [Key in 'value' | 'inclusive' | 'minimum' | 'maximum' | 'length' | 'format' | 'pattern']?: unknown }

/** A schema of a format, such as `z.int()`, is a check of its own besides those it holds. */
const checksOf = (schema: z.ZodType): readonly Check[] => {
  const def = schema.def as unknown as Check & { readonly checks?: readonly z.core.$ZodCheck[] }
  return [...(def.check === undefined ? [] : [def]), ...(def.checks ?? []).map(check => check._zod.def as Check)]
}

const strange = (what: string, { check, format }: Check) => new Error(`arbitraryOf does not know ${what} with the check ${check} ${format ?? ''}`.trimEnd())

const textOf = (schema: z.ZodString): fc.Arbitrary<string> => {
  const checks = checksOf(schema)
  const patterns = checks.filter(({ format }) => format === 'regex').map(({ pattern }) => pattern as RegExp)
  const { minLength = 0, maxLength } = lengthsOf(schema, patterns.length)
  const [pattern] = patterns
  if (pattern === undefined && minLength === 0 && maxLength === undefined) return anyText
  if (pattern === undefined) {
    const unit = fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom('é', 'Ж', '|', '"', '\u2028'))
    return fc.string({ unit, minLength, ...(maxLength === undefined ? {} : { maxLength }) })
  }
  const fits = (text: string) => patterns.every(other => other.test(text)) && text.length >= minLength && text.length <= (maxLength ?? text.length)
  return fc.stringMatching(pattern).filter(fits)
}

/** Bounds of the length of a text or a list; `others` counts its checks of other kinds, which somebody else reads. */
const lengthsOf = (schema: z.ZodType, others = 0) => {
  const bounds: { minLength?: number; maxLength?: number } = {}
  let unread = others
  for (const check of checksOf(schema)) {
    if (check.check === 'min_length') bounds.minLength = Math.max(bounds.minLength ?? 0, check.minimum as number)
    else if (check.check === 'max_length') bounds.maxLength = Math.min(bounds.maxLength ?? Number.POSITIVE_INFINITY, check.maximum as number)
    else if (check.check === 'length_equals') Object.assign(bounds, { minLength: check.length, maxLength: check.length })
    else if (check.format === 'regex' && unread > 0) unread -= 1
    else throw strange(schema.def.type, check)
  }
  return bounds
}

const numberOf = (schema: z.ZodNumber): fc.Arbitrary<number> => {
  const checks = checksOf(schema)
  const isInteger = checks.some(({ format }) => format === 'safeint')
  let min = isInteger ? Number.MIN_SAFE_INTEGER : -Number.MAX_VALUE
  let max = isInteger ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE
  for (const check of checks) {
    const { value, inclusive } = check as { value?: number; inclusive?: boolean }
    if (check.format === 'safeint') continue
    // The next number beyond an open bound is known for integers only.
    if (value === undefined || (inclusive === false && !isInteger)) throw strange('numbers', check)
    if (check.check === 'greater_than') min = Math.max(min, inclusive ? value : value + 1)
    else if (check.check === 'less_than') max = Math.min(max, inclusive ? value : value - 1)
    else throw strange('numbers', check)
  }
  if (!isInteger) return fc.double({ min, max, noNaN: true }).map(withoutMinusZero)
  const small = fc.integer({ min: Math.max(min, -1_000), max: Math.min(max, 100_000) })
  return fc.oneof(
    small,
    fc.maxSafeInteger().map(value => Math.min(Math.max(value, min), max)),
  )
}
