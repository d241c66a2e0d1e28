import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** The last one for Node 20: later ones ask for Node 22. */
const version = '2.0.21'

/** npm's codes for a registry that it could not speak to. */
const isUnreachable = (log: string) => /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/.test(log)

/**
 * Fetches Artillery, once a machine, into the folder for temporary files. Returns the path of its command, or the reason
 * why the registry could not give it.
 */
export const installArtillery = (): { readonly command: string } | { readonly missing: string } => {
  const { uid, username } = userInfo()
  const cache = join(tmpdir(), `jivo-dev-test-${username}`)
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  if (uid !== -1 && statSync(cache).uid !== uid) throw new Error(`${cache} belongs to somebody else; remove it.`)
  const home = join(cache, `artillery-${version}`)
  const command = join(home, 'node_modules/artillery/bin/run')
  if (existsSync(command)) return { command }

  // Renamed when it is whole, so that an install that was cut off counts for nothing.
  const fresh = mkdtempSync(join(cache, 'install-'))
  const args = ['install', '--prefix', fresh, '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1', `artillery@${version}`]
  const { status, stderr, error } = spawnSync('npm', args, { cwd: fresh, encoding: 'utf8', timeout: 280_000, shell: process.platform === 'win32' })
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    if (isUnreachable(stderr)) return { missing: `the npm registry could not be reached: ${/^npm (?:error|ERR!) .*/m.exec(stderr)?.[0] ?? ''}` }
    throw new Error(`artillery@${version} could not be installed: ${error?.message ?? ''}\n${stderr}`)
  }
  // It greets its makers even where it is told not to, and waits for their answer; without its messenger it cannot.
  rmSync(join(fresh, 'node_modules/posthog-node'), { recursive: true, force: true })
  rmSync(home, { recursive: true, force: true })
  renameSync(fresh, home)
  return { command }
}
