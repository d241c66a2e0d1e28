import { constants } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Event } from '../contracts/journal.js'
import type { JournalStore } from '../emulator/journal.js'
import { UserError } from '../errors.js'

/** A journal in a file: one event a line. */
export interface JournalFile {
  readonly store: JournalStore
  /** Bytes of a last line that was cut off, and that were dropped. */
  readonly dropped: number
}

/** A place in the file is remembered once in so many events, so that old ones are found without reading from the start. */
const indexEvery = 1_000

/**
 * Opens a journal, or makes an empty one that only its owner can read.
 *
 * A last line without its line feed is what a killed process leaves: it is cut off, with the lines before it that belong
 * to the same input (they end in a space). Any other line that is not an event means that something else wrote here.
 *
 * @throws UserError `journalBroken` with the number of the line
 */
export const openJournalFile = async (path: string): Promise<JournalFile> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o600)
  /** Byte offset of the line whose `seq` is the position times `indexEvery`, plus one. */
  const index: number[] = []
  let size = 0
  let seq = 0
  /** The last event of the last whole input. */
  let whole = 0

  for await (const { line, start, end } of linesOf(file, 0)) {
    seq += 1
    const stored = seqOf(line)
    if (stored !== seq) {
      await file.close()
      throw new UserError('journalBroken', { path, line: seq, problem: stored === null ? 'it is not an event' : `its seq is ${stored}` })
    }
    if ((seq - 1) % indexEvery === 0) index.push(start)
    if (line.endsWith(' ')) continue
    size = end
    whole = seq
  }
  seq = whole
  index.length = Math.ceil(whole / indexEvery)
  const length = (await file.stat()).size
  if (length > size) await file.truncate(size)

  const append = async (lines: string) => {
    const bytes = Buffer.from(lines)
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, at)
      at += bytesWritten
    }
    let start = size
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
      seq += 1
      if ((seq - 1) % indexEvery === 0) index.push(start)
      start = size + at + 1
    }
    size += bytes.length
  }

  async function* read(after: number): AsyncGenerator<Event> {
    const from = index[Math.floor(after / indexEvery)]
    if (from === undefined) return
    for await (const { line } of linesOf(file, from, size)) {
      const event = JSON.parse(line) as Event
      if (event.seq > after) yield event
    }
  }

  return {
    store: {
      append,
      read,
      close: async () => {
        await file.datasync()
        await file.close()
      },
    },
    dropped: length - size,
  }
}

interface Line {
  readonly line: string
  /** Byte offsets of the line and of what comes after its line feed. */
  readonly start: number
  readonly end: number
}

/** Whole lines from a byte offset on. What comes after the last line feed is not a line. */
async function* linesOf(file: FileHandle, from: number, to = Number.POSITIVE_INFINITY): AsyncGenerator<Line> {
  const chunk = Buffer.allocUnsafe(256 * 1024)
  let rest = Buffer.alloc(0)
  let start = from
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, to - at), at)
    if (bytesRead === 0) return
    at += bytesRead
    rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)])
    let begin = 0
    for (let feed = rest.indexOf(10); feed !== -1; feed = rest.indexOf(10, begin)) {
      const end = start + feed + 1 - begin
      yield { line: rest.toString('utf8', begin, feed), start, end }
      start = end
      begin = feed + 1
    }
    rest = rest.subarray(begin)
  }
}

/** `seq` of a line of ours, or null. Reads the beginning only: the rest is parsed when somebody wants it. */
const seqOf = (line: string): number | null => {
  const match = /^\{"seq":(\d+),.*\} ?$/s.exec(line)
  return match === null ? null : Number(match[1])
}
