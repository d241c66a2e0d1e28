import type { Event } from '../contracts/journal.js'
import type { World } from '../emulator/world/world.js'
import { mostEvents } from '../reading/history.js'
import type { Store } from './store.js'

/** Milliseconds between two tries to reach the emulator. */
export const retryAfter = 2_000

/** Keeps the store up with the emulator, for as long as the page is open. */
export const connect = async (store: Store): Promise<never> => {
  for (;;) {
    try {
      await catchUp(store)
      store.setLink('live')
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
  store.load(state, await readEvents(Math.max(0, state.seq - mostEvents)))
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

const readEvents = async (after: number): Promise<Event[]> => {
  const lines = (await (await ask(`/_dev/events?after=${after}`)).text()).split('\n')
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as Event)
}
