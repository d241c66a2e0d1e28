import type { Event } from '../../contracts/journal.js'
import type { World } from '../../emulator/world/world.js'
import { exactClock } from '../../reading/format.js'
import { outcomeOf, summaryOf, tookOf, type Who, whoDid } from '../../reading/summary.js'
import { column, type Line, rightColumn, type Span, type Style, span, width, within } from './cells.js'
import { glyphs } from './glyphs.js'

export const whoStyle: Readonly<Record<Who, Style>> = {
  visitor: { color: 'cyan' },
  page: { color: 'cyan' },
  agent: { color: 'blue' },
  bot: { color: 'magenta' },
  jivo: { color: 'gray' },
  server: { bold: true },
}

/** The longest type that the column holds: `delivery.scheduled`. */
const typeWidth = 18
const statusWidth = 10
const tookWidth = 8

/** How an event went: a sign, a word or a number, a colour. Null for what neither goes well nor badly. */
export const statusOf = (event: Event, world: Readonly<World>): Span | null => {
  if (event.type === 'delivery.scheduled' || event.type === 'delivery.resent') {
    const pending = world.deliveries[event.delivery]
    const isThisRound = pending !== undefined && pending.seq === event.seq
    return isThisRound ? span(`${glyphs.waiting} ${pending.attempts === 0 ? 'sent' : `try ${pending.attempts + 1}`}`, { color: 'yellow' }) : null
  }
  const outcome = outcomeOf(event)
  if (outcome === null) return null
  const { tone, status } = outcome
  const word = wordOf(event, status)
  if (tone === 'ok') return span(`${glyphs.ok} ${word}`, { color: 'green' })
  if (tone === 'fail') return span(`${glyphs.fail} ${word}`, { color: 'red', bold: true })
  if (tone === 'pending') return span(`${status === 'warn' ? glyphs.warning : glyphs.waiting} ${word}`, { color: 'yellow' })
  return status === 'called' ? null : span(`  ${word}`, { color: 'gray' })
}

/** Where nothing answered, why is worth more than that. */
const wordOf = (event: Event, status: number | string): string => {
  if (event.type === 'delivery.attempted' && event.result.kind === 'no-answer') return event.result.reason
  if (event.type === 'delivery.failed' && event.status === undefined) return event.reason
  return String(status)
}

export const isFailure = (event: Event): boolean => outcomeOf(event)?.tone === 'fail'

interface RowOptions {
  readonly width: number
  readonly isSelected: boolean
  /** With the milliseconds and whose doing it was. */
  readonly isLong: boolean
}

/** One event in exactly so many cells. */
export const eventRow = (event: Event, world: Readonly<World>, { width: cells, isSelected, isLong }: RowOptions): Line => {
  const clock = exactClock(event.at).slice(0, isLong ? 12 : 8)
  const seq = rightColumn(String(event.seq), Math.max(5, String(event.seq).length))
  const who = whoDid(event)
  const status = statusOf(event, world)
  const took = tookOf(event, 'en')
  const parts: Span[] = [
    isSelected ? span(glyphs.selected, { color: 'blue' }) : span(' '),
    span(`${seq} ${clock} `, { color: 'gray' }),
    ...(isLong ? [span(column(who, 8), whoStyle[who])] : []),
    span(`${column(event.type, typeWidth)} `, whoStyle[who]),
  ]
  const room = cells - parts.reduce((sum, { text }) => sum + width(text), 0)
  const summary = summaryIn(event)
  if (status === null) parts.push(span(column(summary, Math.max(0, room - 1)), warnStyle(event)), span(' '))
  else {
    const right = statusWidth + (took === '' ? 0 : tookWidth) + 1
    // A status without a time takes the place of the time, too.
    const summaryWidth = Math.max(0, room - 1 - right)
    parts.push(span(`${column(summary, summaryWidth)} `), { ...status, text: column(status.text, statusWidth) })
    parts.push(span(`${took === '' ? '' : rightColumn(took, tookWidth)} `))
  }
  return isSelected ? parts.map(({ text, bold = false }, nth) => (nth === 0 ? span(text, { color: 'blue' }) : span(text, { inverse: true, bold }))) : parts
}

const warnStyle = (event: Event): Style => (event.type === 'warning.raised' ? { color: 'yellow' } : {})

const summaryIn = (event: Event): string => within(summaryOf(event, 'en'), 400)
