import { watch } from 'chokidar'
import { globFolder, globPattern, isGlob } from '../replay/glob.js'
import { isFixtureName, isSidecarName } from './fixture-files.js'

/** What was changed, by its path; null when a line came in, which asks for all of it again. */
export type Change = string | null

/**
 * Fixtures that are added or changed under the paths, one at a time, until the signal aborts; for a sidecar its fixture.
 * Half-written files and the rename that editors save with count once, when they are whole. `asked` hears of every line
 * of the standard input.
 */
export async function* changedFixtures(
  paths: readonly string[],
  cwd: string,
  signal: AbortSignal,
  asked: (again: () => void) => void = () => {},
): AsyncGenerator<Change> {
  const globs = paths.filter(isGlob).map(globPattern)
  const plain = paths.filter(path => !isGlob(path))
  const sidecars = plain.filter(path => path.endsWith('.json')).map(path => `${path.slice(0, -'.json'.length)}.expect.json`)
  const watcher = watch([...plain, ...sidecars, ...paths.filter(isGlob).map(globFolder)], {
    cwd,
    ignoreInitial: true,
    ignored: (path, stats) => stats?.isFile() === true && !isFixtureName(path) && !isSidecarName(path),
    awaitWriteFinish: { stabilityThreshold: 60, pollInterval: 20 },
  })
  const changed = new Set<Change>()
  let wake = () => {}
  const add = (change: Change) => {
    changed.add(change)
    wake()
  }
  const isUnder = (path: string) =>
    plain.some(root => path === root || root === '.' || path.startsWith(`${root.replace(/[/\\]$/, '').replace(/^\.[/\\]/, '')}/`)) ||
    globs.some(fits => fits.test(path)) ||
    plain.includes(path)
  watcher.on('all', (event, path) => {
    if (isSidecarName(path)) {
      const fixture = `${path.slice(0, -'.expect.json'.length)}.json`
      if (['add', 'change', 'unlink'].includes(event)) add(fixture)
    } else if ((event === 'add' || event === 'change') && (globs.length === 0 || isUnder(path.replaceAll('\\', '/')))) add(path)
  })
  asked(() => add(null))
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    await new Promise<void>(resolve => watcher.once('ready', resolve))
    while (!signal.aborted) {
      const [change] = changed
      if (change !== undefined) {
        changed.delete(change)
        yield change
      } else {
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
    }
  } finally {
    await watcher.close()
  }
}
