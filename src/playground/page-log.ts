import type { Store } from '../console/store.js'
import type { Event } from '../contracts/journal.js'
import { type ApiEntry, callbackNames } from '../contracts/widget-api.js'
import { kindOf, literal, withoutRest } from './arguments.js'

/** One thing that happened on this page, as the list of results shows it. */
export interface LogRow {
  readonly id: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly kind: 'call' | 'answer' | 'callback' | 'event' | 'failure'
  /** The call as a page writes it, or the type of the event. */
  readonly title: string
  /** What was called. */
  readonly name: string
  readonly tone: 'plain' | 'ok' | 'fail' | 'threw' | 'missing'
  /** The answer as text; undefined when there was none. */
  readonly value?: string
  /** Milliseconds from the call to the answer. */
  readonly took?: number
  /** The event that recorded it. */
  readonly seq?: number
  /** Place in the list: that of its event, or between the events that were known when it happened. */
  readonly order: number
  readonly event?: Event
}

export type HandlerMode = 'notes' | 'throws' | 'missing'

export interface PageLog {
  readonly rows: readonly LogRow[]
  /** Calls and callbacks so far, by name. */
  readonly countOf: (name: string) => number
  readonly modeOf: (callback: string) => HandlerMode
  readonly setMode: (callback: string, mode: HandlerMode) => void
  readonly call: (entry: ApiEntry, values: readonly unknown[]) => void
  readonly fire: (callback: string, values: readonly unknown[]) => Promise<void>
  readonly clear: () => void
  readonly subscribe: (reader: () => void) => () => void
}

/** Rows that are kept. */
const mostRows = 200
/** Events that say nothing new beside the rows of calls and callbacks. */
const silent = new Set(['callback.requested', 'callback.scheduled'])

/** Defines the callbacks of the page, calls the methods, and follows the journal for what concerns this page. */
export const createPageLog = (store: Store): PageLog => {
  const target = window as unknown as Record<string, unknown>
  const here = location.href.split('#')[0] ?? ''
  let rows: LogRow[] = []
  let next = 1
  let readTo: number | null = null
  const counts = new Map<string, number>()
  const modes = new Map<string, HandlerMode>()
  const pages = new Set<string>()
  const visitors = new Set<number>()
  const readers = new Set<() => void>()
  const changed = () => {
    for (const reader of readers) reader()
  }

  const sorted = (list: readonly LogRow[]) => [...list].sort((a, b) => b.order - a.order || b.id - a.id)

  const add = (row: Omit<LogRow, 'id' | 'at' | 'order'> & { at?: number }) => {
    rows = sorted([{ at: Date.now(), ...row, id: next, order: row.seq ?? store.world.seq + 0.5 }, ...rows]).slice(0, mostRows)
    next += 1
    if (row.kind === 'call' || row.kind === 'callback') counts.set(row.name, (counts.get(row.name) ?? 0) + 1)
    changed()
  }

  /** The event that recorded a row: the oldest of that name which has none yet. */
  const attach = (kind: LogRow['kind'], name: string, seq: number): boolean => {
    const at = rows.findLastIndex(row => row.kind === kind && row.name === name && row.seq === undefined)
    const row = rows[at]
    if (row === undefined) return false
    rows = sorted(rows.with(at, { ...row, seq, order: seq }))
    changed()
    return true
  }

  const setMode = (callback: string, mode: HandlerMode) => {
    modes.set(callback, mode)
    target[callback] =
      mode === 'missing'
        ? undefined
        : (...args: unknown[]) => {
            const title = `${callback}(${args.map(literal).join(', ')})`
            add({ kind: 'callback', name: callback, title, tone: mode === 'throws' ? 'threw' : 'plain' })
            if (mode === 'throws') throw new Error('The handler of the playground throws, as it was asked to.')
          }
    changed()
  }
  for (const callback of callbackNames) setMode(callback, 'notes')

  const take = (event: Event) => {
    const { seq, at, type } = event
    if (type === 'page.opened' && event.url.split('#')[0] === here) {
      pages.add(event.page)
      visitors.add(event.visitor)
    }
    const isOurs =
      ('page' in event && event.page !== undefined && pages.has(event.page)) ||
      ('visitor' in event && event.visitor !== undefined && visitors.has(event.visitor))
    if (!isOurs || silent.has(type)) return
    if (type === 'api.called' && attach('call', event.method, seq)) return
    if (type === 'callback.fired') {
      if (event.outcome !== 'missing' && attach('callback', event.callback, seq)) return
      if (event.outcome === 'missing') return add({ kind: 'callback', name: event.callback, title: event.callback, tone: 'missing', seq, at })
    }
    add({ kind: 'event', name: type, title: type, tone: type === 'warning.raised' ? 'fail' : 'plain', seq, event, at })
  }

  store.subscribe(() => {
    if (store.link === 'loading') return
    readTo ??= store.world.seq
    const from = readTo
    const fresh = store.history.events.filter(({ seq }) => seq > from)
    readTo = Math.max(from, store.world.seq)
    for (const event of fresh) take(event)
  })

  return {
    get rows() {
      return rows
    },
    countOf: name => counts.get(name) ?? 0,
    modeOf: callback => modes.get(callback) ?? 'notes',
    setMode,
    clear: () => {
      rows = []
      changed()
    },
    call: ({ name, kind, args }, values) => {
      const began = performance.now()
      const given = args.map((argument, at) =>
        kindOf(argument) === 'function'
          ? (...answer: unknown[]) =>
              add({ kind: 'answer', name, title: `${argument.name}(${answer.map(literal).join(', ')})`, tone: 'ok', took: performance.now() - began })
          : values[at],
      )
      const list = withoutRest(given)
      const title = `${name}(${list.map(value => (typeof value === 'function' ? 'callback' : literal(value))).join(', ')})`
      try {
        const owner = kind === 'method' ? (target.jivo_api as Record<string, unknown> | undefined) : target
        const run = owner?.[name]
        if (typeof run !== 'function') throw new TypeError(owner === undefined ? 'jivo_api is not there' : `${name} is not there`)
        const result: unknown = run.apply(owner, list)
        const failed = typeof result === 'object' && result !== null && 'result' in result && result.result === 'fail'
        add({
          kind: 'call',
          name,
          title,
          tone: failed ? 'fail' : 'ok',
          took: performance.now() - began,
          ...(result === undefined ? {} : { value: literal(result) }),
        })
      } catch (error) {
        add({ kind: 'call', name, title, tone: 'fail', value: String(error) })
      }
    },
    fire: async (callback, values) => {
      const page = Object.values(store.world.pages).findLast(({ id }) => pages.has(id))?.id
      const failed = (value: string) => add({ kind: 'failure', name: callback, title: callback, tone: 'fail', value })
      try {
        const answer = await fetch('/_dev/fire', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ callback, args: values, ...(page === undefined ? {} : { page }) }),
        })
        if (!answer.ok) failed(((await answer.json()) as { error?: { message?: string } }).error?.message ?? `HTTP ${answer.status}`)
      } catch (error) {
        failed(String(error))
      }
    },
    subscribe: reader => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
  }
}
