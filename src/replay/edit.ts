import type * as z from 'zod'
import { near } from '../contracts/near.js'
import { fieldsOf, isOpen, patternOf, schemaAt, typeOf } from '../contracts/paths.js'

type Json = unknown
type Key = string | number

/** What is wrong with an edit. The command line turns it into its own message. */
export type EditProblem =
  | { readonly kind: 'unknown-path'; readonly path: string; readonly near: readonly string[] }
  | { readonly kind: 'bad-value'; readonly path: string; readonly value: string; readonly problem: string; readonly allowed: string }

export class EditError extends Error {
  override readonly name = 'EditError'
  readonly problem: EditProblem

  constructor(problem: EditProblem) {
    super(problem.kind === 'unknown-path' ? `there is no ${problem.path}` : `${problem.path} ${problem.problem}`)
    this.problem = problem
  }
}

/** `visitor.name`, `tags[0].id` or `tags.0.id` as keys. */
export const parsePath = (path: string): Key[] =>
  path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map(key => (/^\d+$/.test(key) ? Number(key) : key))

/**
 * Sets one field of a body, typed: the text is taken as the type that the contract allows there, and where several are
 * allowed, as the type that stands there already.
 *
 * @throws EditError when the contract has no such path, or forbids the value
 */
export const setField = (body: Json, contract: z.ZodType | undefined, path: string, text: string): Json => {
  const keys = knownPath(body, contract, path)
  const current = read(body, keys)
  const candidates = [parsed(text), text].filter(value => value !== undefined)
  // The type that is there already comes first: a number written into a string stays a string. A bare null means null.
  const rank = (value: Json) => Number(value === null) * 2 + Number(typeof value === typeof current)
  candidates.sort((a, b) => rank(b) - rank(a))
  let problem = ''
  for (const value of candidates) {
    const changed = write(body, keys, value)
    const issue = contract?.safeParse(changed).error?.issues.find(({ path: at }) => isWithin(at as Key[], keys))
    if (issue === undefined) return changed
    problem ||= issue.message
  }
  const field = contract === undefined ? undefined : schemaAt(contract, keys)
  throw new EditError({ kind: 'bad-value', path, value: text, problem, allowed: field === undefined ? '' : typeOf(field) })
}

/**
 * Sets one field whatever the contract says: what it knows is typed as `setField` does, anything else is JSON, or else
 * text. Objects and lists on the way that are missing are made.
 */
export const forceField = (body: Json, contract: z.ZodType | undefined, path: string, text: string): Json => {
  try {
    return setField(body, contract, path, text)
  } catch (error) {
    if (!(error instanceof EditError)) throw error
    const value = parsed(text)
    return write(body, parsePath(path), value === undefined ? text : value)
  }
}

/** @throws EditError when neither the contract nor the body has such a path */
export const unsetField = (body: Json, contract: z.ZodType | undefined, path: string): Json => {
  const keys = knownPath(body, contract, path)
  return remove(body, keys)
}

const knownPath = (body: Json, contract: z.ZodType | undefined, path: string): Key[] => {
  const keys = parsePath(path)
  const isThere = read(body, keys) !== undefined
  if (isThere) return keys
  const known = contract === undefined ? pathsIn(body) : fieldsOf(contract).map(field => field.path)
  const pattern = patternOf(keys)
  const isKnown = known.some(path => path === pattern || path.startsWith(`${pattern}.`)) || (contract !== undefined && isOpen(contract, keys))
  // A list may grow by one at its end, and nothing can stand below what is not there.
  const holder = read(body, keys.slice(0, -1))
  const last = keys.at(-1)
  const fits = Array.isArray(holder) ? typeof last === 'number' && last <= holder.length : typeof holder === 'object' && holder !== null
  if (isKnown && fits) return keys
  throw new EditError({ kind: 'unknown-path', path, near: near(path, isKnown ? pathsIn(body) : known) })
}

const isWithin = (issue: readonly Key[], keys: readonly Key[]) =>
  keys.every((key, at) => issue[at] === key) || (issue.length < keys.length && issue.every((key, at) => keys[at] === key))

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What stands at a place; undefined where there is nothing. */
export const read = (value: Json, keys: readonly Key[]): Json => {
  let at = value
  for (const key of keys) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = (at as Record<Key, Json>)[key]
  }
  return at
}

/** A copy with one place of it changed. */
export const write = (value: Json, [key, ...rest]: readonly Key[], written: Json): Json => {
  if (key === undefined) return written
  const copy = copyOf(value, key)
  const inner = write(Object.hasOwn(copy, key) ? (copy as Record<Key, Json>)[key] : undefined, rest, written)
  // An assignment would take `__proto__` for the prototype.
  Object.defineProperty(copy, key, { value: inner, enumerable: true, configurable: true, writable: true })
  return copy
}

const copyOf = (value: Json, key: Key): object => {
  if (Array.isArray(value)) return [...value]
  if (typeof value === 'object' && value !== null) return { ...value }
  return typeof key === 'number' ? [] : {}
}

/** A copy without what stands at one place. */
export const remove = (value: Json, [key, ...rest]: readonly Key[]): Json => {
  if (key === undefined || typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value
  const copy = Array.isArray(value) ? [...value] : { ...value }
  if (rest.length > 0) (copy as Record<Key, Json>)[key] = remove((value as Record<Key, Json>)[key], rest)
  else if (Array.isArray(copy)) copy.splice(Number(key), 1)
  else delete (copy as Record<Key, Json>)[key]
  return copy
}

const pathsIn = (value: Json, prefix = ''): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => {
        const path = Array.isArray(value) ? `${prefix}[${key}]` : prefix === '' ? key : `${prefix}.${key}`
        return [path, ...pathsIn(inner, path)]
      })
