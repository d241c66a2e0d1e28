import { createReadStream, existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { isAbsolute, join, sep } from 'node:path'
import { UserError } from '../errors.js'
import { type Expectation, readExpectation } from '../replay/expectation.js'
import { type Fixture, parseFixture, parseLine, syntaxProblem } from '../replay/fixture.js'
import { globFolder, globPattern, isGlob } from '../replay/glob.js'
import { decode, lineBatches, longestLine } from './line-stream.js'
import { unreadable } from './text-files.js'

/** Whether a file is a fixture by its name: sidecars with expectations are not. */
export const isFixtureName = (name: string) => (name.endsWith('.json') && !isSidecarName(name)) || isRecordingName(name)

const isRecordingName = (name: string) => /\.(jsonl|ndjson)$/.test(name)

export const isSidecarName = (name: string) => name.endsWith('.expect.json')

/** The sidecar of a fixture: `a.expect.json` for `a.json`. */
export const sidecarOf = (path: string) => `${path.replace(/\.json$/, '')}.expect.json`

/** Where paths are looked for. */
export interface FixturePlaces {
  readonly cwd: string
  /** Holds the fixtures that the package brings: `fixtures/…` is found here when it is not in `cwd`. */
  readonly packageFolder: string
}

/** What bodies are read from: a file with one, a recording with one a line, or the standard input. */
export interface FixtureSource {
  readonly kind: 'file' | 'recording' | 'stdin'
  /** As the user named it. */
  readonly path: string
}

/**
 * The files under paths: files, folders, patterns, `-` for the standard input. In the order of the arguments and, inside
 * a folder, of their names.
 *
 * @throws UserError `fileUnreadable` or `noFixtures`
 */
export const findFixtures = async (paths: readonly string[], places: FixturePlaces): Promise<FixtureSource[]> => {
  const names: string[] = []
  for (const path of paths) {
    // One by one: a folder may hold more names than a call takes arguments.
    for (const name of path === '-' ? ['-'] : await filesUnder(path, places)) names.push(name)
  }
  if (names.length === 0) throw new UserError('noFixtures', { paths: paths.join(', ') })
  return names.map(path => ({ kind: path === '-' ? 'stdin' : isRecordingName(path) ? 'recording' : 'file', path }))
}

/**
 * The bodies of the sources, one after the other, in batches as they are read.
 *
 * @throws UserError `badFixture` or `badExpectation` with the line and the column, `fileUnreadable`
 */
export async function* readFixtures(
  sources: Iterable<FixtureSource>,
  places: FixturePlaces,
  stdin?: AsyncIterable<Buffer | string>,
): AsyncGenerator<readonly Fixture[]> {
  for (const { kind, path } of sources) {
    if (kind === 'file') yield [await loadFixture(path, places)]
    else if (kind === 'recording') yield* readLines(path, createReadStream(absolute(path, places), { highWaterMark: 128 * 1024 }))
    else if (stdin !== undefined) yield* readLines('stdin', stdin, true)
  }
}

/** One fixture by its path, with what its sidecar expects. */
export const loadFixture = async (path: string, places: FixturePlaces): Promise<Fixture> => {
  const file = absolute(path, places)
  const bytes = await readFile(file).catch(error => {
    throw unreadable(path, error)
  })
  const fixture = checked(path, () => parseFixture(path, decode(bytes)))
  const expected = await loadSidecar(sidecarOf(path), places)
  return expected === undefined ? fixture : { ...fixture, expected }
}

const loadSidecar = async (path: string, places: FixturePlaces): Promise<Expectation | undefined> => {
  const file = absolute(path, places)
  if (!existsSync(file)) return undefined
  const text = await readFile(file, 'utf8').catch(error => {
    throw unreadable(path, error)
  })
  try {
    return readExpectation(parseJson(text))
  } catch (error) {
    throw new UserError('badExpectation', { path, problem: (error as Error).message })
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(syntaxProblem(text, error))
  }
}

/** Lines that are parsed at once: so few that requests in flight do not wait for it. */
const mostAtOnce = 8

/** With `mayBeOne`, the stream may also be one body over several lines. */
async function* readLines(path: string, chunks: AsyncIterable<Buffer | string>, mayBeOne = false): AsyncGenerator<readonly Fixture[]> {
  let number = 0
  /** Lines of what may be one body. */
  let whole: string[] | null = null
  let size = 0
  let batch: Fixture[] = []
  try {
    for await (const lines of lineBatches(chunks)) {
      for (const text of lines) {
        number += 1
        if (batch.length === mostAtOnce) {
          yield batch
          batch = []
        }
        if (whole === null && mayBeOne && number === 1 && !isJson(text)) whole = []
        if (whole === null) {
          const fixture = checked(path, () => parseLine(path, number, text))
          if (fixture !== null) batch.push(fixture)
          continue
        }
        whole.push(text)
        size += text.length
        if (size > longestLine) throw new UserError('badFixture', { path, problem: 'it is longer than 16 MiB' })
      }
      if (batch.length > 0) yield batch
      batch = []
    }
  } catch (error) {
    // What stands before the mistake is sent.
    if (batch.length > 0) yield batch
    if (error instanceof UserError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw new UserError('badFixture', { path, problem: `after line ${number}: ${message}` })
    throw unreadable(path, error)
  }
  if (whole !== null) {
    const text = whole.join('\n')
    yield [checked(path, () => parseFixture(path, text))]
  }
}

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const checked = <Value>(path: string, parse: () => Value): Value => {
  try {
    return parse()
  } catch (error) {
    throw new UserError('badFixture', { path, problem: error instanceof Error ? error.message : String(error) })
  }
}

const filesUnder = async (path: string, places: FixturePlaces): Promise<string[]> => {
  const folder = absolute(path, places)
  const found = await stat(folder).catch(error => {
    if (isGlob(path)) return null
    throw unreadable(path, error)
  })
  if (found === null) return matching(path, places)
  if (!found.isDirectory()) return [path]
  return walk(path, folder)
}

/** Files that fit a pattern. Two stars do not enter hidden folders. */
const matching = async (pattern: string, places: FixturePlaces): Promise<string[]> => {
  const slashed = pattern.replaceAll(sep, '/')
  const base = globFolder(slashed)
  const folder = absolute(base, places)
  if (!existsSync(folder)) throw new UserError('fileUnreadable', { path: base, problem: 'it does not exist' })
  const fits = globPattern(slashed)
  const isUnder = (name: string) => fits.test(name.replaceAll(sep, '/').replace(/^\.\//, '')) || fits.test(name.replaceAll(sep, '/'))
  return (await walk(base, folder)).filter(isUnder)
}

const walk = async (path: string, folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(error => {
    throw unreadable(path, error)
  })
  return entries
    .filter(entry => entry.isFile() && isFixtureName(entry.name))
    .map(entry => join(entry.parentPath.slice(folder.length), entry.name))
    .filter(name => !/(^|[/\\])(\.|node_modules[/\\])/.test(name.replace(/^[/\\]/, '')))
    .map(name => join(path, name))
    .sort((a, b) => (stem(a) < stem(b) ? -1 : 1))
}

/** Without the ending, the plain case of an event comes before its scenes. */
const stem = (name: string) => name.replace(/\.(json|jsonl|ndjson)$/, '')

export const absolute = (path: string, { cwd, packageFolder }: FixturePlaces): string => {
  if (isAbsolute(path)) return path
  const own = join(cwd, path)
  const isBrought = /^fixtures([/\\]|$)/.test(path) && !existsSync(own)
  return isBrought ? join(packageFolder, path) : own
}
