import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Event } from '../../contracts/journal.js'
import { indexOfSeq } from '../../reading/index-of-seq.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { EventRow, rowId } from './event-row.js'
import { scrollTo, windowOf } from './virtual-window.js'

interface Props {
  readonly rows: readonly Event[]
  /** Rows that have left at the front; the list moves with them, so that what is read stays where it is. */
  readonly dropped: number
  readonly isLive: boolean
  readonly active: number | null
  readonly opened: number | null
  readonly kin: ReadonlySet<number>
  readonly newer: number
  readonly empty: string
  readonly onOpen: (seq: number) => void
  readonly onMove: (step: number) => void
  readonly onScrolledUp: () => void
  readonly onScrolledToEnd: () => void
  readonly onFollow: () => void
}

const phone = matchMedia('(max-width: 760px)')

/** Rows are all of one height, so the list can be virtual. The same numbers are in `timeline.css`. */
const useRowHeight = (): number => {
  const [isPhone, setPhone] = useState(phone.matches)
  useEffect(() => {
    const read = () => setPhone(phone.matches)
    phone.addEventListener('change', read)
    return () => phone.removeEventListener('change', read)
  }, [])
  return isPhone ? 48 : 28
}

export const EventList = ({ rows, dropped, isLive, active, opened, kin, newer, empty, onOpen, onMove, onScrolledUp, onScrolledToEnd, onFollow }: Props) => {
  const { words } = useApp()
  const rowHeight = useRowHeight()
  const list = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 600 })
  const { column } = words

  const measure = () => {
    const element = list.current
    if (element !== null) setView({ top: element.scrollTop, height: element.clientHeight })
  }
  useEffect(() => {
    const observer = new ResizeObserver(measure)
    if (list.current !== null) observer.observe(list.current)
    return () => observer.disconnect()
  }, [])

  // After every change of the rows, before it is painted.
  const droppedBefore = useRef(dropped)
  useLayoutEffect(() => {
    const element = list.current
    if (element === null) return
    const left = dropped - droppedBefore.current
    droppedBefore.current = dropped
    if (isLive) element.scrollTop = element.scrollHeight
    else if (left !== 0) element.scrollTop -= left * rowHeight
  }, [isLive, rows.length, dropped, rowHeight, view.height])

  const activeAt = active === null ? -1 : indexOfSeq(rows, active)
  const isActiveHere = activeAt >= 0 && rows[activeAt]?.seq === active
  const isFirstLook = useRef(true)
  useLayoutEffect(() => {
    const element = list.current
    if (element === null || !isActiveHere) return
    const { scrollTop, clientHeight } = element
    element.scrollTop = isFirstLook.current ? activeAt * rowHeight - clientHeight / 2 : scrollTo(activeAt, scrollTop, clientHeight, rowHeight)
    isFirstLook.current = false
    measure()
  }, [active, isActiveHere, rowHeight])

  const onScroll = () => {
    const element = list.current
    if (element === null) return
    measure()
    const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeight / 2
    if (isLive && !isAtEnd) onScrolledUp()
    else if (!isLive && isAtEnd) onScrolledToEnd()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1)
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -activeAt, End: rows.length - 1 - activeAt }
    const step = steps[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const limited = isActiveHere ? Math.max(-activeAt, Math.min(rows.length - 1 - activeAt, step)) : Math.sign(step)
    if (limited !== 0) onMove(limited)
  }

  const { from, to } = windowOf(view.top, view.height, rowHeight, rows.length)
  return (
    <section class="rows" aria-label={words.events}>
      <div class="head" aria-hidden="true">
        <span class="r">{column.seq}</span>
        <span>{column.time}</span>
        <span />
        <span>{column.type}</span>
        <span>{column.summary}</span>
        <span>{column.status}</span>
        <span class="r">{column.took}</span>
      </div>
      {rows.length === 0 && <p class="hint">{empty}</p>}
      <div
        class="row-scroll"
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label={words.events}
        aria-activedescendant={isActiveHere && activeAt >= from && activeAt < to ? rowId(active ?? 0) : undefined}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <div class="row-space" role="presentation" style={{ height: `${rows.length * rowHeight}px` }}>
          {rows.slice(from, to).map((event, at) => (
            <EventRow
              key={event.seq}
              event={event}
              top={(from + at) * rowHeight}
              position={from + at + 1}
              of={rows.length}
              mark={event.seq === opened ? 'opened' : event.seq === active ? 'active' : kin.has(event.seq) ? 'kin' : 'plain'}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
      {newer > 0 && (
        <button class="btn newer" type="button" onClick={onFollow}>
          <Icon name="down" class="s" />
          {words.newer(newer)} <kbd>G</kbd>
        </button>
      )}
    </section>
  )
}
