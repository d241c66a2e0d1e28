import { near } from '../contracts/near.js'

type Json = unknown

/** A line of a comparison: `-` was expected, `+` was received, a blank is in both or was not asked for. */
export interface DiffLine {
  readonly mark: '-' | '+' | ' '
  readonly text: string
}

/** One place where an answer is not what was expected. */
export interface Miss {
  /** Dotted path; empty for the whole. */
  readonly path: string
  /** What is wrong there, as a sentence without its subject. */
  readonly problem: string
  /** How near it is to right: the least is the nearest. */
  readonly distance: number
}

/** Where `received` lacks something of `expected`: objects may hold more, lists may not. */
export const misses = (expected: Json, received: Json, path = ''): Miss[] => {
  if (isObject(expected) && isObject(received)) {
    return Object.entries(expected).flatMap(([key, wanted]) => {
      const at = path === '' ? key : `${path}.${key}`
      if (Object.hasOwn(received, key)) return misses(wanted, received[key], at)
      const alike = near(key, Object.keys(received))[0]
      return [{ path: at, problem: `is missing${alike === undefined ? '' : `; there is "${alike}"`}`, distance: alike === undefined ? 4 : 2 }]
    })
  }
  if (Array.isArray(expected) && Array.isArray(received)) {
    const inner = expected.flatMap((wanted, at) => (at < received.length ? misses(wanted, received[at], `${path}[${at}]`) : []))
    if (expected.length === received.length) return inner
    return [...inner, { path, problem: `has ${received.length} elements, not ${expected.length}`, distance: 3 }]
  }
  if (Object.is(expected, received)) return []
  return [{ path, ...explain(expected, received) }]
}

const explain = (expected: Json, received: Json): Omit<Miss, 'path'> => {
  const is = `is ${short(received)}, not ${short(expected)}`
  if (typeof expected === 'string' && typeof received === 'string') {
    const letter = lookAlike(expected, received)
    if (letter !== null) return { problem: `${is}: the letter "${letter}" is ${alphabetOf(letter)} (${codePoint(letter)})`, distance: 0 }
    if (expected.toLowerCase() === received.toLowerCase()) return { problem: `${is} (case matters)`, distance: 0 }
    if (expected.trim() === received.trim()) return { problem: `${is} (spaces matter)`, distance: 0 }
    return { problem: is, distance: 3 }
  }
  if (kindOf(expected) !== kindOf(received)) {
    const same = isPlain(expected) && isPlain(received) && String(expected) === String(received)
    return { problem: `is the ${kindOf(received)} ${short(received)}, not the ${kindOf(expected)} ${short(expected)}`, distance: same ? 1 : 3 }
  }
  return { problem: is, distance: 3 }
}

/** Latin letters and the Cyrillic ones that look like them. */
const pairs: Record<string, string> = { а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', к: 'k', і: 'i', м: 'm', т: 't', н: 'h', в: 'b' }

const latin = (text: string) => [...text.toLowerCase()].map(letter => pairs[letter] ?? letter).join('')

const lookAlike = (expected: string, received: string): string | null => {
  if (latin(expected) !== latin(received) || expected.toLowerCase() === received.toLowerCase()) return null
  const wanted = [...expected.toLowerCase()]
  return [...received].find((letter, at) => letter.toLowerCase() !== wanted[at]) ?? null
}

const alphabetOf = (letter: string) => (letter >= '\u0400' && letter <= '\u04ff' ? 'Cyrillic' : 'Latin')

const codePoint = (letter: string) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value)

const isPlain = (value: Json) => typeof value !== 'object' || value === null

const kindOf = (value: Json) => (value === null ? 'word' : Array.isArray(value) ? 'list' : typeof value === 'string' ? 'text' : typeof value)

const short = (value: Json): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** The received JSON as it would be printed, with what was expected above every line that misses it. */
export const diffJson = (expected: Json, received: Json): DiffLine[] => lines(expected, received, '', '', '')

const lines = (expected: Json, received: Json, indent: string, head: string, tail: string): DiffLine[] => {
  const inside = `${indent}  `
  if (isObject(expected) && isObject(received)) {
    const missing = Object.keys(expected).filter(key => !Object.hasOwn(received, key))
    const all = [...missing.map(key => [key, true] as const), ...Object.keys(received).map(key => [key, false] as const)]
    return [
      { mark: ' ', text: `${indent}${head}{` },
      ...all.flatMap(([key, isMissing], at) => {
        const name = `${JSON.stringify(key)}: `
        const end = at === all.length - 1 ? '' : ','
        if (isMissing) return printed(expected[key], inside, name, end, '-')
        return Object.hasOwn(expected, key) ? lines(expected[key], received[key], inside, name, end) : printed(received[key], inside, name, end, ' ')
      }),
      { mark: ' ', text: `${indent}}${tail}` },
    ]
  }
  if (Array.isArray(expected) && Array.isArray(received)) {
    const length = Math.max(expected.length, received.length)
    return [
      { mark: ' ', text: `${indent}${head}[` },
      ...Array.from({ length }, (_, at) => {
        const end = at === length - 1 ? '' : ','
        if (at >= received.length) return printed(expected[at], inside, '', end, '-')
        return at >= expected.length ? printed(received[at], inside, '', end, '+') : lines(expected[at], received[at], inside, '', end)
      }).flat(),
      { mark: ' ', text: `${indent}]${tail}` },
    ]
  }
  if (misses(expected, received).length === 0) return printed(received, indent, head, tail, ' ')
  return [...printed(expected, indent, head, tail, '-'), ...printed(received, indent, head, tail, '+')]
}

const printed = (value: Json, indent: string, head: string, tail: string, mark: DiffLine['mark']): DiffLine[] =>
  `${head}${JSON.stringify(value, null, 2)}${tail}`.split('\n').map(text => ({ mark, text: indent + text }))
