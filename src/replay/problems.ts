import type * as z from 'zod'
import type { Provenance } from '../contracts/evidence.js'
import { near } from '../contracts/near.js'
import { dotted, fieldsOf, patternOf, schemaAt, typeOf } from '../contracts/paths.js'
import { webhookContract, webhookNames } from '../contracts/webhooks/events.js'
import { read } from './edit.js'
import { JsonError, type Located, locate, type Position } from './positions.js'

type Key = string | number

/** What is wrong with a file that should hold a webhook body, and where. */
export interface Problem extends Position {
  /** Dotted path of the field; empty for the whole body. */
  readonly path: string
  readonly message: string
  /** Where the rule comes from; null where it is one of JSON. */
  readonly rule: Provenance | null
}

/** Everything that is wrong with the text of a webhook body, in the order of the text. */
export const problemsOf = (text: string): Problem[] => {
  let located: Located
  try {
    located = locate(text)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return [{ ...error.position, path: '', message: `it is not JSON: ${error.message}`, rule: null }]
  }
  const { value, valueAt } = located
  const start = valueAt([]) ?? { line: 1, column: 1 }
  const whole = (message: string): Problem[] => [{ ...start, path: '', message, rule: null }]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return whole('it is not a JSON object')
  if (!Object.hasOwn(value, 'event_name')) return whole('it has no event_name')
  const name = (value as Record<string, unknown>).event_name
  const contract = typeof name === 'string' ? webhookContract(name) : undefined
  if (contract === undefined) {
    const [meant] = typeof name === 'string' ? near(name, webhookNames) : []
    const message = `there is no webhook named ${JSON.stringify(name)}${meant === undefined ? '' : `; did you mean ${meant}?`}`
    return [{ ...(valueAt(['event_name']) ?? start), path: 'event_name', message, rule: null }]
  }
  const issues = contract.safeParse(value).error?.issues ?? []
  return issues.flatMap(issue => explain(issue, contract, located)).sort((a, b) => a.line - b.line || a.column - b.column)
}

const explain = (issue: z.core.$ZodIssue, contract: z.ZodType, { value, valueAt, nameAt }: Located): Problem[] => {
  const keys = issue.path as Key[]
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsOf(contract).map(({ path }) => path)
    return issue.keys.map(key => {
      const path = patternOf([...keys, key])
      const meant = near(path, known)
      const words = `${dotted([...keys, key])} is not a field of this webhook${meant.length === 0 ? '' : `; did you mean ${meant.join(' or ')}?`}`
      return { ...(nameAt([...keys, key]) ?? nearest(keys, valueAt)), path: dotted([...keys, key]), message: words, rule: null }
    })
  }
  const field = schemaAt(contract, keys)
  const found = read(value, keys)
  const words = found === undefined ? 'is missing' : `is ${shorten(found)}`
  const allowed = field === undefined ? issue.message : `expected ${typeOf(field)}${detail(issue)}`
  return [
    { ...nearest(keys, valueAt), path: dotted(keys), message: `${dotted(keys)} ${words}; ${allowed}`, rule: (field?.meta() as Provenance | undefined) ?? null },
  ]
}

/** What the type alone does not say: the rule that a value of the right type breaks. */
const detail = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_type' || issue.code === 'invalid_union' || issue.code === 'invalid_value' ? '' : ` (${issue.message})`

/** The place of a value, or of the innermost object around it that is there. */
const nearest = (keys: readonly Key[], valueAt: Located['valueAt']): Position =>
  valueAt(keys) ?? (keys.length === 0 ? { line: 1, column: 1 } : nearest(keys.slice(0, -1), valueAt))

const shorten = (value: unknown) => {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
