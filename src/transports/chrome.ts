import { spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import { UserError } from '../errors.js'
import { browserCandidates } from './chrome-arguments.js'

type Env = Readonly<Record<string, string | undefined>>

/**
 * The browser that the user names, or the first that is installed.
 *
 * @throws UserError `noBrowser`
 */
export const findBrowser = (named: string | undefined, platform: string, env: Env): string => {
  const candidates = named === undefined ? browserCandidates(platform, env) : [named]
  for (const candidate of candidates) {
    const hasFolder = isAbsolute(candidate) || /[/\\]/.test(candidate)
    const places = hasFolder ? [candidate] : (env.PATH ?? '').split(delimiter).map(folder => join(folder, candidate))
    const found = places.find(isProgram)
    if (found !== undefined) return found
  }
  throw new UserError('noBrowser', { named: named ?? null, tried: candidates })
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

export interface Profile {
  readonly path: string
  readonly remove: () => Promise<void>
}

/** A profile that nothing else uses. */
export const newProfile = (): Profile => {
  const path = mkdtempSync(join(tmpdir(), 'jivo-dev-browser-'))
  // The last processes of a browser may write for a moment after it has ended.
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) }
}

/** Characters of the browser's talk that are kept for a message. */
const longestTalk = 2_000

/**
 * Runs a browser until it is closed or the signal says so.
 *
 * @throws UserError `browserFailed` when it does not start or ends badly by itself
 */
export const runBrowser = async (program: string, args: readonly string[], signal: AbortSignal): Promise<void> => {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let talk = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    talk = (talk + text).slice(-longestTalk)
  })
  const end = () => child.kill()
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  const problem = await new Promise<string | null>(resolve => {
    child.on('error', error => resolve(error.message))
    child.on('exit', (code, by) => resolve(code === 0 || signal.aborted ? null : `ended with ${by ?? `code ${code}`}`))
  })
  signal.removeEventListener('abort', end)
  if (problem !== null) throw new UserError('browserFailed', { program, problem, talk: talk.trim().split('\n').slice(-3) })
}
