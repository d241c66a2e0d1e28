import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { jivoHosts } from '../../src/emulator/guard.js'
import { makeIdentity } from '../../src/transports/intercept/certificates.js'
import { emulate, run, temporaryFolder } from '../helpers/cli.js'
import { missing } from '../helpers/example.js'
import { startReceiver } from '../helpers/receiver.js'

/** Nothing of the machine that runs the tests. */
const env = Object.fromEntries(
  [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'SSL_CERT_FILE',
    'CURL_CA_BUNDLE',
    'REQUESTS_CA_BUNDLE',
    'NODE_EXTRA_CA_CERTS',
    'GIT_SSL_CAINFO',
    'DENO_CERT',
  ].flatMap(name => [
    [name, ''],
    [name.toLowerCase(), ''],
  ]),
)

const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))

test('a machine in order has nothing to mend, and the port may be that of an emulator', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  const { code, stdout } = await run(['doctor', '--port', new URL(emulator.url).port, '--to', emulator.url], { cwd: folder.path, env })
  expect([code, stdout]).toEqual([0, expect.stringContaining(`pid ${emulator.pid}`)])
  expect(stdout).toMatch(/✔ clock .* The clock agrees with 127\.0\.0\.1:\d+/)
  expect(stdout).toMatch(/6 passed in /)
})

test('what is wrong has a fix each, and the exit code says so', async () => {
  using folder = temporaryFolder()
  await using site = await startReceiver((response, { path }) => {
    if (path === '/jivo') response.writeHead(302, { location: '/shop' }).end()
    else response.writeHead(200, { 'content-type': 'text/html' }).end('<script src="http://codesand.jivosite.ru/widget/AbCdEfGhIj"></script>')
  })
  const port = new URL(site.url).port
  const { code, stdout } = await run(['doctor', '--port', port, '--to', site.url, '--site', site.url, '--json'], {
    cwd: folder.path,
    env: { ...env, HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '.jivosite.com', SSL_CERT_FILE: 'no.pem' },
  })
  const lines = linesOf(stdout)
  expect(code).toBe(1)
  expect(lines.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
    'node passed',
    'port failed',
    'proxy warned',
    'no-proxy warned',
    'certificates failed',
    'address failed',
    'clock passed',
    'page passed',
    'snippet failed',
    'widget-id passed',
    'scheme passed',
    'policy passed',
    'undefined undefined',
  ])
  expect(lines.at(-1)).toMatchObject({ type: 'doctor.summary', failed: 4, warned: 2 })
  for (const { verdict, fix } of lines.slice(0, -1)) expect(fix === '').toBe(verdict === 'passed')
  // The page that a browser ends at.
  expect(lines[7].message).toBe(`http://127.0.0.1:${port}/shop is a page.`)
})

test('the lines for the hosts file are data, what to do with them is talk', async () => {
  using folder = temporaryFolder()
  const { code, stdout, stderr } = await run(['doctor', 'hosts'], { cwd: folder.path })
  expect(code).toBe(0)
  expect(stdout).toBe(jivoHosts.map(host => `127.0.0.1 ${host} # jivo-dev\n`).join(''))
  expect(stderr).toContain('hosts')
  const json = await run(['doctor', 'hosts', '--json'], { cwd: folder.path })
  expect([JSON.parse(json.stdout).lines.length, json.stderr]).toEqual([jivoHosts.length, ''])
})

/** The line about the runtime, and the exit code. */
const runtimeOf = async (words: readonly string[], more: Record<string, string> = {}) => {
  using folder = temporaryFolder()
  const { code, stdout, stderr } = await run(['doctor', '--json', '--', ...words], { cwd: folder.path, env: { ...env, ...more } })
  const found = stdout === '' ? { message: stderr } : linesOf(stdout).find(({ name }) => name === 'runtime')
  return { code, ...found } as { code: number; verdict: string; message: string; fix: string }
}

const python = missing(['python3', '--version'], 'python3')
const curl = missing(['curl', '--version'], 'curl')
for (const reason of [python, curl]) if (reason !== null) console.warn(`Its part of the tests of doctor is skipped: ${reason}.`)

test('the runtime of a command is tried, whatever starts it, and the command is not run', async () => {
  using folder = temporaryFolder()
  const trace = join(folder.path, 'trace')
  const tried = await runtimeOf([process.execPath, '-e', `require('fs').writeFileSync(${JSON.stringify(trace)}, '')`])
  expect(tried).toMatchObject({ verdict: 'passed', message: 'Under jivo-dev exec, node reaches the emulator as bot.jivosite.com and trusts it (node:https).' })
  expect(existsSync(trace)).toBe(false)
  expect(await runtimeOf(['npm', 'test'])).toMatchObject({ verdict: 'passed' })
  expect(await runtimeOf(['someprogram'])).toMatchObject({ verdict: 'skipped', fix: expect.stringContaining('jivo-dev exec -- someprogram') })
  expect(await runtimeOf(['node99/bin/node', 'app.js'])).toMatchObject({ code: 1, verdict: 'failed', message: 'There is no program node.' })
})

test.skipIf(python !== null)('what takes the settings away from a runtime is found out, and said', async () => {
  expect(await runtimeOf(['python3', 'bot.py'])).toMatchObject({ verdict: 'passed' })
  expect(await runtimeOf(['sh', '-c', 'python3 bot.py'])).toMatchObject({ verdict: 'passed' })
  expect(await runtimeOf(['env', '-i', `PATH=${process.env.PATH}`, 'python3', 'bot.py'])).toMatchObject({
    code: 1,
    verdict: 'failed',
    message: expect.stringContaining('no call of python3 came to the emulator'),
    fix: expect.stringContaining('env -i, sudo and su take the variables away'),
  })
})

test.skipIf(curl !== null || process.platform === 'win32')('a client that trusts nobody else is told from one that calls nobody', async () => {
  using folder = temporaryFolder()
  const program = (name: string, script: string) => {
    writeFileSync(join(folder.path, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    return join(folder.path, name)
  }
  writeFileSync(join(folder.path, 'other.pem'), makeIdentity(['elsewhere.example'], Date.now()).authority)
  const pinned = program('ruby', `exec curl -sS --cacert ${join(folder.path, 'other.pem')} https://bot.jivosite.com/`)
  expect(await runtimeOf([pinned, 'bot.rb'])).toMatchObject({ verdict: 'failed', message: expect.stringContaining('refused its certificate') })
  expect(await runtimeOf([program('php', 'echo "no network" >&2'), 'bot.php'])).toMatchObject({
    verdict: 'failed',
    message: expect.stringMatching(/no call of php came to the emulator .* It said: no network$/),
    fix: expect.stringContaining('made no call to Jivo'),
  })
})

/** What each makes sure of the program is the same: one test holds for all that are installed. */
const others: readonly (readonly [words: readonly string[], check: readonly string[]])[] = [
  [
    ['php', 'artisan', 'serve'],
    ['php', '--version'],
  ],
  [
    ['bundle', 'exec', 'rails'],
    ['ruby', '--version'],
  ],
  [
    ['go', 'run', '.'],
    ['go', 'version'],
  ],
  [
    ['java', '-jar', 'bot.jar'],
    ['javac', '-version'],
  ],
  [
    ['curl', 'https://bot.jivosite.com/'],
    ['curl', '--version'],
  ],
  [
    ['wget', 'https://bot.jivosite.com/'],
    ['wget', '--version'],
  ],
]
const installed = others.filter(([[program = ''], check]) => {
  const reason = missing(check, check[0] ?? '')
  if (reason !== null) console.warn(`The probe of doctor for ${program} is skipped: ${reason}.`)
  return reason === null
})

test('every runtime that is installed reaches the emulator and trusts it', { timeout: 60_000 }, async () => {
  const tried = await Promise.all(installed.map(async ([words]) => ({ words, ...(await runtimeOf(words)) })))
  expect(tried.filter(({ verdict }) => verdict !== 'passed')).toEqual([])
})
