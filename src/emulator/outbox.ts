import type { AttemptResult, Event, Timing } from '../contracts/journal.js'
import type { Clock } from './clock.js'
import type { Input } from './rules/inputs.js'
import type { Delivery, World } from './world/world.js'

/** One HTTP message, ready to go. */
export interface OutgoingRequest {
  readonly url: string
  readonly body: string
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

/**
 * Sends scheduled deliveries and reports each attempt to `dispatch`; whether there is another is decided by the rules.
 *
 * Deliveries of one chat go out one after the other, in the order of the journal. Different chats do not wait for each
 * other. At least once: a delivery whose attempt was not recorded is sent again after a restart.
 */
export const createOutbox = ({ world, clock, send, reveal, dispatch, onError }: Deps): Outbox => {
  const lanes = new Map<string, string[]>()
  const busy = new Set<string>()
  const inFlight = new Set<Promise<void>>()
  const abort = new AbortController()
  let stopped = false

  const enqueue = (delivery: Delivery) => {
    const lane = laneOf(delivery)
    const queue = lanes.get(lane)
    if (queue === undefined) lanes.set(lane, [delivery.id])
    else queue.push(delivery.id)
    advance(lane)
  }

  const advance = (lane: string): void => {
    if (stopped || busy.has(lane)) return
    const queue = lanes.get(lane)
    const id = queue?.[0]
    if (queue === undefined || id === undefined) {
      lanes.delete(lane)
      return
    }
    const delivery = world.deliveries[id]
    if (delivery === undefined) {
      queue.shift()
      advance(lane)
      return
    }
    busy.add(lane)
    const next = () => {
      busy.delete(lane)
      advance(lane)
    }
    const wait = delivery.dueAt - clock.now()
    if (wait > 0) {
      clock.after(wait, next)
      return
    }
    const attempt = attemptOf(delivery).then(next, onError)
    inFlight.add(attempt)
    void attempt.then(() => inFlight.delete(attempt))
  }

  const attemptOf = async ({ id, event, to, body }: Delivery) => {
    const timeout = world.account?.delivery.timeout ?? 3_000
    const { result, timing } = await send({ url: reveal(to), body: wireBody(body, reveal), timeout }, abort.signal)
    // An attempt that the stop cut short says nothing about the receiver; it is made again after the next start.
    if (abort.signal.aborted) return
    // Parsing an answer needs its contract; nobody waits for that before the first answer is here.
    const { judgeAnswer } = await import('../contracts/webhooks/replies.js')
    const verdict = result.kind === 'answered' ? judgeAnswer(event, result) : null
    await dispatch({ type: 'delivery.attempt', delivery: id, result, timing, verdict })
  }

  for (const delivery of Object.values(world.deliveries)) enqueue(delivery)

  return {
    read: events => {
      for (const event of events) {
        if (event.type !== 'delivery.scheduled') continue
        const delivery = world.deliveries[event.delivery]
        if (delivery !== undefined) enqueue(delivery)
      }
    },
    stop: async patience => {
      stopped = true
      let callOff = () => {}
      const tooLong = new Promise<void>(resolve => {
        callOff = clock.after(patience, resolve)
      })
      await Promise.race([Promise.all(inFlight), tooLong])
      callOff()
      abort.abort()
      await Promise.all(inFlight)
    },
  }
}

const laneOf = ({ channel, chat, id }: Delivery) => `${channel} ${chat ?? id}`

/** The bytes of a webhook: its JSON, with the visitor's token whole again. */
const wireBody = (body: Record<string, unknown>, reveal: (mask: string) => string): string =>
  JSON.stringify(typeof body.user_token === 'string' ? { ...body, user_token: reveal(body.user_token) } : body)
