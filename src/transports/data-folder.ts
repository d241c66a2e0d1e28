import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.js'

/** Says where the emulator of a data folder is. Only its owner can read it: it may hold the token. */
export interface Locator {
  readonly pid: number
  /** Base address with a slash at the end; null until the emulator listens. */
  readonly url: string | null
  /** What control routes demand; null while only loopback is listened on. */
  readonly token: string | null
}

export interface DataFolder {
  readonly journal: string
  readonly secrets: string
  /** Folder of what visitors and agents attached. */
  readonly files: string
  /** Writes down where the emulator is. */
  readonly announce: (locator: Locator) => void
  /** Gives the folder free for the next emulator. */
  readonly release: () => void
}

const locatorFile = 'emulator.json'

/**
 * Takes a data folder for one emulator.
 *
 * @param answers whether the emulator of a locator answers at its address: a process id alone may long be another's
 * @throws UserError `dataInUse` when another process has it
 */
export const takeDataFolder = async (folder: string, pid: number, answers: (locator: Locator) => Promise<boolean>): Promise<DataFolder> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, locatorFile)
  const write = (locator: Locator, flag: 'wx' | 'w') => writeFileSync(path, `${JSON.stringify(locator)}\n`, { mode: 0o600, flag })
  const locator: Locator = { pid, url: null, token: null }
  try {
    write(locator, 'wx')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = readLocator(folder)
    const isHeld = holder !== null && holder.pid !== pid && isRunning(holder.pid) && (holder.url === null || (await answers(holder)))
    if (isHeld) throw new UserError('dataInUse', { folder, pid: holder.pid, url: holder.url })
    // Left behind by a process that was killed.
    write(locator, 'w')
  }
  return {
    journal: join(folder, 'journal.jsonl'),
    secrets: join(folder, 'secrets.jsonl'),
    files: join(folder, 'files'),
    announce: found => {
      // Whoever reads it meanwhile finds the old text or the new, never half of one.
      writeFileSync(`${path}.new`, `${JSON.stringify(found)}\n`, { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
    release: () => {
      if (readLocator(folder)?.pid === pid) rmSync(path, { force: true })
    },
  }
}

/** The locator of a folder, or null when there is none that can be read. */
export const readLocator = (folder: string): Locator | null => {
  try {
    const locator: unknown = JSON.parse(readFileSync(join(folder, locatorFile), 'utf8'))
    const isLocator = typeof locator === 'object' && locator !== null && 'pid' in locator && typeof locator.pid === 'number'
    return isLocator ? (locator as Locator) : null
  } catch {
    return null
  }
}

/** Whether there is a process with that id, ours or somebody else's. */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is running, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
