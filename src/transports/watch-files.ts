import { watch } from 'chokidar'
import { isFixtureName } from './fixture-files.js'

/**
 * Fixtures that are added or changed under the paths, one at a time, until the signal aborts. Half-written files and
 * the rename that editors save with count once, when they are whole.
 */
export async function* changedFixtures(paths: readonly string[], cwd: string, signal: AbortSignal): AsyncGenerator<string> {
  const watcher = watch([...paths], {
    cwd,
    ignoreInitial: true,
    ignored: (path, stats) => stats?.isFile() === true && !isFixtureName(path),
    awaitWriteFinish: { stabilityThreshold: 60, pollInterval: 20 },
  })
  const changed = new Set<string>()
  let wake = () => {}
  watcher.on('all', (event, path) => {
    if (event !== 'add' && event !== 'change') return
    changed.add(path)
    wake()
  })
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    await new Promise<void>(resolve => watcher.once('ready', resolve))
    while (!signal.aborted) {
      const [path] = changed
      if (path !== undefined) {
        changed.delete(path)
        yield path
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
