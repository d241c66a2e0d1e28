import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createSecretStore, type SecretStore } from '../emulator/secrets.js'

/**
 * Secrets in a file of their own that only its owner can read: one JSON pair `[mask, secret]` a line. They are kept so
 * that a delivery which outlives a restart still carries the visitor's token.
 */
export const openSecretsFile = (path: string): SecretStore => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const { pairs, isCut } = readPairs(path)
  // What a killed process left of a line must not swallow the next.
  let gap = isCut ? '\n' : ''
  return createSecretStore(pairs, (mask, secret) => {
    // At once: the journal must not name a mask whose secret is not stored.
    appendFileSync(path, `${gap}${JSON.stringify([mask, secret])}\n`, { mode: 0o600 })
    gap = ''
  })
}

const readPairs = (path: string): { pairs: [string, string][]; isCut: boolean } => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { pairs: [], isCut: false }
    throw error
  }
  const pairs = text.split('\n').flatMap((line): [string, string][] => {
    try {
      const pair: unknown = JSON.parse(line)
      const isPair = Array.isArray(pair) && pair.length === 2 && pair.every(part => typeof part === 'string')
      return isPair ? [pair as [string, string]] : []
    } catch {
      // A line that a killed process left unfinished: the journal does not name its mask yet.
      return []
    }
  })
  return { pairs, isCut: text !== '' && !text.endsWith('\n') }
}
