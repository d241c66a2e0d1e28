import { parsePath } from './edit.js'
import type { Fixture } from './fixture.js'

/** Which fixtures are sent. */
export interface Choice {
  /** Events by name; any when there are none. */
  readonly only: readonly string[]
  /** Fields that must have these values, all of them. */
  readonly where: readonly { readonly path: string; readonly value: string }[]
  /** The n-th of so many equal parts, from 1. */
  readonly shard?: { readonly index: number; readonly of: number }
  /** Names of those that failed before. */
  readonly names?: ReadonlySet<string>
}

/** Tells of each fixture, in their order, whether it is chosen. */
export const createChoice = ({ only, where, shard, names }: Choice): ((fixture: Fixture) => boolean) => {
  const events = new Set(only)
  const fields = where.map(({ path, value }) => ({ keys: parsePath(path), value }))
  let fitting = 0
  return ({ name, event, body }) => {
    if (events.size > 0 && !events.has(event)) return false
    if (names !== undefined && !names.has(name)) return false
    if (!fields.every(({ keys, value }) => isText(read(body, keys), value))) return false
    fitting += 1
    return shard === undefined || (fitting - 1) % shard.of === shard.index - 1
  }
}

const read = (body: unknown, keys: readonly (string | number)[]): unknown =>
  keys.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Record<string | number, unknown>)[key] : undefined),
    body,
  )

const isText = (value: unknown, text: string) => value !== undefined && (value === text || JSON.stringify(value) === text)
