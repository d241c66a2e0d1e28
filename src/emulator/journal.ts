import type { Event } from '../contracts/journal.js'

/** Where the journal is kept: a file in Node, memory elsewhere. */
export interface JournalStore {
  /**
   * Takes whole lines, each with its line feed. A space before it says that the next line belongs to the same input: a store
   * that finds its end there lost the rest of that input, and must forget its beginning as well.
   *
   * Resolves when the operating system has them, so that a killed process loses nothing.
   */
  readonly append: (lines: string) => Promise<void>
  /** Events with `seq` above `after`, oldest first, as far as they are stored. */
  readonly read: (after: number) => AsyncIterable<Event>
  /** Flushes to the disk and lets go of it. */
  readonly close: () => Promise<void>
}

/** Everything that happened, in order. Readers see an event only when it is stored. */
export interface Journal {
  /** `seq` of the last stored event. */
  readonly seq: number
  /** Resolves when the events are stored, which are all that follow from one input: all of them are, or none. Events come without gaps after the last appended one. */
  readonly append: (events: readonly Event[]) => Promise<void>
  /** Called with every batch that has been stored, in order. Returns the way to stop. */
  readonly subscribe: (reader: (events: readonly Event[]) => void) => () => void
  /** Stored events above `after`; with `follow` it goes on until `signal` aborts. Slow readers cost no memory. */
  readonly read: (after: number, options?: { readonly follow?: boolean; readonly signal?: AbortSignal }) => AsyncGenerator<Event>
  /** Resolves when everything appended so far is stored. */
  readonly settled: () => Promise<void>
}

/** Events that go to the store in one write. */
interface Batch {
  readonly events: Event[]
  lines: string
  readonly stored: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

const emptyBatch = (): Batch => {
  let resolve = () => {}
  let reject: (error: unknown) => void = () => {}
  const stored = new Promise<void>((onStored, onFailed) => {
    resolve = onStored
    reject = onFailed
  })
  return { events: [], lines: '', stored, resolve, reject }
}

/** Most characters of events that stay in memory, as lines: an answer that was recorded may have a million. */
const mostCharacters = 16 * 1024 * 1024

/** @param keep how many of the newest events stay in memory; older ones are read from the store. */
export const createJournal = (store: JournalStore, seq: number, keep = 3_000): Journal => {
  const readers = new Set<(events: readonly Event[]) => void>()
  const recent: Event[] = []
  const sizes: number[] = []
  let size = 0
  let stored = seq
  let next: Batch | null = null
  let isWriting = false
  let failure: unknown

  const remember = ({ events, lines }: Batch) => {
    // Within a batch the average will do: only the sum has to be right.
    const average = lines.length / Math.max(1, events.length)
    for (const event of events) {
      recent.push(event)
      sizes.push(average)
    }
    size += lines.length
    // Trimmed in large steps, so that it costs nothing per event.
    if (recent.length <= keep * 2 && size <= mostCharacters * 2) return
    let dropped = 0
    while (recent.length - dropped > keep || (size > mostCharacters && dropped < recent.length)) {
      size -= sizes[dropped] ?? 0
      dropped += 1
    }
    recent.splice(0, dropped)
    sizes.splice(0, dropped)
  }

  // One write at a time; the next takes everything that came meanwhile.
  const write = async () => {
    isWriting = true
    while (next !== null && failure === undefined) {
      const batch = next
      next = null
      try {
        if (batch.events.length > 0) await store.append(batch.lines)
        stored = batch.events.at(-1)?.seq ?? stored
        remember(batch)
        for (const reader of readers) reader(batch.events)
        batch.resolve()
      } catch (error) {
        failure = error
        batch.reject(error)
        // Assigned while the write was under way, which the compiler cannot see.
        ;(next as Batch | null)?.reject(error)
      }
    }
    isWriting = false
  }

  const append = (events: readonly Event[]): Promise<void> => {
    if (failure !== undefined) return Promise.reject(failure)
    if (events.length === 0) return Promise.resolve()
    next ??= emptyBatch()
    next.events.push(...events)
    next.lines += `${events.map(event => JSON.stringify(event)).join(' \n')}\n`
    const { stored: promise } = next
    if (!isWriting) void write()
    return promise
  }

  const settled = async () => {
    if (failure !== undefined) throw failure
    if (!isWriting) return
    next ??= emptyBatch()
    await next.stored
  }

  async function* read(after: number, { follow = false, signal }: { follow?: boolean; signal?: AbortSignal } = {}): AsyncGenerator<Event> {
    let at = after
    while (!signal?.aborted) {
      const oldest = recent[0]?.seq ?? stored + 1
      if (at + 1 >= oldest) {
        const from = at + 1 - oldest
        if (from < recent.length) {
          for (const event of recent.slice(from, from + 500)) {
            yield event
            at = event.seq
          }
        } else if (follow) await nextBatch(signal)
        else return
      } else {
        const before = at
        for await (const event of store.read(at)) {
          if (signal?.aborted) return
          yield event
          at = event.seq
          if (at + 1 >= (recent[0]?.seq ?? Number.POSITIVE_INFINITY)) break
        }
        if (at === before) return
      }
    }
  }

  const nextBatch = (signal: AbortSignal | undefined) =>
    new Promise<void>(resolve => {
      const done = () => {
        readers.delete(done)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      readers.add(done)
      signal?.addEventListener('abort', done, { once: true })
    })

  return {
    get seq() {
      return stored
    },
    append,
    subscribe: reader => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    read,
    settled,
  }
}

/** A journal that lives as long as the process. */
export const memoryStore = (): JournalStore => {
  const lines: string[] = []
  return {
    append: async text => {
      lines.push(...text.split('\n').slice(0, -1))
    },
    read: async function* (after) {
      for (const line of lines) {
        const event = JSON.parse(line) as Event
        if (event.seq > after) yield event
      }
    },
    close: async () => {},
  }
}
