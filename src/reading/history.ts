import type { Event, EventOf } from '../contracts/journal.js'

/** Most events that the page keeps; older ones stay in the journal. */
export const mostEvents = 120_000

/** The newest events with the ways through them: by number, by chat, by cause, by delivery. */
export interface History {
  readonly events: readonly Event[]
  /** `seq` of the newest event that is left out; 0 when all are here. */
  readonly leftOut: number
  readonly add: (event: Event) => void
  /** Takes events from just before the oldest, oldest first, as many as there is room for. */
  readonly addOlder: (older: readonly Event[]) => void
  /** How many more it takes before it lets go of the oldest. */
  readonly room: number
  readonly get: (seq: number) => Event | undefined
  readonly effectsOf: (seq: number) => readonly Event[]
  /** The chat that an event belongs to, by its own word or by that of its causes. */
  readonly chatOf: (event: Event) => number | undefined
  /** Events that name the chat themselves, oldest first. */
  readonly ofChat: (chat: number) => readonly Event[]
  /** Everything about one delivery, oldest first. */
  readonly ofDelivery: (delivery: string) => readonly Event[]
  /** The life of one call, oldest first. */
  readonly ofCall: (call: number) => readonly Event[]
  /** What made the visitor's card, oldest first. */
  readonly ofCard: (visitor: number) => readonly EventOf<'card.changed'>[]
  /** The newest delivery that ended. */
  readonly lastEnded: Event | undefined
}

export const createHistory = (limit = mostEvents): History => {
  let events: Event[] = []
  let lastEnded: Event | undefined
  const effects = new Map<number, Event[]>()
  const chats = new Map<number, Event[]>()
  const deliveries = new Map<string, Event[]>()
  const cards = new Map<number, EventOf<'card.changed'>[]>()
  const calls = new Map<number, Event[]>()
  const chatOfSeq = new Map<number, number>()

  const index = (event: Event) => {
    const { cause } = event
    if (cause !== undefined) push(effects, cause, event)
    if ('delivery' in event) push(deliveries, event.delivery, event)
    if ('call' in event && typeof event.call === 'number') push(calls, event.call, event)
    if (event.type === 'card.changed') push(cards, event.visitor, event)
    if (event.type === 'delivery.done' || event.type === 'delivery.failed') lastEnded = event
    const own = 'chat' in event ? event.chat : undefined
    if (own !== undefined) push(chats, own, event)
    const chat = own ?? (cause === undefined ? undefined : chatOfSeq.get(cause))
    if (chat !== undefined) chatOfSeq.set(event.seq, chat)
  }

  const add = (event: Event) => {
    events.push(event)
    index(event)
    if (events.length <= limit) return
    // In steps, because every index is made anew.
    keep(events.slice(Math.max(1, Math.floor(limit / 20))))
  }

  const addOlder = (older: readonly Event[]) => {
    const [oldest] = events
    const fitting = oldest === undefined ? older : older.filter(({ seq }) => seq < oldest.seq)
    keep([...fitting.slice(Math.max(0, fitting.length - (limit - events.length))), ...events])
  }

  const keep = (kept: Event[]) => {
    events = kept
    for (const map of [effects, chats, deliveries, cards, calls, chatOfSeq]) map.clear()
    for (const event of events) index(event)
  }

  const get = (seq: number) => events[seq - (events[0]?.seq ?? 1)]

  return {
    get events() {
      return events
    },
    get leftOut() {
      return (events[0]?.seq ?? 1) - 1
    },
    get lastEnded() {
      return lastEnded
    },
    add,
    addOlder,
    get room() {
      return limit - events.length
    },
    get,
    effectsOf: seq => effects.get(seq) ?? [],
    chatOf: event => chatOfSeq.get(event.seq),
    ofChat: chat => chats.get(chat) ?? [],
    ofDelivery: delivery => deliveries.get(delivery) ?? [],
    ofCall: call => calls.get(call) ?? [],
    ofCard: visitor => cards.get(visitor) ?? [],
  }
}

const push = <Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value) => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
