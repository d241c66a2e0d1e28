import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkAddress } from '../../src/checks/check-address.js'
import { checkCertificates, checkClock, checkNode, checkPort, checkProxies, checkSkew } from '../../src/checks/check-machine.js'
import { oldestNode } from '../../src/commands/doctor.js'

const verdicts = (results: readonly { name: string; verdict: string }[]) => results.map(({ name, verdict }) => `${name} ${verdict}`)

test('Node is as new as the package asks for', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(engines.node).toBe(`>=${oldestNode}`)
  for (const version of ['20.19.0', '20.20.2', 'v22.0.0', '100.0.0']) expect([version, checkNode(version, oldestNode).verdict]).toEqual([version, 'passed'])
  for (const version of ['20.18.3', '18.20.8', '9.99.0']) expect([version, checkNode(version, oldestNode).verdict]).toEqual([version, 'failed'])
})

test('a port is free, has an emulator, or is the problem of somebody who is named', () => {
  const owner = { name: 'nginx', pid: 812, isEmulator: false }
  expect(checkPort(7410, { kind: 'free' }).verdict).toBe('passed')
  expect(checkPort(7410, { kind: 'taken', owner: { ...owner, isEmulator: true } })).toMatchObject({
    verdict: 'passed',
    message: expect.stringContaining('812'),
  })
  expect(checkPort(65_535, { kind: 'taken', owner })).toMatchObject({
    verdict: 'failed',
    message: 'Port 65535 is in use by nginx (pid 812).',
    fix: expect.stringContaining('--port 0'),
  })
  expect(checkPort(7410, { kind: 'taken', owner: null })).toMatchObject({ verdict: 'failed', fix: 'Take another: jivo-dev emulate --port 7411' })
  expect(checkPort(80, { kind: 'forbidden', problem: 'no' }).verdict).toBe('failed')
})

test.each([
  [{}, ['proxy passed']],
  [{ HTTPS_PROXY: '' }, ['proxy passed']],
  [{ HTTPS_PROXY: 'http://proxy:3128' }, ['proxy warned']],
  [{ http_proxy: 'http://proxy:3128', NO_PROXY: 'localhost,127.0.0.1,::1', no_proxy: 'localhost 127.0.0.1 ::1' }, ['proxy passed']],
  [{ http_proxy: 'http://proxy:3128', NO_PROXY: 'localhost,127.0.0.1,::1' }, ['proxy warned']],
  [{ ALL_PROXY: 'socks5://proxy', NO_PROXY: '*', no_proxy: '*' }, ['proxy passed']],
])('variables %o: %o', (env, expected) => {
  expect(verdicts(checkProxies(env, []))).toEqual(expected)
})

test('a password of a proxy is not shown, and the mended list keeps what was there', () => {
  const [found] = checkProxies({ HTTPS_PROXY: 'http://user:word@proxy:3128', NO_PROXY: 'db.local', no_proxy: 'localhost,127.0.0.1,::1' }, [])
  expect(found?.message).toBe('HTTPS_PROXY=http://…@proxy:3128, and NO_PROXY does not exempt loopback: programs send calls of this machine to the proxy.')
  expect(found?.fix).toBe('export NO_PROXY=localhost,127.0.0.1,::1,db.local')
})

test('variables of certificates name files that can be read', () => {
  const isThere = (path: string) => path === '/there.pem'
  expect(verdicts(checkCertificates({}, isThere))).toEqual(['certificates passed'])
  expect(verdicts(checkCertificates({ SSL_CERT_FILE: '/there.pem' }, isThere))).toEqual(['certificates passed'])
  expect(checkCertificates({ SSL_CERT_FILE: '/there.pem', NODE_EXTRA_CA_CERTS: '/gone.pem' }, isThere)).toMatchObject([
    { verdict: 'failed', message: 'NODE_EXTRA_CA_CERTS names /gone.pem, which cannot be read.', fix: 'Mend the path, or  unset NODE_EXTRA_CA_CERTS' },
  ])
  expect(verdicts(checkCertificates({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, isThere))).toEqual(['certificates warned'])
})

const noon = Date.UTC(2026, 10, 28, 12)

test.each([
  ['the same second', noon + 500, 'passed'],
  ['within a second of network', noon - 400, 'passed'],
  ['a little behind', noon - 20_000, 'warned'],
  ['a little ahead', noon + 20_000, 'warned'],
  ['an hour behind', noon - 3_600_000, 'failed'],
  ['an hour ahead', noon + 3_600_000, 'failed'],
])('a clock %s of the server', (_, now, verdict) => {
  expect(checkSkew({ before: now, after: now + 10, date: new Date(noon).toUTCString(), from: 'shop.test' })).toMatchObject({ name: 'clock', verdict })
})

test('a clock is judged by itself when no answer has a date', () => {
  expect(checkSkew({ before: noon, after: noon, date: null, from: '' })).toBeNull()
  expect(checkSkew({ before: noon, after: noon, date: 'yesterday', from: '' })).toBeNull()
  expect(checkClock(noon, 52, 50).verdict).toBe('passed')
  expect(checkClock(noon, -3_600_000, 50)).toMatchObject({ verdict: 'warned', message: 'The clock jumped by -3600050 ms while it was watched.' })
  expect(checkClock(0, 50, 50).verdict).toBe('failed')
})

const answered = (status: number) => ({ kind: 'answered', status, contentType: '', body: '' }) as const

test.each([
  [answered(200), undefined, 'passed'],
  [answered(401), undefined, 'passed'],
  [answered(405), undefined, 'passed'],
  [answered(404), undefined, 'warned'],
  [answered(503), undefined, 'warned'],
  [answered(301), 'https://shop.test/jivo', 'failed'],
  [{ kind: 'no-answer', reason: 'refused', message: 'Connection refused.' } as const, undefined, 'failed'],
  [{ kind: 'no-answer', reason: 'reset', message: 'Closed.' } as const, undefined, 'failed'],
])('a server that answers a GET with %o', (result, location, verdict) => {
  const found = checkAddress('http://shop.test/', result, location, 12)
  expect(found.verdict).toBe(verdict)
  expect(found.fix === '').toBe(verdict === 'passed')
  if (location !== undefined) expect(found.message).toContain(location)
})
