import type { Event } from '../contracts/journal.js'
import { filterKeys, outcomeWordOf } from './filter.js'
import { outcomeOf } from './summary.js'

/** One way to go on with what is being typed. */
export interface Completion {
  /** What comes in the place of the last word: `type:delivery.done`, or `chat:` alone. */
  readonly token: string
  /** Events that have it; null for a key alone. */
  readonly count: number | null
}

const about: Readonly<Record<(typeof filterKeys)[number], (event: Event, chatOf: (event: Event) => number | undefined) => string | undefined>> = {
  type: event => event.type,
  chat: (event, chatOf) => chatOf(event)?.toString(),
  visitor: event => ('visitor' in event ? event.visitor?.toString() : undefined),
  delivery: event => ('delivery' in event ? event.delivery : undefined),
  status: event => {
    const status = outcomeOf(event)?.status
    return typeof status === 'number' ? status.toString() : (outcomeWordOf(event) ?? undefined)
  },
}

/** How the last word of a filter may go on, the likeliest first. Nothing inside of quotes. */
export const completionsOf = (text: string, events: readonly Event[], chatOf: (event: Event) => number | undefined): Completion[] => {
  const word = lastWord(text)
  if (word === null) return []
  const [, key, value = ''] = /^([a-z]+):(.*)$/i.exec(word) ?? []
  if (key !== undefined) {
    const known = filterKeys.find(name => name === key.toLowerCase())
    return known === undefined ? [] : valuesOf(known, value.toLowerCase(), events, chatOf)
  }
  const keys = filterKeys.filter(name => name.startsWith(word.toLowerCase())).map((name): Completion => ({ token: `${name}:`, count: null }))
  return [...keys, ...(word.length < 2 ? [] : valuesOf('type', word.toLowerCase(), events, chatOf))]
}

/** The filter with its last word completed. */
export const completed = (text: string, { token }: Completion): string =>
  `${text.slice(0, text.length - (lastWord(text) ?? '').length)}${token}${token.endsWith(':') ? '' : ' '}`

const valuesOf = (key: (typeof filterKeys)[number], value: string, events: readonly Event[], chatOf: (event: Event) => number | undefined): Completion[] => {
  const counts = new Map<string, number>()
  for (const event of events) {
    const own = about[key](event, chatOf)
    if (own !== undefined && (key === 'type' ? own.includes(value) : own.startsWith(value))) counts.set(own, (counts.get(own) ?? 0) + 1)
  }
  const found = [...counts].map(([own, count]): Completion => ({ token: `${key}:${own}`, count }))
  // Types and statuses are read in the order of the alphabet; of the others the newest is meant, which comes last.
  return key === 'type' || key === 'status' ? found.sort((a, b) => (a.token < b.token ? -1 : 1)) : found.reverse()
}

const lastWord = (text: string): string | null => {
  const quotes = text.split('"').length - 1
  return quotes % 2 === 1 ? null : (/\S*$/.exec(text)?.[0] ?? '')
}
