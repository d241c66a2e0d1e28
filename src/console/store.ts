import { useEffect, useState } from 'preact/hooks'
import type { Event } from '../contracts/journal.js'
import { fold } from '../emulator/world/fold.js'
import { emptyWorld, type World } from '../emulator/world/world.js'
import { createHistory, type History } from '../reading/history.js'

/**
 * How it stands with the emulator.
 * - `loading`: nothing has come yet.
 * - `live`: every event arrives as it happens.
 * - `lost`: no connection; what is shown is as it was.
 * - `locked`: the emulator wants a token that this browser does not have.
 */
export type Link = 'loading' | 'live' | 'lost' | 'locked'

/** All that the console knows: a fold of the journal and the newest part of the journal itself. */
export interface Store {
  readonly world: World
  readonly history: History
  readonly link: Link
  readonly setLink: (link: Link) => void
  /** Starts anew from a state of the emulator and the events that led to it, or past it. */
  readonly load: (state: World, events: readonly Event[]) => void
  /** Takes the next event. False when one is missing in between: then the state must be loaded again. */
  readonly take: (event: Event) => boolean
  /** Takes what happened before the oldest event that is here. */
  readonly takeOlder: (older: readonly Event[]) => void
  readonly subscribe: (reader: () => void) => () => void
}

/** Milliseconds that changes are gathered before the page is drawn again. */
const gather = 25

export const createStore = (): Store => {
  let world = emptyWorld()
  let history = createHistory()
  let link: Link = 'loading'
  let isDue = false
  const readers = new Set<() => void>()

  const changed = () => {
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      for (const reader of readers) reader()
    }, gather)
  }

  const take = (event: Event): boolean => {
    if (event.seq <= world.seq) return true
    if (event.seq !== world.seq + 1) return false
    fold(world, event)
    history.add(event)
    changed()
    return true
  }

  return {
    get world() {
      return world
    },
    get history() {
      return history
    },
    get link() {
      return link
    },
    setLink: next => {
      if (next === link) return
      link = next
      changed()
    },
    load: (state, events) => {
      world = state
      history = createHistory()
      for (const event of events) {
        if (event.seq <= world.seq) history.add(event)
        else take(event)
      }
      changed()
    },
    take,
    takeOlder: older => {
      history.addOlder(older)
      changed()
    },
    subscribe: reader => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
  }
}

/** Draws the component again whenever the store has changed. */
export const useStore = (store: Store): void => {
  const [, draw] = useState(0)
  useEffect(() => store.subscribe(() => draw(count => count + 1)), [store])
}
