// Tools that are compared with or exported to, far too heavy for a dependency: fetched when a bench or a test asks.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../node_modules/.cache/jivo-dev/', import.meta.url))

/** npm's codes for a registry that it could not speak to. */
const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/

/**
 * Folder that holds `node_modules` with an exact version of a package; installed without its scripts the first time.
 *
 * @throws Error with what npm said; its `isUnreachable` tells whether the registry could not be spoken to
 */
export const fetched = (name, version) => {
  const folder = join(cache, `${name.replace('/', '-')}-${version}`)
  if (existsSync(folder)) return folder
  // Whole or not at all: an install that was cut off must not count.
  const part = `${folder}.${process.pid}`
  mkdirSync(part, { recursive: true })
  const isWindows = process.platform === 'win32'
  const args = ['install', '--prefix', part, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1']
  const { status, stderr, error } = spawnSync(isWindows ? 'npm.cmd' : 'npm', [...args, `${name}@${version}`], {
    encoding: 'utf8',
    timeout: 280_000,
    shell: isWindows,
  })
  if (status === 0) renameSync(part, folder)
  rmSync(part, { recursive: true, force: true })
  if (status === 0) return folder
  throw Object.assign(new Error(`${name}@${version} could not be installed: ${error?.message ?? stderr.trim()}`), { isUnreachable: unreachable.test(stderr) })
}
