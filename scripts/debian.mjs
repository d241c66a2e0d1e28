// Debian packages for the tests, where this is root on a Debian.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Programs that tests skip without, by the package that brings them. Fetched in CI, where nothing should be skipped. */
const programs = { tmux: 'tmux' }

/** Installs what of them is missing. */
export const fetchPrograms = () => {
  const missing = Object.entries(programs).filter(([program]) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
  if (missing.length > 0) fromDebian(missing.map(([, name]) => name))
}

/** Whether the packages could be installed. */
export const fromDebian = packages => {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  process.stderr.write(`Installing ${packages.join(', ')} from Debian…\n`)
  const apt = args =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 10 * 60_000 })
      .status === 0
  return apt(['update']) && apt(['install', '-y', '--no-install-recommends', ...packages])
}
