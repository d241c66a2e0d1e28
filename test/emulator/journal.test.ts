import { expect, test } from 'vitest'
import type { Event } from '../../src/contracts/journal.js'
import { createJournal, type JournalStore, memoryStore } from '../../src/emulator/journal.js'

const event = (seq: number): Event => ({ seq, at: 1, type: 'page.closed', page: `p${seq}` })
const events = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => event(from + at))

const collect = async (reader: AsyncIterable<Event>) => {
  const seqs: number[] = []
  for await (const { seq } of reader) seqs.push(seq)
  return seqs
}

/** A store whose writes end when the test says so. */
const slowStore = () => {
  const store = memoryStore()
  const writes: { text: string; end: (error?: Error) => void }[] = []
  const append: JournalStore['append'] = text =>
    new Promise((resolve, reject) => {
      writes.push({ text, end: error => (error === undefined ? store.append(text).then(resolve, reject) : reject(error)) })
    })
  return { store: { ...store, append }, writes }
}

test('an append resolves when its events are stored, and readers see them only then', async () => {
  const { store, writes } = slowStore()
  const journal = createJournal(store, 0)
  const seen: number[] = []
  journal.subscribe(batch => seen.push(...batch.map(({ seq }) => seq)))
  const appended = journal.append(events(1, 2))
  expect(seen).toEqual([])
  expect(journal.seq).toBe(0)
  writes[0]?.end()
  await appended
  expect(seen).toEqual([1, 2])
})

test('what comes during a write goes out together in the next', async () => {
  const { store, writes } = slowStore()
  const journal = createJournal(store, 0)
  const all = [journal.append([event(1)]), journal.append([event(2)]), journal.append([event(3)])]
  writes[0]?.end()
  await all[0]
  expect(writes.map(({ text }) => text.split('\n').length - 1)).toEqual([1, 2])
  writes[1]?.end()
  await Promise.all(all)
  expect(journal.seq).toBe(3)
})

test('after a failed write every append fails with the same reason', async () => {
  const { store, writes } = slowStore()
  const journal = createJournal(store, 0)
  const first = journal.append([event(1)])
  writes[0]?.end(new Error('ENOSPC: no space left'))
  await expect(first).rejects.toThrow('ENOSPC')
  await expect(journal.append([event(2)])).rejects.toThrow('ENOSPC')
})

test('events that memory does not keep are read from the store', async () => {
  const journal = createJournal(memoryStore(), 0, 10)
  for (let at = 1; at <= 100; at += 1) await journal.append([event(at)])
  expect(await collect(journal.read(0))).toEqual(events(1, 100).map(({ seq }) => seq))
  expect(await collect(journal.read(97))).toEqual([98, 99, 100])
  expect(await collect(journal.read(100))).toEqual([])
  expect(await collect(journal.read(500))).toEqual([])
})

test('events of an earlier run are read from the store', async () => {
  const store = memoryStore()
  await createJournal(store, 0).append(events(1, 5))
  const journal = createJournal(store, 5)
  expect(await collect(journal.read(2))).toEqual([3, 4, 5])
  await journal.append([event(6)])
  expect(await collect(journal.read(0))).toEqual([1, 2, 3, 4, 5, 6])
})

test('a follower gets old events, then new ones, each once and in order, until it stops', async () => {
  const journal = createJournal(memoryStore(), 0, 5)
  await journal.append(events(1, 30))
  const stop = new AbortController()
  const seqs: number[] = []
  const following = (async () => {
    for await (const { seq } of journal.read(10, { follow: true, signal: stop.signal })) {
      seqs.push(seq)
      if (seq === 30) void journal.append(events(31, 60))
      if (seq === 60) stop.abort()
    }
  })()
  await following
  expect(seqs).toEqual(events(11, 60).map(({ seq }) => seq))
})

test('large events leave the memory early and are read from the store', async () => {
  const store = memoryStore()
  let reads = 0
  const counting: JournalStore = {
    ...store,
    read: after => {
      reads += 1
      return store.read(after)
    },
  }
  const journal = createJournal(counting, 0)
  const large = (seq: number): Event => ({ seq, at: 1, type: 'page.closed', page: 'x'.repeat(1024 * 1024) })
  for (let at = 1; at <= 40; at += 1) await journal.append([large(at)])
  expect(await collect(journal.read(0))).toEqual(events(1, 40).map(({ seq }) => seq))
  expect(reads).toBe(1)
  expect(await collect(journal.read(38))).toEqual([39, 40])
  expect(reads).toBe(1)
})
