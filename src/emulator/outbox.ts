import type { AttemptResult, Event, Timing } from '../contracts/journal.js'
import type { judgeDelivery } from '../contracts/judge-delivery.js'
import type { Clock } from './clock.js'
import { createQueue, type Queue } from './queue.js'
import { chatAddress, profileOf } from './rules/deliveries.js'
import type { Input } from './rules/inputs.js'
import type { Delivery, World } from './world/world.js'

/** One HTTP message, ready to go. */
export interface OutgoingRequest {
  readonly url: string
  readonly body: string
  /** Besides those that every webhook has. With `transfer-encoding: chunked` the body has no length ahead of it. */
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds until the attempt is given up. */
  readonly timeout: number
}

/** What became of it. Never rejects: no answer is a result, too. */
export type Send = (request: OutgoingRequest, signal: AbortSignal) => Promise<{ readonly result: AttemptResult; readonly timing: Timing }>

export interface Outbox {
  /** Takes up what the journal says is to be sent. */
  readonly read: (events: readonly Event[]) => void
  /** Takes no new work and resolves when what is in flight has ended, at the latest after so many milliseconds. */
  readonly stop: (patience: number) => Promise<void>
}

interface Deps {
  readonly world: Readonly<World>
  readonly clock: Clock
  readonly send: Send
  readonly reveal: (mask: string) => string
  readonly dispatch: (input: Input) => Promise<unknown>
  /** Called when the journal refuses an outcome: nothing more can be done about that here. */
  readonly onError: (error: unknown) => void
}

/** Deliveries that wait for each other, oldest first: those of one chat. */
interface Lane {
  readonly key: string
  readonly address: Address
  readonly waiting: Queue<string>
  /** `resting` has nothing under way; `ready` waits for its turn; `busy` sends, or waits until a retry is due. */
  state: 'resting' | 'ready' | 'busy'
}

/** One place that deliveries go to: the server of a channel, or of the CRM. */
interface Address {
  readonly ready: Queue<Lane>
  sending: number
  /** Attempts that have ended and are not stored yet. */
  unstored: number
}

/** Most attempts at a time to one address. A slow one keeps its own busy and nobody else's. */
export const mostAtOnce = 32

/** Most attempts that a kill would make anew because the disk was slower than the receiver. */
const mostUnstored = 256

/**
 * Sends scheduled deliveries and reports each attempt to `dispatch`; whether there is another is decided by the rules.
 *
 * Deliveries of one chat go out one after the other, in the order of the journal. Different chats do not wait for each
 * other, nor do different addresses. At least once: a delivery whose attempt was not recorded is sent again after a
 * restart.
 */
export const createOutbox = ({ world, clock, send, reveal, dispatch, onError }: Deps): Outbox => {
  const lanes = new Map<string, Lane>()
  const addresses = new Map<string, Address>()
  let inFlight = 0
  let onIdle = () => {}
  const abort = new AbortController()
  let stopped = false
  let judge: typeof judgeDelivery | null = null

  const enqueue = (delivery: Delivery) => {
    const key = laneOf(delivery)
    const known = lanes.get(key)
    const lane = known ?? { key, address: addressOf(delivery.channel), waiting: createQueue<string>(), state: 'resting' }
    if (known === undefined) lanes.set(key, lane)
    lane.waiting.push(delivery.id)
    advance(lane)
  }

  const addressOf = (channel: string): Address => {
    const known = addresses.get(channel)
    const address = known ?? { ready: createQueue<Lane>(), sending: 0, unstored: 0 }
    if (known === undefined) addresses.set(channel, address)
    return address
  }

  /** The delivery at the head of a lane; those that have ended are let go. */
  const headOf = ({ waiting }: Lane): Delivery | undefined => {
    for (let id = waiting.first(); id !== undefined; id = waiting.first()) {
      const delivery = world.deliveries[id]
      if (delivery !== undefined) return delivery
      waiting.shift()
    }
    return undefined
  }

  const advance = (lane: Lane): void => {
    if (stopped || lane.state !== 'resting') return
    const delivery = headOf(lane)
    if (delivery === undefined) {
      lanes.delete(lane.key)
      return
    }
    const wait = delivery.dueAt - clock.now()
    if (wait > 0) {
      lane.state = 'busy'
      clock.after(wait, () => rest(lane))
      return
    }
    lane.state = 'ready'
    lane.address.ready.push(lane)
    fill(lane.address)
  }

  const rest = (lane: Lane) => {
    lane.state = 'resting'
    advance(lane)
  }

  const fill = (address: Address): void => {
    while (!stopped && address.sending < mostAtOnce && address.unstored < mostUnstored) {
      const lane = address.ready.shift()
      if (lane === undefined) return
      const delivery = headOf(lane)
      if (delivery === undefined) {
        rest(lane)
        continue
      }
      lane.state = 'busy'
      address.sending += 1
      inFlight += 1
      void attemptOf(delivery, address)
        .then(() => {
          rest(lane)
          fill(address)
        })
        .catch(onError)
        .then(() => {
          inFlight -= 1
          if (inFlight === 0) onIdle()
        })
    }
  }

  /** Others are sent while this one is being stored; what waits behind it in its lane is not. */
  const attemptOf = async ({ id, channel, event, to, body }: Delivery, address: Address) => {
    const { timeout } = profileOf(world, channel)
    const headers = headersOf(world, channel)
    const { result, timing } = await send(
      { url: reveal(to), body: wireBody(body, reveal), timeout, ...(headers === undefined ? {} : { headers: revealed(headers, reveal) }) },
      abort.signal,
    )
    address.sending -= 1
    // An attempt that the stop cut short says nothing about the receiver; it is made again after the next start.
    if (abort.signal.aborted) return
    // Parsing an answer needs its contract; nobody waits for that before the first answer is here.
    judge ??= (await import('../contracts/judge-delivery.js')).judgeDelivery
    const verdict = result.kind === 'answered' ? judge(event, result) : null
    address.unstored += 1
    try {
      const stored = dispatch({ type: 'delivery.attempt', delivery: id, result, timing, verdict })
      fill(address)
      await stored
    } finally {
      address.unstored -= 1
    }
  }

  for (const delivery of Object.values(world.deliveries)) enqueue(delivery)

  return {
    read: events => {
      for (const event of events) {
        if (event.type !== 'delivery.scheduled' && event.type !== 'delivery.resent') continue
        const delivery = world.deliveries[event.delivery]
        if (delivery !== undefined) enqueue(delivery)
      }
    },
    stop: async patience => {
      stopped = true
      const idle = new Promise<void>(resolve => {
        onIdle = resolve
        if (inFlight === 0) resolve()
      })
      let callOff = () => {}
      const tooLong = new Promise<void>(resolve => {
        callOff = clock.after(patience, resolve)
      })
      await Promise.race([idle, tooLong])
      callOff()
      abort.abort()
      await idle
    },
  }
}

/** What has no chat keeps the order of its client; what has neither waits for nothing. */
const laneOf = ({ channel, chat, visitor, id }: Delivery) => `${channel} ${chat ?? (visitor === undefined ? id : `of ${visitor}`)}`

/** Headers that only the deliveries of this address have. */
const headersOf = ({ account }: World, address: string): Readonly<Record<string, string>> | undefined =>
  account?.bots.find(({ id }) => id === address)?.headers ??
  (account?.channels.some(({ id, api }) => api?.framing === 'chunked' && chatAddress(id) === address) ? chunked : undefined)

const chunked = { 'transfer-encoding': 'chunked' }

const revealed = (headers: Readonly<Record<string, string>>, reveal: (mask: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, reveal(value)]))

/** The bytes of a webhook: its JSON, with the visitor's token whole again. */
const wireBody = (body: Record<string, unknown>, reveal: (mask: string) => string): string =>
  JSON.stringify(typeof body.user_token === 'string' ? { ...body, user_token: reveal(body.user_token) } : body)
