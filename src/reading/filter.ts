import type { Event } from '../contracts/journal.js'

/** `type:` looks for a part of the type; the others for an exact number or id. */
export const filterKeys = ['type', 'chat', 'visitor', 'delivery'] as const
export type FilterKey = (typeof filterKeys)[number]

export interface Filter {
  readonly words: readonly string[]
  readonly types: readonly string[]
  readonly chats: readonly number[]
  readonly visitors: readonly number[]
  readonly deliveries: readonly string[]
}

export type FilterProblem =
  | { readonly kind: 'unknown-key'; readonly key: string; readonly near: FilterKey | null }
  | { readonly kind: 'not-a-number'; readonly key: FilterKey; readonly value: string }

export type ParsedFilter = { readonly ok: true; readonly filter: Filter } | { readonly ok: false; readonly problem: FilterProblem }

/** Words and `key:value` tokens, with spaces between them. What stands in double quotes is one word, a colon in it included. */
export const parseFilter = (text: string): ParsedFilter => {
  const words: string[] = []
  const types: string[] = []
  const chats: number[] = []
  const visitors: number[] = []
  const deliveries: string[] = []
  for (const [token, quoted] of text.matchAll(/"([^"]*)"?|\S+/g)) {
    if (quoted !== undefined) {
      if (quoted !== '') words.push(quoted.toLowerCase())
      continue
    }
    // An address has a colon too, and so has a time.
    const [, key, value] = /^([a-z_-]+):(?!\/\/)(.*)$/i.exec(token) ?? []
    if (key === undefined || value === undefined) {
      words.push(token.toLowerCase())
      continue
    }
    const known = filterKeys.find(name => name === key.toLowerCase())
    if (known === undefined) return { ok: false, problem: { kind: 'unknown-key', key, near: nearest(key.toLowerCase()) } }
    // The token is still being typed.
    if (value === '') continue
    if (known === 'type') types.push(value.toLowerCase())
    else if (known === 'delivery') deliveries.push(value)
    else if (/^\d{1,15}$/.test(value)) (known === 'chat' ? chats : visitors).push(Number(value))
    else return { ok: false, problem: { kind: 'not-a-number', key: known, value } }
  }
  return { ok: true, filter: { words, types, chats, visitors, deliveries } }
}

/** What an event must be known for besides its own fields. */
export interface Lookup {
  readonly summaryOf: (event: Event) => string
  readonly chatOf: (event: Event) => number | undefined
}

/** All kinds of tokens must fit; of several of one kind, any. Every word must be there. */
export const matches = (event: Event, { words, types, chats, visitors, deliveries }: Filter, { summaryOf, chatOf }: Lookup): boolean => {
  if (types.length > 0 && !types.some(type => event.type.includes(type))) return false
  if (chats.length > 0 && !chats.includes(chatOf(event) ?? -1)) return false
  if (visitors.length > 0 && !('visitor' in event && event.visitor !== undefined && visitors.includes(event.visitor))) return false
  if (deliveries.length > 0 && !('delivery' in event && deliveries.includes(event.delivery))) return false
  if (words.length === 0) return true
  const text = `#${event.seq} ${event.type} ${summaryOf(event)}`.toLowerCase()
  return words.every(word => text.includes(word))
}

export const isEmpty = (filter: Filter): boolean => Object.values(filter).every(list => list.length === 0)

const nearest = (key: string): FilterKey | null => {
  const [best] = filterKeys.map(name => ({ name, distance: distance(key, name) })).sort((a, b) => a.distance - b.distance)
  return best !== undefined && best.distance <= 2 ? best.name : null
}

/** Letters to change, add, drop or swap with the next one. */
const distance = (a: string, b: string): number => {
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (rows[i - 2]?.[j - 2] ?? 99) + 1 : 99
      row.push(Math.min((rows[i - 1]?.[j] ?? 99) + 1, (row[j - 1] ?? 99) + 1, (rows[i - 1]?.[j - 1] ?? 99) + same, swapped))
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? 99
}
