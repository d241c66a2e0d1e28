import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Event } from '../../contracts/journal.js'
import { type Filter, isEmpty, parseFilter } from '../../reading/filter.js'
import { createFilteredRows } from '../../reading/filtered-rows.js'
import type { History } from '../../reading/history.js'
import { indexOfSeq } from '../../reading/index-of-seq.js'
import { outcomeOf, summaryOf } from '../../reading/summary.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { useKeys } from '../keys.js'
import { Lazy, part } from '../lazy.js'
import { addressOf, go, type Place, timeline } from '../router.js'
import { DeliveryStrip } from './delivery-strip.js'
import { download } from './download.js'
import { EventDetail } from './event-detail.js'
import { EventList } from './event-list.js'
import { FilterField } from './filter-field.js'
import { NewEvents } from './new-events.js'

type TimelinePlace = Extract<Place, { name: 'timeline' }>

/**
 * Whether the list follows what happens.
 * - `live`: it does.
 * - `scrolled`: the person has scrolled up; it follows again when they come back to the end.
 * - `paused`: until the person says so.
 */
type Mode = 'live' | 'scrolled' | 'paused'

/** The chat that lanes are drawn of: the one that the filter names, or that of the event that is open. */
const chatOf = ({ chats }: Filter, event: Event | undefined, history: History): number | undefined =>
  chats.length === 1 ? chats[0] : chats.length === 0 && event !== undefined ? history.chatOf(event) : undefined

const lanesView = part(async () => (await import('./lanes-view.js')).LanesView)

const everything: Filter = { words: [], types: [], chats: [], visitors: [], deliveries: [], statuses: [] }

export const Timeline = ({ place }: { readonly place: TimelinePlace }) => {
  const { store, words, settings } = useApp()
  const { history } = store
  const { lang } = settings
  const [mode, setMode] = useState<Mode>(place.event === null ? 'live' : 'paused')
  const [heldAt, setHeldAt] = useState(0)
  const [active, setActive] = useState<number | null>(place.event)
  const field = useRef<HTMLInputElement>(null)

  const parsed = parseFilter(place.filter)
  // While a token is wrong, the list keeps what it had.
  const lastFilter = useRef(everything)
  if (parsed.ok) lastFilter.current = parsed.filter
  const filter = lastFilter.current
  const filtered = useMemo(() => createFilteredRows(history, filter, event => summaryOf(event, lang)), [history, JSON.stringify(filter), lang])
  filtered.update()
  const all = filtered.rows
  const shown = mode === 'live' ? all.length : indexOfSeq(all, heldAt + 1)
  const newer = all.length - shown
  const rows = shown === all.length ? all : all.slice(0, shown)

  const event = place.event === null ? undefined : history.get(place.event)
  const isListed = active !== null && rows[indexOfSeq(rows, active)]?.seq === active

  const hold = (next: 'scrolled' | 'paused') => {
    if (mode === 'live') setHeldAt(history.events.at(-1)?.seq ?? 0)
    setMode(next)
  }
  const follow = () => setMode('live')
  const at = (seq: number | null) => timeline(seq, place.filter, place.view)
  const open = (seq: number, replace = false) => {
    hold('paused')
    setActive(seq)
    go(at(seq), replace)
  }
  const close = () => go(at(null), true)
  const move = (step: number) => {
    const from = indexOfSeq(rows, active ?? Number.POSITIVE_INFINITY)
    // An event that the filter hides still has a place between two rows.
    const next = isListed || step < 0 ? rows[from + step] : (rows[from] ?? rows.at(-1))
    if (next === undefined) return
    if (place.event !== null) return open(next.seq, true)
    hold('paused')
    setActive(next.seq)
  }
  const toError = (step: 1 | -1) => {
    const from = indexOfSeq(rows, active ?? (step > 0 ? 0 : Number.POSITIVE_INFINITY))
    // The last attempt of a delivery that failed stands just before that.
    const isError = (row: Event) => row.seq !== active && row.type !== 'delivery.attempted' && outcomeOf(row)?.tone === 'fail'
    const found = step > 0 ? rows.slice(from).find(isError) : rows.slice(0, from).findLast(isError)
    if (found !== undefined) open(found.seq, place.event !== null)
  }
  const save = () => download('events.jsonl', rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  const toEnd = () => {
    follow()
    const last = all.at(-1)
    if (last !== undefined) setActive(last.seq)
  }

  const older = history.leftOut === 0 ? '' : history.room > 0 ? words.readingOlder : words.leftOut(history.leftOut)
  const note = [older, isEmpty(filter) ? '' : words.ofAll(all.length, history.events.length)].filter(part => part !== '').join(', ')
  const chat = chatOf(filter, event, history)
  const toggleView = () => {
    if (place.view === 'lanes') go(timeline(place.event, place.filter))
    // A drawing is of one chat: that of the event that is open, if the filter names none.
    else go(timeline(place.event, filter.chats.length === 0 && chat !== undefined ? `chat:${chat}` : place.filter, 'lanes'))
  }

  // Also when the journal has just been loaded: what it had by then is not new.
  useEffect(() => setHeldAt(history.events.at(-1)?.seq ?? 0), [history])
  // The address may be changed from elsewhere: by a link, or by the browser's way back.
  useEffect(() => {
    if (place.event === null) return
    setActive(place.event)
    hold('paused')
  }, [place.event])
  useEffect(() => {
    document.title = `${place.event === null ? '' : `#${place.event} · `}${words.timeline} · jivo-dev`
  }, [place.event, words])

  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => isListed && open(active),
    Escape: () => (place.event !== null ? close() : field.current?.blur()),
    Space: () => (mode === 'live' ? hold('paused') : follow()),
    G: toEnd,
    l: toggleView,
    y: () => place.event !== null && void navigator.clipboard?.writeText(addressOf(at(place.event))),
    '[': () => toError(-1),
    ']': () => toError(1),
    '/': () => field.current?.focus(),
  })

  const kin = new Set<number>()
  if (event !== undefined) {
    const { cause } = event
    if (cause !== undefined) kin.add(cause)
    for (const effect of history.effectsOf(event.seq)) kin.add(effect.seq)
  }
  return (
    <main class="tl" id="main" tabIndex={-1} data-pane={place.event === null ? 'list' : 'detail'}>
      <div class="tl-bar">
        <fieldset class="seg" aria-label={words.view}>
          {(['list', 'lanes'] as const).map(view => (
            <button key={view} type="button" aria-pressed={place.view === view} onClick={() => place.view !== view && toggleView()}>
              <Icon name={view === 'list' ? 'timeline' : 'lanes'} class="s" />
              <span class="words">{words.views[view]}</span>
            </button>
          ))}
        </fieldset>
        <FilterField
          field={field}
          value={place.filter}
          problem={parsed.ok ? null : parsed.problem}
          note={note}
          change={text => go(timeline(place.event, text, place.view), true)}
        />
        <button class="btn quiet no-phone" type="button" title={words.exportTitle} disabled={rows.length === 0} onClick={save}>
          <Icon name="save" class="s" />
          {words.exportRows}
        </button>
        <button class="btn pause" type="button" onClick={() => (mode === 'live' ? hold('paused') : follow())}>
          <Icon name={mode === 'live' ? 'pause' : 'play'} class="s" />
          {mode === 'live' ? words.pause : words.goOn} <kbd>Space</kbd>
        </button>
      </div>
      <DeliveryStrip
        rows={rows}
        show={seq => {
          hold('paused')
          setActive(seq)
        }}
      />
      <div class={`split ${place.event === null ? '' : 'open'}`}>
        {place.view === 'lanes' ? (
          <Lazy
            of={lanesView}
            props={{ chat, opened: place.event, at: (seq, drawn) => timeline(seq, drawn === undefined ? place.filter : `chat:${drawn}`, 'lanes') }}
          />
        ) : (
          <EventList
            rows={rows}
            dropped={filtered.dropped}
            isLive={mode === 'live'}
            active={active}
            opened={place.event}
            kin={kin}
            newer={newer}
            empty={store.link === 'loading' ? words.loading : history.events.length === 0 ? words.noEvents : words.noMatch}
            onOpen={open}
            onMove={move}
            onScrolledUp={() => hold('scrolled')}
            onScrolledToEnd={() => mode === 'scrolled' && follow()}
            onFollow={toEnd}
          />
        )}
        {place.event !== null && <EventDetail seq={place.event} event={event} at={at} move={move} close={close} />}
      </div>
      <NewEvents />
    </main>
  )
}
