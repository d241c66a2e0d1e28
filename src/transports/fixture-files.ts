import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { UserError } from '../errors.js'
import { type Fixture, parseFixture } from '../replay/fixture.js'

/** Whether a file is a fixture by its name: sidecars with expectations are not. */
export const isFixtureName = (name: string) => name.endsWith('.json') && !name.endsWith('.expect.json')

/** Where paths are looked for. */
export interface FixturePlaces {
  readonly cwd: string
  /** Holds the fixtures that the package brings: `fixtures/…` is found here when it is not in `cwd`. */
  readonly packageFolder: string
}

/**
 * The fixtures under files and folders, in the order of the arguments and, inside a folder, of their names.
 *
 * @throws UserError `badFixture` with the line, `fileUnreadable`, or `noFixtures`
 */
export const loadFixtures = async (paths: readonly string[], places: FixturePlaces): Promise<Fixture[]> => {
  const names: string[] = []
  for (const path of paths) names.push(...(await filesUnder(path, places)))
  if (names.length === 0) throw new UserError('noFixtures', { paths: paths.join(', ') })
  const fixtures: Fixture[] = []
  for (const name of names) fixtures.push(await loadFixture(name, places))
  return fixtures
}

/** One fixture by its path. */
export const loadFixture = async (path: string, places: FixturePlaces): Promise<Fixture> => {
  const text = await readFile(absolute(path, places), 'utf8').catch(error => {
    throw unreadable(path, error)
  })
  try {
    return parseFixture(path, text)
  } catch (error) {
    throw new UserError('badFixture', { path, problem: error instanceof Error ? error.message : String(error) })
  }
}

const filesUnder = async (path: string, places: FixturePlaces): Promise<string[]> => {
  const folder = absolute(path, places)
  const found = await stat(folder).catch(error => {
    throw unreadable(path, error)
  })
  if (!found.isDirectory()) return [path]
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile() && isFixtureName(entry.name))
    .map(entry => join(path, entry.parentPath.slice(folder.length), entry.name))
    .sort((a, b) => (stem(a) < stem(b) ? -1 : 1))
}

/** Without the ending, the plain case of an event comes before its scenes. */
const stem = (name: string) => name.slice(0, -'.json'.length)

const absolute = (path: string, { cwd, packageFolder }: FixturePlaces): string => {
  if (isAbsolute(path)) return path
  const own = join(cwd, path)
  const isBrought = /^fixtures([/\\]|$)/.test(path) && !existsSync(own)
  return isBrought ? join(packageFolder, path) : own
}

const unreadable = (path: string, error: unknown) => {
  const { code, message } = error as NodeJS.ErrnoException
  return new UserError('fileUnreadable', { path, problem: code === 'ENOENT' ? 'it does not exist' : message })
}
