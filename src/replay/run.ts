import type { Fixture } from './fixture.js'
import { createPace, type Pace, retryDelay } from './pace.js'
import { judgeFixture, type Outcome, type ReplayResult, type SendBody } from './replay.js'

/** Time as it comes in from outside. */
interface Clock {
  readonly now: () => number
  readonly after: (milliseconds: number, run: () => void) => () => void
}

export interface Run {
  /** In batches, as they are read: what has been read costs no further wait. */
  readonly fixtures: AsyncIterable<readonly Fixture[]>
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
  let batch: readonly Fixture[] = []
  let at = 0
  let reading: Promise<void> | null = null
  /** The batch after the next: it is read while what there is goes out. */
  let ahead: Promise<IteratorResult<readonly Fixture[]>> | null = null
  /** Results that came before their turn, each at its number in the ring. */
  const early: (ReplayResult | undefined)[] = Array(longestBacklog + concurrency).fill(undefined)
  let started = 0
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

  const isOver = () => ended || signal.aborted

  /** Reads the next batch, once for all that wait for it. */
  const read = (): Promise<void> => {
    reading ??= (ahead ?? source.next())
      .then(
        ({ value, done: isLast }) => {
          ahead = null
          if (isLast) ended = true
          else {
            batch = value
            ahead = source.next()
            // Whoever takes it hears of its failure.
            ahead.catch(() => {})
          }
          at = 0
        },
        error => {
          ahead = null
          ended = true
          failure ??= { error }
        },
      )
      .then(() => {
        reading = null
      })
    return reading
  }

  /** Waits until the next fixture is due. One after the other, so that the order of the fixtures is that of the sends. */
  const due = async (): Promise<Fixture | undefined> => {
    while (at === batch.length && !isOver()) await read()
    const fixture = batch[at]
    if (fixture === undefined || isOver()) return undefined
    const wait = dueAt(clock.now(), fixture.at) - clock.now()
    if (wait > 0) await sleep(wait)
    if (isOver()) return undefined
    at += 1
    return fixture
  }

  const hand = (number: number, result: ReplayResult) => {
    early[number % early.length] = result
    for (;;) {
      const place = (handedOn + 1) % early.length
      const ready = early[place]
      if (ready === undefined) break
      early[place] = undefined
      handedOn += 1
      onResult(ready)
    }
    if (room.length > 0 && started - handedOn < longestBacklog) for (const wake of room.splice(0)) wake()
  }

  /** Null when it was given up. */
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
      const result = Object.assign(judged, { number, sent })
      return shortened(attempt === 1 ? result : { ...result, attempts: attempt })
    }
  }

  const work = async () => {
    for (;;) {
      if (started - handedOn >= longestBacklog) await new Promise<void>(resolve => room.push(resolve))
      let fixture: Fixture | undefined
      if (isPaced) {
        const mine = turn.then(due)
        turn = mine
        fixture = await mine
      } else {
        while (at === batch.length && !isOver()) await read()
        fixture = batch[at]
        at += 1
      }
      if (fixture === undefined || isOver()) return
      started += 1
      const number = started
      const result = await sendOne(fixture, number)
      if (result === null) {
        // What waits for this result waits no longer.
        ended = true
        for (const wake of room.splice(0)) wake()
        return
      }
      if (bail && !result.ok) ended = true
      hand(number, result)
    }
  }

  try {
    await Promise.all(Array.from({ length: concurrency }, work))
  } finally {
    // A source that waits for more, such as a terminal, ends when it is closed.
    const closed = source.return?.()
    if (ahead === null) await closed
    else closed?.catch(() => {})
  }
  // What stood behind a request that was given up still happened.
  for (let number = handedOn + 1; number <= started; number += 1) {
    const result = early[number % early.length]
    if (result !== undefined) onResult(result)
  }
  if (failure !== null) throw (failure as { error: unknown }).error
}

const isLong = ({ answer }: ReplayResult) => answer !== undefined && answer.body.length > longestKept

const shortened = (result: ReplayResult): ReplayResult => {
  const { answer } = result
  return answer !== undefined && isLong(result) ? { ...result, answer: { ...answer, body: answer.body.slice(0, longestKept) } } : result
}
