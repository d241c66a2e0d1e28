import type { Event } from '../contracts/journal.js'
import { summaryOf } from '../reading/summary.js'
import { milliseconds } from './milliseconds.js'
import { cut, oneLine } from './paint.js'

/**
 * One line an event: time, seq, type, what happened, how it went, and in brackets whom and what it is about as far as that
 * was not said: a search for `chat 9001` finds all of a chat. Nothing in it controls a terminal.
 */
export const eventLine = (event: Event): string => {
  const time = new Date(event.at).toTimeString().slice(0, 8)
  const thousandths = String(event.at % 1000).padStart(3, '0')
  const said = [summaryOf(event, 'en'), ...endOf(event)].join(', ')
  const about = aboutOf(event).filter(name => !said.includes(name))
  const text = about.length === 0 ? said : `${said} (${about.join(', ')})`
  return `${time}.${thousandths} ${String(event.seq).padStart(5)}  ${event.type.padEnd(19)} ${oneLine(text)}`
}

/** How it went: other faces have columns for that. */
const endOf = (event: Event): string[] => {
  switch (event.type) {
    case 'callback.fired':
      if (event.outcome === 'threw') return [`threw ${cut(event.error?.split('\n')[0] ?? 'something', 120)}`]
      return [event.outcome === 'missing' ? 'is not defined there' : 'called']
    case 'delivery.attempted':
      return [...(event.result.kind === 'answered' ? [String(event.result.status)] : []), milliseconds(event.timing.total)]
    case 'delivery.done':
      return [String(event.status), milliseconds(event.took)]
    default:
      return []
  }
}

const aboutOf = (event: Event): string[] => {
  const { page, ...values } = event as Event & { readonly page?: string }
  const words = { delivery: 'delivery ', chat: 'chat ', visitor: 'visitor ', agent: 'agent ', bot: 'bot ', who: 'from ', url: '' }
  const about = Object.entries(words).flatMap(([key, word]) => {
    const value = (values as Readonly<Record<string, unknown>>)[key]
    return value === undefined || value === '' ? [] : [`${word}${value}`]
  })
  return page === undefined ? about : [...about, `page ${page.slice(0, 8)}`]
}
