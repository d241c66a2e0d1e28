import type { Event, EventOf, FactType } from '../../src/contracts/journal.js'
import type { AccountSettings } from '../../src/emulator/account.js'
import { createEmulator, type Emulator } from '../../src/emulator/emulator.js'
import { type JournalStore, memoryStore } from '../../src/emulator/journal.js'
import type { OutgoingRequest, Send } from '../../src/emulator/outbox.js'
import type { PageHub } from '../../src/emulator/page-hub.js'
import { createSecretStore } from '../../src/emulator/secrets.js'
import type { Suggest } from '../../src/emulator/suggestion.js'

/** A clock that stands still until it is moved. */
export const fakeClock = (start = 1_754_000_000_000) => {
  let now = start
  const alarms = new Set<{ at: number; run: () => void }>()
  return {
    now: () => now,
    after: (milliseconds: number, run: () => void) => {
      const alarm = { at: now + milliseconds, run }
      alarms.add(alarm)
      return () => alarms.delete(alarm)
    },
    /** Moves on, and runs what is due on the way, in order. */
    move: (milliseconds: number) => {
      const end = now + milliseconds
      for (;;) {
        const next = [...alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        alarms.delete(next)
        now = next.at
        next.run()
      }
      now = end
    },
    get waiting() {
      return [...alarms].map(({ at }) => at - now)
    },
  }
}

export type FakeClock = ReturnType<typeof fakeClock>

export interface TestEmulator extends Emulator {
  readonly clock: FakeClock
  readonly sent: OutgoingRequest[]
  readonly errors: unknown[]
  /** All events so far, read from the journal. */
  readonly events: () => Promise<Event[]>
  readonly eventsOf: <Type extends FactType>(type: Type) => Promise<EventOf<Type>[]>
  readonly connect: (page?: Partial<{ page: string; key: string; after: number; utm: object; language: string; url: string; title: string }>) => TestPage
}

/** A page at the other end of a connection. */
export interface TestPage {
  readonly frames: Record<string, unknown>[]
  readonly say: (frame: object | string) => void
  readonly close: () => void
  /** Resolves with the first frame of a type that fits. */
  readonly wait: (type: string, fits?: (frame: Record<string, unknown>) => boolean) => Promise<Record<string, unknown>>
}

export const ok: Send = async () => ({
  result: { kind: 'answered', status: 200, contentType: 'application/json', body: '{"result":"ok"}' },
  timing: { dns: null, connect: 1, firstByte: 2, total: 3 },
})

/** An emulator in this process: a journal in memory, a clock that stands still, a receiver that says ok. */
export const startEmulator = async (
  settings: Partial<AccountSettings> & { store?: JournalStore; send?: Send; suggest?: Suggest; clock?: FakeClock } = {},
): Promise<TestEmulator> => {
  const { store = memoryStore(), send = ok, clock = fakeClock(), suggest, ...rest } = settings
  const sent: OutgoingRequest[] = []
  const errors: unknown[] = []
  const emulator = await createEmulator(
    {
      store,
      secrets: createSecretStore(),
      clock,
      send: (request, signal) => {
        sent.push(request)
        return send(request, signal)
      },
      assets: async name =>
        /^(shop|console|widget|stickers)\/(index\.html|loader\.js|bundle_en_US\.js|smile\.svg)$/.test(name)
          ? { body: `<${name} {{widget}}>`, type: 'text/html' }
          : undefined,
      ...(suggest === undefined ? {} : { suggest }),
      randomId: prefix => `${prefix}${'0'.repeat(32)}`,
      report: error => errors.push(error),
      version: 'test',
      origin: 'http://127.0.0.1:7410',
    },
    { seed: 1, mode: 'auto', webhook: 'http://127.0.0.1:3000/jivo', ...rest },
  )
  const hub = await emulator.pages()
  const events = async () => {
    const all: Event[] = []
    for await (const event of emulator.journal.read(0)) all.push(event)
    return all
  }
  return {
    ...emulator,
    get world() {
      return emulator.world
    },
    clock,
    sent,
    errors,
    events,
    eventsOf: async type => (await events()).filter(event => event.type === type) as never,
    connect: (page = {}) => connect(emulator, hub, page),
  }
}

const connect = (emulator: Emulator, hub: PageHub, page: object): TestPage => {
  const frames: Record<string, unknown>[] = []
  const waiting = new Set<() => void>()
  const connection = hub.connect(
    {
      send: text => {
        frames.push(JSON.parse(text))
        for (const check of waiting) check()
      },
      close: () => connection.closed(),
    },
    emulator.world.account?.channels[0]?.publicId ?? '',
    'Test/1.0',
  )
  const say = (frame: object | string) => connection.receive(typeof frame === 'string' ? frame : JSON.stringify(frame))
  say({
    type: 'open',
    page: `p${'1'.repeat(16)}`,
    key: `k${'1'.repeat(16)}`,
    url: 'http://shop.test/kettle',
    title: 'Kettle',
    referrer: '',
    language: 'en',
    ...page,
  })
  return {
    frames,
    say,
    close: connection.closed,
    wait: (type, fits = () => true) =>
      new Promise(resolve => {
        const check = () => {
          const found = frames.find(frame => frame.type === type && fits(frame))
          if (found === undefined) return
          waiting.delete(check)
          resolve(found)
        }
        waiting.add(check)
        check()
      }),
  }
}

/** Resolves when the condition holds; looks again after every turn of the loop. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise(resolve => setImmediate(resolve))
}

/** An id as a page makes it: the prefix and 16 digits. */
export const id = (prefix: string, number: number) => `${prefix}${String(number).padStart(16, '0')}`
