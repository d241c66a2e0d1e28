import type { Field } from '../contracts/paths.js'
import type { JsonLine } from './json-lines.js'

/** What is known about each line's field; null for brackets, items of lists, and fields that the contract does not have. */
export const marksOf = (lines: readonly JsonLine[], fields: readonly Field[]): (Field | null)[] => {
  const byPath = new Map(fields.map(field => [field.path, field]))
  return lines.map(({ path, key }) => (key === null ? null : (byPath.get(path) ?? null)))
}
