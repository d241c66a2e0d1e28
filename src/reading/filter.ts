import type { Event } from '../contracts/journal.js'
import { near } from '../contracts/near.js'
import { outcomeOf } from './summary.js'

/**
 * `type:` looks for a part of the type; `status:` for a number as `500`, `>=500` or `5xx`, or for how it went; the others for
 * an exact number or id.
 */
export const filterKeys = ['type', 'chat', 'visitor', 'delivery', 'status'] as const
export type FilterKey = (typeof filterKeys)[number]

/** How a delivery, a callback or a request went, in words: what is asked for with `status:`. */
export const outcomeWords = ['ok', 'failed', 'waiting', 'warning'] as const
export type OutcomeWord = (typeof outcomeWords)[number]

/** Statuses from one number to another, both included; or how it went. */
export type StatusTest = { readonly from: number; readonly to: number } | OutcomeWord

export interface Filter {
  readonly words: readonly string[]
  readonly types: readonly string[]
  readonly chats: readonly number[]
  readonly visitors: readonly number[]
  readonly deliveries: readonly string[]
  readonly statuses: readonly StatusTest[]
}

export type FilterProblem =
  | { readonly kind: 'unknown-key'; readonly key: string; readonly near: FilterKey | null }
  | { readonly kind: 'not-a-number'; readonly key: FilterKey; readonly value: string }
  | { readonly kind: 'not-a-status'; readonly value: string }

export type ParsedFilter = { readonly ok: true; readonly filter: Filter } | { readonly ok: false; readonly problem: FilterProblem }

/** Words and `key:value` tokens, with spaces between them. What stands in double quotes is one word, a colon in it included. */
export const parseFilter = (text: string): ParsedFilter => {
  const words: string[] = []
  const types: string[] = []
  const chats: number[] = []
  const visitors: number[] = []
  const deliveries: string[] = []
  const statuses: StatusTest[] = []
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
    if (known === undefined) return { ok: false, problem: { kind: 'unknown-key', key, near: near(key, filterKeys)[0] ?? null } }
    // The token is still being typed.
    if (value === '') continue
    if (known === 'type') types.push(value.toLowerCase())
    else if (known === 'delivery') deliveries.push(value)
    else if (known === 'status') {
      const test = statusTest(value.toLowerCase())
      if (test === null) return { ok: false, problem: { kind: 'not-a-status', value } }
      if (test !== 'open') statuses.push(test)
    } else if (/^\d{1,15}$/.test(value)) (known === 'chat' ? chats : visitors).push(Number(value))
    else return { ok: false, problem: { kind: 'not-a-number', key: known, value } }
  }
  return { ok: true, filter: { words, types, chats, visitors, deliveries, statuses } }
}

/** Null for what is none; `open` for what may become one. */
const statusTest = (value: string): StatusTest | 'open' | null => {
  const word = outcomeWords.find(one => one === value)
  if (word !== undefined) return word
  const [, hundred] = /^([1-5])xx?$/.exec(value) ?? []
  if (hundred !== undefined) return { from: Number(hundred) * 100, to: Number(hundred) * 100 + 99 }
  const [, sign = '', digits = ''] = /^([<>]?=?)(\d{0,3})$/.exec(value) ?? []
  if (digits === '') return sign === value || outcomeWords.some(one => one.startsWith(value)) ? 'open' : null
  const number = Number(digits)
  if (sign === '' || sign === '=') return { from: number, to: number }
  const [from, to] = sign.startsWith('>') ? [number, Number.MAX_SAFE_INTEGER] : [0, number]
  return sign.endsWith('=') ? { from, to } : sign === '>' ? { from: from + 1, to } : { from, to: to - 1 }
}

/** How an event went in the words of `status:`; null for those that only happened. */
export const outcomeWordOf = (event: Event): OutcomeWord | null => {
  const outcome = outcomeOf(event)
  if (outcome === null || outcome.tone === 'plain') return null
  if (outcome.status === 'warn') return 'warning'
  return ({ ok: 'ok', fail: 'failed', pending: 'waiting' } as const)[outcome.tone]
}

const hasStatus = (event: Event, test: StatusTest): boolean => {
  if (typeof test === 'string') return outcomeWordOf(event) === test
  const status = outcomeOf(event)?.status
  return typeof status === 'number' && status >= test.from && status <= test.to
}

/** What an event must be known for besides its own fields. */
export interface Lookup {
  readonly summaryOf: (event: Event) => string
  readonly chatOf: (event: Event) => number | undefined
}

/** All kinds of tokens must fit; of several of one kind, any. Every word must be there. */
export const matches = (event: Event, { words, types, chats, visitors, deliveries, statuses }: Filter, { summaryOf, chatOf }: Lookup): boolean => {
  if (types.length > 0 && !types.some(type => event.type.includes(type))) return false
  if (chats.length > 0 && !chats.includes(chatOf(event) ?? -1)) return false
  if (visitors.length > 0 && !('visitor' in event && event.visitor !== undefined && visitors.includes(event.visitor))) return false
  if (deliveries.length > 0 && !('delivery' in event && deliveries.includes(event.delivery))) return false
  if (statuses.length > 0 && !statuses.some(test => hasStatus(event, test))) return false
  if (words.length === 0) return true
  const text = `#${event.seq} ${event.type} ${summaryOf(event)}`.toLowerCase()
  return words.every(word => text.includes(word))
}

export const isEmpty = (filter: Filter): boolean => Object.values(filter).every(list => list.length === 0)
