import { useEffect, useState } from 'preact/hooks'
import type { Field } from '../contracts/paths.js'
import { readJson } from './api.js'
import type { JsonLine } from './json-lines.js'

/** Fields of each event's contract, asked for once. What failed is asked for again the next time. */
const known = new Map<string, Promise<readonly Field[] | null>>()

const fieldsOfEvent = (event: string): Promise<readonly Field[] | null> => {
  const asked = known.get(event)
  if (asked !== undefined) return asked
  const fields = readJson(`/_dev/schema/${encodeURIComponent(event)}`).then(answer => {
    const list = (answer as { fields?: unknown } | null)?.fields
    if (Array.isArray(list)) return list as Field[]
    known.delete(event)
    return null
  })
  known.set(event, fields)
  return fields
}

/** Null until the contract has come, and for good where there is none. */
export const useSchema = (event: string): readonly Field[] | null => {
  const [loaded, setLoaded] = useState<{ event: string; fields: readonly Field[] | null } | null>(null)
  useEffect(() => {
    let isWanted = event !== ''
    if (isWanted) void fieldsOfEvent(event).then(fields => isWanted && setLoaded({ event, fields }))
    return () => {
      isWanted = false
    }
  }, [event])
  return loaded?.event === event ? loaded.fields : null
}

/** What is known about each line's field; null for brackets, items of lists, and fields that the contract does not have. */
export const marksOf = (lines: readonly JsonLine[], fields: readonly Field[]): (Field | null)[] => {
  const byPath = new Map(fields.map(field => [field.path, field]))
  return lines.map(({ path, key }) => (key === null ? null : (byPath.get(path) ?? null)))
}
