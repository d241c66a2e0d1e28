// Distinct bodies of the common size, about 1.5 kB.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const plain = JSON.parse(readFileSync(new URL('../fixtures/webhooks/chat_accepted.json', import.meta.url), 'utf8'))

/** A body of a chat of its own. */
export const bodyOf = number => ({ ...plain, chat_id: 10_000 + number })

/** Runs with a folder that is gone afterwards. */
export const inFolder = async run => {
  const folder = mkdtempSync(join(tmpdir(), 'jivo-dev-bench-'))
  try {
    return await run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes a file of `count` lines, a thousand at a time, and returns its path. */
export const writeLines = (path, count, lineOf) => {
  const file = openSync(path, 'w')
  for (let at = 0; at < count; at += 1_000) {
    writeSync(file, Array.from({ length: Math.min(1_000, count - at) }, (_, number) => `${JSON.stringify(lineOf(at + number))}\n`).join(''))
  }
  closeSync(file)
  return path
}
