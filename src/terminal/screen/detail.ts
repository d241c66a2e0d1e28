import type { Event } from '../../contracts/journal.js'
import type { World } from '../../emulator/world/world.js'
import { en as adviceWords } from '../../reading/advice-words.js'
import { type DeliveryFacts, deliveryFacts } from '../../reading/delivery-facts.js'
import { count, duration, exactClock } from '../../reading/format.js'
import type { History } from '../../reading/history.js'
import { lastOf } from '../../reading/rounds.js'
import { summaryOf, whoDid } from '../../reading/summary.js'
import { whatToTry } from '../../reading/what-to-try.js'
import { attemptLines, timingLine } from './attempt-lines.js'
import { blank, broken, clip, ends, full, type Line, line, type Span, type Style, span, within, wrap } from './cells.js'
import { statusOf, whoStyle } from './event-rows.js'
import { glyphs } from './glyphs.js'
import { evidenceStyle, jsonPart, type KnownFields } from './json-part.js'
import { isWide } from './measures.js'
import { type ScreenState, type Tab, tabOf, tabsOf } from './state.js'

/** What the open event is looked up in. */
export interface DetailFacts {
  readonly world: Readonly<World>
  readonly history: History
  readonly fieldsOf: (event: string) => KnownFields
}

interface Detail {
  readonly lines: Line[]
  /** How far the part can be scrolled. */
  readonly mostScroll: number
}

/** With fewer lines than these only the newest attempts are shown, and nothing stands apart. */
const low = 15

/** The event that is open, in so many lines: whence and whither, the attempts, and one part of the exchange. */
export const detailLines = (state: ScreenState, facts: DetailFacts, height: number): Detail => {
  const { opened, size } = state
  if (opened === null) return { lines: [], mostScroll: 0 }
  const { event, related } = opened
  const cells = size.columns
  const delivery = 'delivery' in event ? deliveryFacts(event, newestOf(facts.history, event.delivery, related), facts.world.deliveries[event.delivery]) : null
  const isLow = height < low
  const head = isWide(state) ? wideHead(event, delivery, facts, cells) : narrowHead(event, delivery, facts, cells).slice(0, isLow ? 2 : undefined)
  const attempts = delivery === null ? [] : attemptsOf(delivery, cells, height).slice(...(isLow ? [-3, -1] : []))
  const isSplit = isWide(state) && delivery !== null
  const top = [...head, ...attempts]
  const room = Math.max(1, height - top.length - 1)
  const left = isSplit ? Math.floor(cells * 0.54) : cells
  const tab = tabOf(opened, state)
  const part = partLines(tab, event, delivery, facts, { width: left - 2, wraps: state.wraps })
  const mostScroll = Math.max(0, part.length - room)
  const scroll = Math.min(opened.scroll, mostScroll)
  const more = mostScroll === 0 ? '' : `${scroll + 1} to ${Math.min(part.length, scroll + room)} of ${part.length} lines `
  const seen = part.slice(scroll, scroll + room)
  const bar = ends(delivery === null ? line('  Event', { bold: true }) : tabBar(tab, tabsOf(event, state), delivery), line(more, { color: 'gray' }), left)
  const rows = [bar, ...seen.map(row => clip([span(' '), ...row], left))]
  if (!isSplit || delivery === null) return { lines: [...top, ...rows], mostScroll }
  const right = answerSide(delivery, event, cells - left - 1)
  const both = Array.from({ length: room + 1 }, (_, at): Line => [...full(rows[at] ?? blank, left), span(' '), ...(right[at] ?? blank)])
  return { lines: [...top, ...both], mostScroll }
}

/** What is known now, or what was when the event was opened, where the list has let go of it. */
const newestOf = (history: History, delivery: string, related: readonly Event[]): readonly Event[] => {
  const now = history.ofDelivery(delivery)
  return now[0]?.seq === related[0]?.seq ? now : [...related, ...now.filter(({ seq }) => seq > (related.at(-1)?.seq ?? 0))]
}

const narrowHead = (event: Event, delivery: DeliveryFacts | null, { world, history }: DetailFacts, cells: number): Line[] => {
  const status = statusOf(event, world)
  const title: Line = [
    span(`  #${event.seq} `, { bold: true }),
    span(event.type, { ...whoStyle[whoDid(event)], bold: true }),
    span(`  ${within(delivery?.name ?? '', 40)}`),
  ]
  const whole = event.type === 'delivery.attempted' ? event.timing.total : (delivery?.whole ?? null)
  const took = whole === null ? '' : ` in ${duration(whole, 'en')}`
  const right: Line = status === null ? line(`${exactClock(event.at)}  `, { color: 'gray' }) : [status, span(`${took}  `)]
  const about = delivery === null ? within(summaryOf(event, 'en'), cells - 4) : `to ${delivery.to}`
  return [ends(title, right, cells), clip(line(`  ${about}`, delivery === null ? {} : { color: 'blue' }), cells), causeLine(event, history, cells), blank]
}

const wideHead = (event: Event, delivery: DeliveryFacts | null, { world, history }: DetailFacts, cells: number): Line[] => {
  const status = statusOf(event, world)
  const name = delivery === null ? event.type : `${delivery.name} ${event.type.replace('delivery.', '')}`
  const keys = delivery === null ? ' y link ' : ' r resend · e edited · c curl · s fixture · y link '
  const title = ` #${event.seq} ${within(name, 50)} `
  const rule = glyphs.rule.repeat(Math.max(1, cells - title.length - keys.length - 4))
  const outcome = delivery === null ? '' : outcomeWords(delivery)
  return [
    [
      span(glyphs.rule.repeat(2), { color: 'gray' }),
      span(title, { bold: true }),
      span(rule, { color: 'gray' }),
      span(keys, { color: 'gray' }),
      span(glyphs.rule.repeat(2), { color: 'gray' }),
    ],
    delivery === null
      ? ends(
          line(` ${within(summaryOf(event, 'en'), cells - 30)}`),
          status === null ? line(`${exactClock(event.at)}  `, { color: 'gray' }) : [status, span('  ')],
          cells,
        )
      : ends([span(' To        ', { color: 'gray' }), span(within(delivery.to, cells - 60), { color: 'blue' })], line(`${outcome}  `), cells),
    causeLine(event, history, cells),
    blank,
  ]
}

const outcomeWords = ({ attempts, whole, failed, pending }: DeliveryFacts): string => {
  const tried = `${attempts.length} ${attempts.length === 1 ? 'attempt' : 'attempts'}${whole === null ? '' : ` in ${duration(whole, 'en')}`}`
  return pending !== undefined ? `${tried}, not over yet` : failed !== undefined ? `${tried}, gave up` : tried
}

/** `#222 contacts.given > #224 delivery.scheduled > #226`, and what followed. */
const causeLine = (event: Event, history: History, cells: number): Line => {
  const chain: Event[] = []
  for (let at = event.cause; at !== undefined && chain.length < 4; ) {
    const cause = history.get(at)
    if (cause === undefined) break
    chain.unshift(cause)
    at = cause.cause
  }
  const effects = history.effectsOf(event.seq).filter(({ seq }) => seq !== event.seq)
  const spans: Span[] = []
  if (event.cause !== undefined && chain.length === 0) spans.push(span('  because of ', { color: 'gray' }), span(`#${event.cause}`))
  else if (chain.length > 0) spans.push(span('  because of ', { color: 'gray' }), ...chained(chain))
  else spans.push(span('  came from outside', { color: 'gray' }))
  if (effects.length > 0) spans.push(span('   then ', { color: 'gray' }), ...chained(effects.slice(0, 2), ', '))
  if (effects.length > 2) spans.push(span(` and ${effects.length - 2} more`, { color: 'gray' }))
  return clip(spans, cells - 1)
}

const chained = (events: readonly Event[], between = ' > '): Span[] =>
  events.flatMap((event, at) => [...(at === 0 ? [] : [span(between, { color: 'gray' })]), span(`#${event.seq} `), span(event.type, whoStyle[whoDid(event)])])

/** Most attempts that are shown; a delivery that was resent has more rounds, not more attempts. */
const mostAttempts = 6

const attemptsOf = (delivery: DeliveryFacts, cells: number, height: number): Line[] => {
  const lines = attemptLines(delivery, cells).slice(-mostAttempts)
  const others = delivery.others.flatMap((round): Line[] => {
    const last = lastOf(round)
    if (last === undefined) return []
    const how = last.type === 'delivery.done' ? `done, ${last.status}` : last.type === 'delivery.failed' ? 'failed' : 'on its way'
    return [line(`    ${last.seq > (delivery.attempt?.seq ?? 0) ? 'sent again' : 'sent before'}: #${last.seq} ${how}`, { color: 'gray' })]
  })
  const due =
    delivery.pending === undefined || delivery.attempts.length === 0
      ? []
      : [line(`    The next attempt is due at ${exactClock(delivery.pending.dueAt).slice(0, 8)}.`, { color: 'yellow' })]
  const none =
    delivery.attempts.length === 0
      ? [line(delivery.pending === undefined ? '    The attempts are no longer in this list.' : '    Not tried yet.', { color: 'gray' })]
      : []
  const words = timingLine(delivery)
  const timing = words.length === 0 ? [] : [words]
  // Where there is little room the attempts come first.
  return [...lines, ...none, ...(height > 14 ? timing : []), ...due, ...(height > 14 ? others.slice(-2) : []), blank]
}

const tabBar = (current: Tab, tabs: readonly Tab[], { attempt }: DeliveryFacts): Line => {
  const status = attempt?.result.kind === 'answered' ? attempt.result.status : null
  return [
    span(' '),
    ...tabs.flatMap((tab): Span[] => {
      const name = `${tab[0]?.toUpperCase()}${tab.slice(1)}`
      const isBad = tab === 'answer' && status !== null && (status < 200 || status > 299)
      return [
        span(tab === current ? ` [${name}]` : `  ${name} `, { bold: tab === current }),
        ...(tab === 'answer' && status !== null ? [span(` ${status} `, isBad ? { color: 'red', bold: true } : { color: 'green' })] : []),
      ]
    }),
  ]
}

interface PartOptions {
  readonly width: number
  readonly wraps: boolean
}

const partLines = (tab: Tab, event: Event, delivery: DeliveryFacts | null, { fieldsOf }: DetailFacts, options: PartOptions): Line[] => {
  if (delivery === null || tab === 'event') return jsonPart(event, { ...options, fields: null })
  if (tab === 'answer') return answerLines(delivery, event, options.width)
  const fields = fieldsOf(delivery.name)
  if (tab === 'contract') return contractLines(delivery.name, fields, options)
  if (delivery.body === undefined) return [line('  The event that holds the body is older than what this list keeps.', { color: 'gray' })]
  return jsonPart(delivery.body, { ...options, fields })
}

const contractLines = (name: string, fields: KnownFields, { width: cells, wraps }: PartOptions): Line[] => {
  if (fields === 'loading') return [line('  The contract is on its way.', { color: 'gray' })]
  if (fields === null) return [line(`  There is no contract for ${within(name, 60)}.`, { color: 'gray' })]
  return fields.flatMap(({ path, type, optional, provenance }): Line[] => {
    const evidence = provenance?.evidence
    const what: Line = [
      evidence === undefined ? span('  ') : span(`${glyphs.evidence[evidence]} `, evidenceStyle[evidence]),
      span(`  ${path}  `),
      span(`${type}${optional ? ', may be absent' : ''}  `, { color: 'gray' }),
    ]
    const style: Style = evidence === 'guessed' ? { color: 'yellow' } : { color: 'gray' }
    const about = [provenance?.description, provenance?.source].filter(text => text !== undefined && text !== '').join('. ')
    return wraps ? [what, ...wrap(about, cells - 6).map(text => line(`      ${text}`, style))] : [clip([...what, span(about, style)], cells)]
  })
}

/** What came back, and what to do about it when it was not taken. */
const answerLines = (delivery: DeliveryFacts, event: Event, cells: number): Line[] => {
  const { attempt } = delivery
  const advice = adviceLines(delivery, event, cells)
  if (attempt === undefined) return [line('  Nothing has answered yet.', { color: 'gray' }), ...advice]
  const { result } = attempt
  if (result.kind === 'no-answer') return [...wrap(`Nothing answered: ${result.message}`, cells - 4).map(text => line(`  ${text}`)), ...advice]
  const size = result.body.length
  const kind = line(
    `  ${result.status}, ${result.contentType === '' ? 'no content type' : within(result.contentType, 60)}, ${count(size)} ${size === 1 ? 'character' : 'characters'}`,
    { color: 'gray' },
  )
  const body = size === 0 ? [line('  The answer has no body.', { color: 'gray' })] : bodyLines(result.body, cells - 2).map(row => [span('  '), ...row])
  const cutOff = result.truncated === true ? [line('  Only the beginning is kept here.', { color: 'yellow' })] : []
  return [kind, ...advice, ...(advice.length > 0 ? [blank] : []), ...body, ...cutOff]
}

/** Most lines of an answer: what is shown is laid out anew for every frame. */
const mostLines = 400

const bodyLines = (body: string, cells: number): Line[] => {
  const value = parsed(body)
  if (value !== undefined) return jsonPart(value, { width: cells, wraps: true, fields: null })
  return body
    .split(/\r?\n/, mostLines)
    .flatMap(text => broken(within(text, 2_000), cells))
    .slice(0, mostLines)
    .map(text => line(text))
}

const parsed = (text: string): unknown => {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const adviceLines = (delivery: DeliveryFacts, event: Event, cells: number): Line[] => {
  const { attempt, attempts, failed, to, scheduled } = delivery
  if (event.type === 'delivery.done') return []
  const isLast = attempt === attempts.at(-1)
  const advice = whatToTry(attempt, isLast ? failed : undefined, to, adviceWords, 'en')
  if (advice === null) return []
  const text = advice.text.replaceAll('`', '')
  return [
    blank,
    line(`  ${advice.title}.`, failed === undefined ? { color: 'yellow', bold: true } : { color: 'red', bold: true }),
    ...(failed !== undefined && isLast && failed.message !== '' ? wrap(failed.message, cells - 4).map(row => line(`  ${row}`, { color: 'gray' })) : []),
    line('  What to try', { bold: true }),
    ...wrap(text, cells - 4).map(row => line(`  ${row}`)),
    ...(failed === undefined || scheduled === undefined
      ? []
      : wrap(`Nothing is lost: the body is in #${scheduled.seq}; r sends it again.`, cells - 4).map(row => line(`  ${row}`, { color: 'gray' }))),
  ]
}

/** The right side of a wide terminal: the answer is always in sight. */
const answerSide = (delivery: DeliveryFacts, event: Event, cells: number): Line[] =>
  [line('  Answer', { bold: true }), ...answerLines(delivery, event, cells)].map(row => clip(row, cells))
