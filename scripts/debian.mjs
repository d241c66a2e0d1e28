// Programs that tests skip without. CI, where nothing should be skipped, gets those that are missing from Debian.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Debian's packages, and a command that works where one is there. */
const packages = {
  openssl: ['openssl', 'version'],
  tmux: ['tmux', '-V'],
  curl: ['curl', '--version'],
  wget: ['wget', '--version'],
  'php-cli': ['php', '--version'],
  'php-curl': ['php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);'],
  ruby: ['ruby', '-ropenssl', '-e', '0'],
  'golang-go': ['go', 'version'],
  'default-jdk-headless': ['javac', '-version'],
  python3: ['/usr/bin/python3', '--version'],
  'python3-requests': ['/usr/bin/python3', '-c', 'import requests'],
  'python3-httpx': ['/usr/bin/python3', '-c', 'import httpx'],
  'python3-aiohttp': ['/usr/bin/python3', '-c', 'import aiohttp'],
}

/** Packages whose programs are not here. */
export const missingPackages = () =>
  Object.entries(packages)
    .filter(([, [program, ...args]]) => spawnSync(program, args, { stdio: 'ignore' }).status !== 0)
    .map(([name]) => name)

/** Installs what can be, where this is root on a Debian: together, or each by itself where one of them is not to be had. */
export const fromDebian = names => {
  if (names.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  process.stderr.write(`Installing ${names.join(', ')} from Debian…\n`)
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 10 * 60_000 })
      .status === 0
  const install = (...some) => apt('install', '-y', '--no-install-recommends', ...some)
  if (apt('update') && !install(...names)) for (const name of names) install(name)
}
