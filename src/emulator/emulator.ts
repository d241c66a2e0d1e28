import type { Event } from '../contracts/journal.js'
import { type AccountSettings, makeAccount } from './account.js'
import { createAnswerTimer } from './answer-timer.js'
import type { Assets } from './assets.js'
import type { Clock } from './clock.js'
import { commit } from './commit.js'
import { type FileStore, memoryFiles } from './files.js'
import { createJournal, type Journal, type JournalStore } from './journal.js'
import { createOutbox, type Send } from './outbox.js'
import type { PageHub } from './page-hub.js'
import type { Get } from './routes/shop-login.js'
import type { Input } from './rules/inputs.js'
import type { SecretStore } from './secrets.js'
import { cannedSuggestion, type Suggest } from './suggestion.js'
import { fold } from './world/fold.js'
import { emptyWorld, type World } from './world/world.js'

/** The outside world, as the emulator needs it. */
export interface EmulatorDeps {
  readonly store: JournalStore
  /** Bytes of a cut-off line that the store had to drop when it was opened. */
  readonly dropped?: number
  readonly secrets: SecretStore
  readonly clock: Clock
  readonly send: Send
  readonly assets: Assets
  /** Where attached files are kept; in memory when left out. */
  readonly files?: FileStore
  /** Asks a server of the developer's by GET; nobody answers when left out. */
  readonly get?: Get
  /** Whether somebody takes connections at an address. Nothing is sent. Left out where there is no way to tell. */
  readonly listens?: (url: string) => Promise<boolean>
  /** Asks an assistant for the agent's next answer; a canned one when left out. */
  readonly suggest?: Suggest
  /** A new id: the prefix and 32 random hexadecimal digits. */
  readonly randomId: (prefix: string) => string
  /** Hears of every event of this run, once it is stored. */
  readonly onEvents?: (events: readonly Event[]) => void
  /** Hears of failures that are nobody's request: our bugs, a journal that cannot be written. */
  readonly report: (error: unknown) => void
  readonly version: string
  /** Where the emulator is reached from this machine, without a slash at its end. */
  readonly origin: string
}

export interface Emulator {
  /** Answers a request to one of the emulator's own or Jivo's addresses. */
  readonly fetch: (request: Request) => Promise<Response>
  /** The other end of the pages' connections. */
  readonly pages: () => Promise<PageHub>
  readonly journal: Journal
  readonly world: Readonly<World>
  /** The one way in: decides, records, and resolves with the events when they are stored. */
  readonly dispatch: (input: Input) => Promise<readonly Event[]>
  /** Finishes what is in flight, within so many milliseconds, and closes the journal. */
  readonly stop: (patience: number) => Promise<void>
}

/** Starts the fake Jivo on what its journal says, and takes up the deliveries that had not ended. */
export const createEmulator = async (deps: EmulatorDeps, settings: AccountSettings): Promise<Emulator> => {
  const { store, secrets, clock, report } = deps
  const world = emptyWorld()
  for await (const event of store.read(0)) fold(world, event)

  const journal = createJournal(store, world.seq)
  if (deps.onEvents !== undefined) journal.subscribe(deps.onEvents)
  const dispatch = async (input: Input): Promise<readonly Event[]> => {
    const events = commit(world, input, clock.now())
    await journal.append(events)
    return events
  }

  await dispatch({
    type: 'emulator.start',
    version: deps.version,
    seed: settings.seed,
    origin: deps.origin,
    account: makeAccount(settings, world.account, secrets),
    dropped: deps.dropped ?? 0,
  })

  const outbox = createOutbox({ world, clock, send: deps.send, reveal: secrets.reveal, dispatch, onError: report })
  const timer = createAnswerTimer({ world, clock, dispatch, onError: report })
  // What answers requests and pages is loaded with the first of them: the emulator is ready before.
  const app = once(async () => {
    const { createApp } = await import('./app.js')
    const { randomId, assets, files = memoryFiles(), suggest = cannedSuggestion, get = nobody, listens } = deps
    return createApp({ get, ...(listens === undefined ? {} : { listens }), world, journal, dispatch, clock, secrets, report, randomId, assets, files, suggest })
  })
  let hub: PageHub | null = null
  const pages = once(async () => {
    const { createPageHub } = await import('./page-hub.js')
    hub = createPageHub({ world, journal, dispatch, secrets, clock, onError: report })
    return hub
  })
  journal.subscribe(events => {
    hub?.read(events)
    outbox.read(events)
    timer.read(events)
  })

  return {
    fetch: async request => (await app()).fetch(request),
    pages,
    journal,
    world,
    dispatch,
    stop: async patience => {
      timer.stop()
      await outbox.stop(patience)
      await dispatch({ type: 'emulator.stop' })
      hub?.closeAll()
      await journal.settled()
      await store.close()
    },
  }
}

const nobody: Get = async () => ({ kind: 'no-answer', reason: 'other', message: 'This emulator asks nobody.' })

/** The same promise for everybody who asks. */
const once = <Value>(make: () => Promise<Value>): (() => Promise<Value>) => {
  let made: Promise<Value> | null = null
  return () => {
    made ??= make()
    return made
  }
}
