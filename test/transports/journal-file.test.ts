import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Event } from '../../src/contracts/journal.js'
import { openJournalFile } from '../../src/transports/journal-file.js'
import { temporaryFolder } from '../helpers/cli.js'

const line = (seq: number, text = 'x') => `${JSON.stringify({ seq, at: 1, type: 'page.closed', page: text })}\n`
const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => line(from + at)).join('')

const collect = async (reader: AsyncIterable<Event>) => {
  const seqs: number[] = []
  for await (const { seq } of reader) seqs.push(seq)
  return seqs
}

test('only the owner can read the journal', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'deep', 'journal.jsonl')
  const { store } = await openJournalFile(path)
  await store.close()
  expect(statSync(path).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
})

test.each([1, 20, 56])('a last line that was cut off after %i bytes is dropped', async length => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'journal.jsonl')
  writeFileSync(path, line(1) + line(2) + line(3, 'Ж'.repeat(20)).slice(0, length))
  const { store, dropped } = await openJournalFile(path)
  expect(dropped).toBeGreaterThan(0)
  await store.append(line(3))
  expect(await collect(store.read(0))).toEqual([1, 2, 3])
  await store.close()
  expect(readFileSync(path, 'utf8')).toBe(lines(1, 3))
})

test('what is left of an input that was cut off is dropped with its beginning, and its place is free', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'journal.jsonl')
  const more = (seq: number) => line(seq).replace('\n', ' \n')
  writeFileSync(path, more(1) + line(2) + more(3) + more(4))
  const { store, dropped } = await openJournalFile(path)
  expect(dropped).toBe(more(3).length * 2)
  expect(await collect(store.read(0))).toEqual([1, 2])
  await store.append(line(3))
  await store.close()
  expect(readFileSync(path, 'utf8')).toBe(more(1) + lines(2, 3))
  const again = await openJournalFile(path)
  expect(await collect(again.store.read(1))).toEqual([2, 3])
  await again.store.close()
})

test.each([
  ['text that is not an event', 'hello\n', /Line 2 .* it is not an event/],
  ['a gap', line(3), /Line 2 .* its seq is 3/],
])('%s in the middle is an error that names the line, and the file stays as it is', async (_, foreign, message) => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'journal.jsonl')
  const text = line(1) + foreign + line(2)
  writeFileSync(path, text)
  await expect(openJournalFile(path)).rejects.toThrow(message)
  expect(readFileSync(path, 'utf8')).toBe(text)
})

test('any event of a long journal is found, in this run and the next', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'journal.jsonl')
  const first = await openJournalFile(path)
  for (let from = 1; from <= 5_000; from += 700) await first.store.append(lines(from, Math.min(from + 699, 5_000)))
  const expected = (after: number) => Array.from({ length: 5_000 - after }, (_, at) => after + at + 1)
  for (const after of [0, 999, 1_000, 1_001, 4_321, 4_999, 5_000]) expect(await collect(first.store.read(after))).toEqual(expected(after))
  await first.store.close()
  const { store } = await openJournalFile(path)
  for (const after of [0, 999, 1_000, 4_999]) expect(await collect(store.read(after))).toEqual(expected(after))
  await store.close()
})

test('lines of other alphabets and of more than one read are whole', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'journal.jsonl')
  const long = 'Ж🫖'.repeat(200_000)
  writeFileSync(path, line(1, long))
  appendFileSync(path, line(2, 'end'))
  const { store, dropped } = await openJournalFile(path)
  const read: Event[] = []
  for await (const event of store.read(0)) read.push(event)
  expect(dropped).toBe(0)
  expect(read.map(event => (event.type === 'page.closed' ? event.page : ''))).toEqual([long, 'end'])
  await store.close()
})
