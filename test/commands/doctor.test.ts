import { expect, test } from 'vitest'
import { jivoHosts } from '../../src/emulator/guard.js'
import { emulate, run, temporaryFolder } from '../helpers/cli.js'
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
