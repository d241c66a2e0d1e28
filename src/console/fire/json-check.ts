import { isObject } from './body-path.js'

/** What is wrong with a text that should be a webhook's body. The places are counted from 1. */
export type JsonProblem =
  | { readonly kind: 'end' | 'value' | 'key' | 'colon' | 'separator' | 'string' | 'after' | 'deep'; readonly line: number; readonly column: number }
  | { readonly kind: 'object' | 'event-name' }

export type Checked =
  | { readonly ok: true; readonly body: Record<string, unknown> & { event_name: string } }
  | { readonly ok: false; readonly problem: JsonProblem }

/** The body in a text, or the first thing that is wrong with it: browsers name the place each in their own way, or not at all. */
export const checkBody = (text: string): Checked => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const { kind, at } = firstProblem(text)
    const before = text.slice(0, at).split('\n')
    return { ok: false, problem: { kind, line: before.length, column: (before.at(-1) ?? '').length + 1 } }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false, problem: { kind: 'object' } }
  const { event_name: name } = value as Record<string, unknown>
  if (typeof name !== 'string' || name === '') return { ok: false, problem: { kind: 'event-name' } }
  return { ok: true, body: { ...value, event_name: name } }
}

/** The object that a text is, whether it is a body or not; null when it is none. */
export const objectIn = (text: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

type Place = { readonly kind: Exclude<JsonProblem['kind'], 'object' | 'event-name'>; readonly at: number }

/** Deeper than any body, and less than what a browser's stack takes. */
const deepest = 200

const string = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Only for a text that is known to be no JSON. */
const firstProblem = (text: string): Place => {
  let at = 0
  class Found extends Error {
    readonly kind: Place['kind']
    constructor(kind: Place['kind']) {
      super()
      this.kind = kind
    }
  }
  const fail = (kind: Place['kind']): never => {
    throw new Found(at >= text.length ? 'end' : kind)
  }
  const space = () => {
    while (' \t\n\r'.includes(text[at] ?? 'x')) at += 1
  }
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found === null) return false
    at += found[0].length
    return true
  }
  const items = (close: string, item: () => void) => {
    at += 1
    space()
    if (text[at] === close) {
      at += 1
      return
    }
    for (;;) {
      item()
      space()
      if (text[at] === close) break
      if (text[at] !== ',') fail('separator')
      at += 1
      space()
    }
    at += 1
  }
  const value = (depth: number) => {
    if (depth > deepest) fail('deep')
    if (text[at] === '[') items(']', () => value(depth + 1))
    else if (text[at] === '{') {
      items('}', () => {
        if (!match(string)) fail(text[at] === '"' ? 'string' : 'key')
        space()
        if (text[at] !== ':') fail('colon')
        at += 1
        space()
        value(depth + 1)
      })
    } else if (!match(text[at] === '"' ? string : plain)) fail(text[at] === '"' ? 'string' : 'value')
  }
  try {
    space()
    value(0)
    space()
  } catch (error) {
    if (error instanceof Found) return { kind: error.kind, at: Math.min(at, text.length) }
    throw error
  }
  return { kind: 'after', at }
}
