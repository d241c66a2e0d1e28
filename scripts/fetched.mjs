// Tools that are compared with or exported to, far too heavy for a dependency: fetched when a bench or a test asks.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../node_modules/.cache/jivo-dev/', import.meta.url))

/**
 * Folder that holds `node_modules` with an exact version of a package; installed without its scripts the first time.
 *
 * @throws Error when the registry cannot be reached
 */
export const fetched = (name, version) => {
  const folder = join(cache, `${name}-${version}`)
  if (existsSync(folder)) return folder
  // Whole or not at all: an install that was cut off must not count.
  const part = `${folder}.${process.pid}`
  mkdirSync(part, { recursive: true })
  try {
    execFileSync(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['install', '--prefix', part, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`],
      { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
    )
    mkdirSync(dirname(folder), { recursive: true })
    renameSync(part, folder)
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
  return folder
}
