// Gets what test/clients needs: a second Node, and in CI the interpreters of other languages.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { nodeOf } from './other-nodes.mjs'

/** Debian's packages, and a command that works where one is there. */
const packages = [
  ['curl', ['curl', '--version']],
  ['wget', ['wget', '--version']],
  ['php-cli', ['php', '--version']],
  ['php-curl', ['php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);']],
  ['ruby', ['ruby', '-ropenssl', '-e', '0']],
  ['golang-go', ['go', 'version']],
  ['default-jdk-headless', ['javac', '-version']],
  ['python3', ['/usr/bin/python3', '--version']],
  ['python3-requests', ['/usr/bin/python3', '-c', 'import requests']],
  ['python3-httpx', ['/usr/bin/python3', '-c', 'import httpx']],
  ['python3-aiohttp', ['/usr/bin/python3', '-c', 'import aiohttp']],
]

const works = ([program, ...args]) => spawnSync(program, args, { stdio: 'ignore' }).status === 0

export const getClients = () => {
  nodeOf('24')
  const missing = packages.filter(([, command]) => !works(command)).map(([name]) => name)
  if (missing.length === 0) return
  const isAllowed = process.env.CI !== undefined && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!isAllowed) {
    process.stdout.write(`Not installed, so that their clients are not tested: ${missing.join(', ')}\n`)
    return
  }
  process.stdout.write(`Installing ${missing.join(', ')} (apt-get)…\n`)
  const began = performance.now()
  const apt = args =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 10 * 60_000 })
      .status === 0
  const isDone = apt(['update']) && apt(['install', '-y', '--no-install-recommends', ...missing])
  process.stdout.write(
    isDone ? `Installed in ${Math.round((performance.now() - began) / 1_000)} s.\n` : 'They could not be installed: their clients are not tested.\n',
  )
}
