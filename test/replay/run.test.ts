import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AttemptResult } from '../../src/contracts/journal.js'
import type { Fixture } from '../../src/replay/fixture.js'
import { shuffled } from '../../src/replay/order.js'
import { seededRandom } from '../../src/replay/random.js'
import type { ReplayResult } from '../../src/replay/replay.js'
import { type Run, runReplay } from '../../src/replay/run.js'

const answered = (body = '{"result":"ok"}', status = 200): AttemptResult => ({ kind: 'answered', status, contentType: 'application/json', body })
const notOk = answered('{"result":"no"}')
const silence: AttemptResult = { kind: 'no-answer', reason: 'other', message: 'The sender was stopped.' }

interface Answer {
  /** Milliseconds; one millisecond unless it is given. */
  readonly took?: number
  readonly result?: AttemptResult
}

interface Simulation extends Partial<Omit<Run, 'fixtures' | 'send' | 'clock' | 'onResult' | 'signal'>> {
  /** How the body with this index is answered on an attempt, from 1. */
  readonly answer?: (index: number, attempt: number) => Answer
  /** When it was recorded. */
  readonly at?: (index: number) => number
  /** Aborts the run at this time. */
  readonly abortAt?: number
  readonly source?: (fixtures: readonly Fixture[]) => AsyncIterable<readonly Fixture[]>
}

/** In batches of three, as a source reads them. */
async function* each<Item>(items: readonly Item[]) {
  for (let at = 0; at < items.length; at += 3) yield items.slice(at, at + 3)
}

/** A run against servers whose answers take made-up times. Its clock jumps from one thing that happens to the next. */
const simulate = async (count: number, { answer = () => ({}), at, abortAt, source = each, ...rest }: Simulation = {}) => {
  let now = 0
  let over = false
  const alarms = new Set<{ at: number; run: () => void }>()
  const after = (milliseconds: number, run: () => void) => {
    const alarm = { at: now + milliseconds, run }
    alarms.add(alarm)
    return () => alarms.delete(alarm)
  }
  const stop = new AbortController()
  if (abortAt !== undefined) after(abortAt, () => stop.abort())
  const givenUp = new Set<() => void>()
  stop.signal.addEventListener('abort', () => {
    for (const giveUp of givenUp) giveUp()
  })
  const sends: { at: number; index: number }[] = []
  const results: ReplayResult[] = []
  const attempts = new Map<number, number>()
  const flight = { now: 0, most: 0 }
  const fixtures = Array.from({ length: count }, (_, index): Fixture => {
    const text = JSON.stringify({ event_name: 'chat_finished', index })
    return { name: `${index}`, event: 'chat_finished', body: {}, text, ...(at === undefined ? {} : { at: at(index) }) }
  })
  const finished = runReplay({
    fixtures: source(fixtures),
    clock: { now: () => now, after },
    signal: stop.signal,
    concurrency: 1,
    pace: {},
    bail: false,
    retries: 0,
    ...rest,
    send: text =>
      new Promise(resolve => {
        const { index } = JSON.parse(text)
        const attempt = (attempts.get(index) ?? 0) + 1
        attempts.set(index, attempt)
        sends.push({ at: now, index })
        flight.now += 1
        flight.most = Math.max(flight.most, flight.now)
        const { took = 1, result = answered() } = answer(index, attempt)
        let isOver = false
        const end = (outcome: AttemptResult) => {
          if (isOver) return
          isOver = true
          flight.now -= 1
          resolve({ result: outcome, timing: { dns: null, connect: null, firstByte: null, total: took } })
        }
        after(took, () => end(result))
        givenUp.add(() => end(silence))
      }),
    onResult: result => results.push(result),
  })
    .then(
      () => null,
      error => error as Error,
    )
    .finally(() => {
      over = true
    })
  for (;;) {
    await setImmediate()
    if (over) break
    const next = [...alarms].sort((a, b) => a.at - b.at)[0]
    if (next === undefined) throw new Error('The run waits for nothing.')
    alarms.delete(next)
    now = next.at
    next.run()
  }
  return { error: await finished, sends, results, names: results.map(({ name }) => Number(name)), most: flight.most, took: now }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

test('one at a time, each body goes out when the one before it is answered', async () => {
  const { sends, names } = await simulate(4, { answer: index => ({ took: 10 * (index + 1) }) })
  expect(sends).toEqual([0, 10, 30, 60].map((at, index) => ({ at, index })))
  expect(names).toEqual(upTo(4))
})

test('a rate spaces the sends', async () => {
  const { sends } = await simulate(5, { pace: { rate: 50 } })
  expect(sends.map(({ at }) => at)).toEqual([0, 20, 40, 60, 80])
})

test('a rate is kept with many in flight, and is not reached by a server that is too slow', async () => {
  const slow = () => ({ took: 100 })
  expect((await simulate(5, { pace: { rate: 50 }, concurrency: 5, answer: slow })).sends.map(({ at }) => at)).toEqual([0, 20, 40, 60, 80])
  expect((await simulate(5, { pace: { rate: 50 }, concurrency: 1, answer: slow })).sends.map(({ at }) => at)).toEqual([0, 100, 200, 300, 400])
})

test.each([
  ['1', { speed: 1 }, [0, 700, 1_400, 2_100]],
  ['10', { speed: 10 }, [0, 70, 140, 210]],
  ['max', {}, [0, 1, 2, 3]],
])('a recording at speed %s goes out with that part of its pauses', async (_, pace, times) => {
  const { sends } = await simulate(4, { pace, at: index => 1_754_000_000_000 + index * 700 })
  expect(sends.map(({ at }) => at)).toEqual(times)
})

test('never more are in flight than said, and each result comes once and in order', async () => {
  const run = fc.record({
    concurrency: fc.integer({ min: 1, max: 8 }),
    times: fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 }),
    rate: fc.option(fc.integer({ min: 10, max: 500 }), { nil: undefined }),
    retries: fc.integer({ min: 0, max: 2 }),
    failing: fc.integer({ min: 2, max: 9 }),
  })
  await fc.assert(
    fc.asyncProperty(run, async ({ concurrency, times, rate, retries, failing }) => {
      const answer = (index: number, attempt: number) => ({ took: times[index] ?? 0, ...(attempt === 1 && index % failing === 0 ? { result: notOk } : {}) })
      const { names, most, sends } = await simulate(times.length, { concurrency, retries, answer, pace: rate === undefined ? {} : { rate } })
      expect(names).toEqual(upTo(times.length))
      expect(most).toBeLessThanOrEqual(concurrency)
      if (retries === 0) expect(sends.map(({ index }) => index)).toEqual(upTo(times.length))
    }),
    { numRuns: 60 },
  )
})

test('as many are in flight as said', async () => {
  expect((await simulate(20, { concurrency: 7 })).most).toBe(7)
})

test('behind a slow answer at most a thousand results wait; then sending waits too', async () => {
  const { sends, names } = await simulate(1_500, { concurrency: 2, answer: index => ({ took: index === 0 ? 1_000_000 : 1 }) })
  expect(sends.findIndex(({ at }) => at >= 1_000_000)).toBe(1_000)
  expect(names).toEqual(upTo(1_500))
})

test('a failure is sent again after a pause, and the result tells how often it was', async () => {
  const { sends, results } = await simulate(2, { retries: 3, answer: (index, attempt) => (index === 0 && attempt < 3 ? { result: notOk } : {}) })
  expect(sends.filter(({ index }) => index === 0).map(({ at }) => at)).toEqual([0, 101, 302])
  expect(results).toMatchObject([{ ok: true, attempts: 3 }, { ok: true }])
  expect(results[1]).not.toHaveProperty('attempts')
})

test('a failure that stays is told once, with its last answer', async () => {
  const { results, sends } = await simulate(1, { retries: 2, answer: (_, attempt) => ({ result: answered(`{"result":"no ${attempt}"}`) }) })
  expect(sends).toHaveLength(3)
  expect(results).toMatchObject([{ ok: false, attempts: 3, message: '"result" is "no 3", not "ok".' }])
})

test('a bail ends at the first failure; what was in flight is still told', async () => {
  const answer = (index: number) => ({ took: index === 2 ? 5 : 10, ...(index === 2 ? { result: notOk } : {}) })
  const { names, sends } = await simulate(100, { bail: true, concurrency: 4, answer })
  expect(sends.map(({ index }) => index)).toEqual(upTo(4))
  expect(names).toEqual(upTo(4))
})

test('a bail waits for the retries', async () => {
  const { names } = await simulate(3, { bail: true, retries: 1, answer: (_, attempt) => (attempt === 1 ? { result: notOk } : {}) })
  expect(names).toEqual(upTo(3))
})

test('a stop gives up what is in flight and tells what was answered, also behind it', async () => {
  const { names, error, took } = await simulate(10, { concurrency: 3, abortAt: 25, answer: index => ({ took: index === 1 ? 1_000 : 10 }) })
  expect(names).toEqual([0, 2, 3, 4])
  expect(error).toBeNull()
  expect(took).toBe(25)
})

test('a stop ends a pause', async () => {
  const { sends, took } = await simulate(2, { pace: { speed: 1 }, at: index => index * 86_400_000, abortAt: 500 })
  expect(sends).toHaveLength(1)
  expect(took).toBe(500)
})

test('what the fixtures throw comes out when all that was sent is told', async () => {
  async function* source(fixtures: readonly Fixture[]) {
    yield fixtures
    throw new Error('line 4')
  }
  const { names, error } = await simulate(3, { concurrency: 2, source, answer: () => ({ took: 50 }) })
  expect(names).toEqual(upTo(3))
  expect(error?.message).toBe('line 4')
})

test('a result keeps the beginning of a long answer', async () => {
  const { results } = await simulate(1, { answer: () => ({ result: answered(`{"result":"ok","filling":"${'x'.repeat(20_000)}"}`) }) })
  expect(results[0]?.answer?.body).toHaveLength(16_384)
})

const shuffle = async (count: number, seed: number, window?: number) => {
  const items: number[] = []
  for await (const batch of shuffled(each(upTo(count)), seededRandom(seed), window)) items.push(...batch)
  return items
}

test('a shuffle has everything once, the same for a seed and another for another', async () => {
  const one = await shuffle(50, 5)
  expect([...one].sort((a, b) => a - b)).toEqual(upTo(50))
  expect(await shuffle(50, 5)).toEqual(one)
  expect(await shuffle(50, 6)).not.toEqual(one)
  expect(one).not.toEqual(upTo(50))
})

test('a shuffle of more than its window gives nothing out long before its turn', async () => {
  const window = 10
  const items = await shuffle(500, 5, window)
  expect([...items].sort((a, b) => a - b)).toEqual(upTo(500))
  expect(items.every((item, place) => item <= place + window)).toBe(true)
})
