import type { Event } from '../contracts/journal.js'
import { type Filter, matches } from './filter.js'
import type { History } from './history.js'

/** The events that fit a filter, kept up with the history without looking at any event twice. */
export interface FilteredRows {
  readonly rows: readonly Event[]
  /** Rows that have left at the front, because the history let go of them, less those that came there, because it got older ones. */
  readonly dropped: number
  readonly update: () => void
}

export const createFilteredRows = (history: History, filter: Filter, summaryOf: (event: Event) => string): FilteredRows => {
  let rows: Event[] = []
  let dropped = 0
  let upTo = 0
  let since = 0
  const lookup = { summaryOf, chatOf: history.chatOf }
  const update = () => {
    const { events, leftOut } = history
    // What was here may belong to a chat that is known only now: all are looked at again.
    if (upTo > 0 && leftOut < since) {
      const [first] = rows
      rows = events.filter(event => event.seq <= upTo && matches(event, filter, lookup))
      if (first !== undefined)
        dropped -= Math.max(
          0,
          rows.findIndex(({ seq }) => seq >= first.seq),
        )
    }
    since = leftOut
    const gone = rows.findIndex(({ seq }) => seq > leftOut)
    const leaving = gone === -1 ? rows.length : gone
    if (leaving > 0) {
      rows = rows.slice(leaving)
      dropped += leaving
    }
    const from = upTo === 0 ? 0 : Math.max(0, upTo + 1 - (events[0]?.seq ?? 1))
    for (const event of events.slice(from)) if (matches(event, filter, lookup)) rows.push(event)
    upTo = events.at(-1)?.seq ?? upTo
  }
  update()
  return {
    get rows() {
      return rows
    },
    get dropped() {
      return dropped
    },
    update,
  }
}
