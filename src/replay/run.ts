import type { Fixture } from './fixture.js'
import { createPace, type Pace, retryDelay } from './pace.js'
import { judgeFixture, type Outcome, type ReplayResult, type SendBody } from './replay.js'

/** Time as it comes in from outside. */
interface Clock {
  readonly now: () => number
  readonly after: (milliseconds: number, run: () => void) => () => void
}

export interface Run {
  readonly fixtures: AsyncIterable<Fixture>
  readonly send: SendBody
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Requests at a time. */
  readonly concurrency: number
  readonly pace: Pace
  /** Ends at the first failure. */
  readonly bail: boolean
  /** How often a failure is sent again. */
  readonly retries: number
  /** Tells what became of a fixture; the usual verdict unless it is given. */
  readonly judge?: (fixture: Fixture, outcome: Outcome) => ReplayResult
  /** Hears of each result, in the order of the fixtures. */
  readonly onResult: (result: ReplayResult) => void
  /** Hears of each outcome before its answer is cut. */
  readonly onOutcome?: (fixture: Fixture, outcome: Outcome) => Promise<void> | void
}

/** Results that wait for a slow one before them: at most so many, then sending waits too. */
const longestBacklog = 1_000

/** Characters of an answer that a result keeps. */
const longestKept = 16_384

/**
 * Sends fixtures, so many at a time, and judges each answer. Keeps nothing of what it has handed on.
 *
 * @throws what the fixtures throw, once all that was sent before has been handed on
 */
export const runReplay = async ({
  fixtures,
  send,
  clock,
  signal,
  concurrency,
  pace,
  bail,
  retries,
  judge = judgeFixture,
  onResult,
  onOutcome,
}: Run): Promise<void> => {
  const began = clock.now()
  const dueAt = createPace(pace)
  const isPaced = pace.rate !== undefined || pace.speed !== undefined
  const source = fixtures[Symbol.asyncIterator]()
  const done = new Map<number, ReplayResult>()
  let next = 0
  let handedOn = 0
  let ended = false
  let failure: { readonly error: unknown } | null = null
  let turn: Promise<unknown> = Promise.resolve()
  const room: (() => void)[] = []

  const sleep = (milliseconds: number) =>
    new Promise<void>(resolve => {
      const cancel = clock.after(milliseconds, () => {
        signal.removeEventListener('abort', stop)
        resolve()
      })
      const stop = () => {
        cancel()
        resolve()
      }
      signal.addEventListener('abort', stop, { once: true })
    })

  /** The next fixture when it is due. One after the other, so that the order of the fixtures is that of the sends. */
  const take = async (): Promise<{ fixture: Fixture; number: number } | null> => {
    if (ended || signal.aborted) return null
    try {
      const { value, done: isOver } = await source.next()
      if (isOver) {
        ended = true
        return null
      }
      if (isPaced) {
        const wait = dueAt(clock.now(), value.at) - clock.now()
        if (wait > 0) await sleep(wait)
      }
      // Somebody may have ended it meanwhile.
      if (ended || signal.aborted) return null
      next += 1
      return { fixture: value, number: next }
    } catch (error) {
      ended = true
      failure ??= { error }
      return null
    }
  }

  const hand = (number: number, result: ReplayResult) => {
    if (number === handedOn + 1 && done.size === 0) {
      handedOn = number
      onResult(result)
    } else {
      done.set(number, result)
      for (let ready = done.get(handedOn + 1); ready !== undefined; ready = done.get(handedOn + 1)) {
        handedOn += 1
        done.delete(handedOn)
        onResult(ready)
      }
    }
    if (room.length > 0 && next - handedOn < longestBacklog) for (const wake of room.splice(0)) wake()
  }

  const sendOne = async (fixture: Fixture, number: number): Promise<ReplayResult | null> => {
    const { within } = fixture.expected ?? {}
    const sent = clock.now() - began
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await send(fixture.text, within)
      if (signal.aborted && outcome.result.kind === 'no-answer') return null
      const judged = judge(fixture, outcome)
      if (!judged.ok && attempt <= retries && !signal.aborted) {
        await sleep(retryDelay(attempt))
        if (!signal.aborted) continue
      }
      if (onOutcome !== undefined) await onOutcome(fixture, outcome)
      const { answer } = judged
      const isLong = answer !== undefined && answer.body.length > longestKept
      return {
        ...judged,
        number,
        sent,
        ...(attempt > 1 ? { attempts: attempt } : {}),
        ...(isLong ? { answer: { ...answer, body: answer.body.slice(0, longestKept) } } : {}),
      }
    }
  }

  const work = async () => {
    for (;;) {
      if (next - handedOn >= longestBacklog) await new Promise<void>(resolve => room.push(resolve))
      const taken: Promise<{ fixture: Fixture; number: number } | null> = isPaced ? turn.then(take) : take()
      if (isPaced) turn = taken
      const item = await taken
      if (item === null) return
      const result = await sendOne(item.fixture, item.number)
      if (result === null) {
        // What waits for this result waits no longer.
        ended = true
        for (const wake of room.splice(0)) wake()
        return
      }
      if (bail && !result.ok) ended = true
      hand(item.number, result)
    }
  }

  try {
    await Promise.all(Array.from({ length: concurrency }, work))
  } finally {
    await source.return?.()
  }
  // What stood behind a request that was given up still happened.
  for (const [, result] of [...done].sort(([a], [b]) => a - b)) onResult(result)
  if (failure !== null) throw (failure as { error: unknown }).error
}
