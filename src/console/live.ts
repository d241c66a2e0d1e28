import type { Event } from '../contracts/journal.js'
import type { World } from '../emulator/world/world.js'
import type { Store } from './store.js'

/** Milliseconds between two tries to reach the emulator. */
export const retryAfter = 2_000

/** Keeps the store up with the emulator, for as long as the page is open. */
export const connect = async (store: Store): Promise<never> => {
  for (;;) {
    try {
      await catchUp(store)
      store.setLink('live')
      // A connection that breaks here breaks below, too.
      void loadOlder(store).catch(() => {})
      await follow(store)
      store.setLink('lost')
    } catch (error) {
      store.setLink(error instanceof Locked ? 'locked' : 'lost')
    }
    await new Promise(resolve => setTimeout(resolve, retryAfter))
  }
}

/**
 * After a break the journal is asked from our last event on. If it does not have that very event any more, the emulator
 * was started on another data folder, and everything is loaded again.
 */
const catchUp = async (store: Store): Promise<void> => {
  const last = store.history.events.at(-1)
  if (last !== undefined) {
    const [same, ...missed] = await readEvents(last.seq - 1)
    if (same !== undefined && JSON.stringify(same) === JSON.stringify(last) && missed.every(store.take)) return
  }
  const state = (await (await ask('/_dev/state')).json()) as World
  store.load(state, await readEvents(Math.max(0, state.seq - atFirst)))
}

/** Events that are read before anything is shown. */
const atFirst = 2_000
/** Events that are read from text in one go: the page must not stand still meanwhile. */
const atOnce = 1_000

/** What happened before, in pieces that grow with what is there: each means that all of it is indexed anew. */
const loadOlder = async (store: Store): Promise<void> => {
  const { history } = store
  while (store.history === history && history.leftOut > 0 && history.room > 0) {
    const until = history.leftOut
    const count = Math.min(history.room, Math.max(atFirst, history.events.length * 2))
    const older = await readEvents(Math.max(0, until - count), until)
    if (older.length === 0 || store.history !== history) return
    store.takeOlder(older)
  }
}

/** Resolves when the stream breaks. */
const follow = (store: Store): Promise<void> =>
  new Promise(resolve => {
    const source = new EventSource(`/_dev/events?after=${store.world.seq}`)
    const end = () => {
      source.close()
      resolve()
    }
    source.onmessage = ({ data }) => {
      if (!store.take(JSON.parse(data) as Event)) end()
    }
    // The browser would try again by itself, but gives up for good on some answers and does not say which.
    source.onerror = end
  })

class Locked extends Error {}

const ask = async (path: string): Promise<Response> => {
  const answer = await fetch(path)
  if (answer.status === 401) throw new Locked()
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return answer
}

const readEvents = async (after: number, until?: number): Promise<Event[]> => {
  const text = await (await ask(`/_dev/events?after=${after}${until === undefined ? '' : `&until=${until}`}`)).text()
  const events: Event[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    events.push(JSON.parse(line) as Event)
    if (events.length % atOnce === 0) await new Promise(resolve => setTimeout(resolve))
  }
  return events
}
