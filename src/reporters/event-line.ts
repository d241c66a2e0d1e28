import type { Event } from '../contracts/journal.js'
import { summaryOf } from '../reading/summary.js'
import { milliseconds } from './milliseconds.js'
import { cut, oneLine } from './paint.js'

/**
 * One line an event: time, seq, type, which delivery or chat, what happened, how it went, and in brackets whom and what else
 * it is about as far as that was not said: a search for `chat 9001` finds all of a chat. Nothing in it controls a terminal.
 */
export const eventLine = (event: Event): string => {
  const time = new Date(event.at).toTimeString().slice(0, 8)
  const thousandths = String(event.at % 1000).padStart(3, '0')
  const happened = [summaryOf(event, 'en'), ...endOf(event)].join(', ')
  const subject = subjectOf(event)
  // An address may happen to have the few letters of a delivery's id in it.
  const isSaid = !('delivery' in event) && happened.includes(subject)
  const said = isSaid ? happened : `${subject} ${happened}`
  const about = aboutOf(event).filter(name => !said.includes(name))
  const text = about.length === 0 ? said : `${said} (${about.join(', ')})`
  return `${time}.${thousandths} ${String(event.seq).padStart(5)}  ${event.type.padEnd(19)} ${oneLine(text)}`
}

/** What a line that is cut off must still name; empty where there is no such thing. */
const subjectOf = (event: Event): string => {
  if ('delivery' in event) return event.delivery
  return 'chat' in event && event.chat !== undefined ? `chat ${event.chat}` : ''
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
  const words = { chat: 'chat ', visitor: 'visitor ', agent: 'agent ', bot: 'bot ', who: 'from ', url: '' }
  const about = Object.entries(words).flatMap(([key, word]) => {
    const value = (values as Readonly<Record<string, unknown>>)[key]
    return value === undefined || value === '' ? [] : [`${word}${value}`]
  })
  return page === undefined ? about : [...about, `page ${page.slice(0, 8)}`]
}
