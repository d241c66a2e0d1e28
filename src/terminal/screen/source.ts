import type { Event, EventOf } from '../../contracts/journal.js'
import type { World } from '../../emulator/world/world.js'
import { isEmpty, type ParsedFilter, parseFilter } from '../../reading/filter.js'
import { createFilteredRows, type FilteredRows } from '../../reading/filtered-rows.js'
import { createHistory, type History } from '../../reading/history.js'
import { summaryOf } from '../../reading/summary.js'

/** Most events that the screen keeps; older ones stay in the journal. */
export const mostEvents = 3_000

/** Most characters of one answer that the screen keeps: a million of them may have come. */
const mostOfAnswer = 16_000

/** All that the screen knows: the world, and the newest part of the journal. */
export interface Source {
  readonly world: Readonly<World>
  readonly history: History
  /** The events that fit the filter. */
  readonly rows: readonly Event[]
  readonly parsed: ParsedFilter
  readonly take: (events: readonly Event[]) => void
  readonly filterBy: (text: string) => void
  /** Open chats, by id: a world with many finished ones is not looked through for every frame. */
  readonly openChats: ReadonlySet<number>
}

export const createSource = (world: Readonly<World>): Source => {
  const history = createHistory(mostEvents)
  const openChats = new Set<number>()
  for (const chat of Object.values(world.chats)) if (chat.status !== 'finished') openChats.add(chat.id)
  let text = ''
  let parsed = parseFilter('')
  let filtered: FilteredRows | null = null

  const filterBy = (next: string) => {
    if (next === text) return
    text = next
    parsed = parseFilter(next)
    // While a filter is wrong the list stays as it was.
    if (parsed.ok) filtered = isEmpty(parsed.filter) ? null : createFilteredRows(history, parsed.filter, event => summaryOf(event, 'en'))
  }

  return {
    world,
    history,
    openChats,
    get rows() {
      if (filtered === null) return history.events
      filtered.update()
      return filtered.rows
    },
    get parsed() {
      return parsed
    },
    take: events => {
      for (const event of events) {
        history.add(slim(event))
        if (event.type === 'chat.started') openChats.add(event.chat)
        else if (event.type === 'chat.finished') openChats.delete(event.chat)
      }
    },
    filterBy,
  }
}

/** The event without what is too long to be read here. */
const slim = (event: Event): Event => {
  if (event.type !== 'delivery.attempted' || event.result.kind !== 'answered' || event.result.body.length <= mostOfAnswer) return event
  // A copy, because a part of a text keeps the whole of it in memory.
  const body = Buffer.from(event.result.body.slice(0, mostOfAnswer)).toString()
  return { ...event, result: { ...event.result, body, truncated: true } } satisfies EventOf<'delivery.attempted'>
}
