import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type GuardOptions, guard } from '../../src/emulator/guard.js'

const closed: GuardOptions = { hosts: ['127.0.0.1'], isOpen: false, token: null }
const open: GuardOptions = { hosts: ['0.0.0.0', 'dev.lan'], isOpen: true, token: 'c0ffee' }
const ask = (target: string, headers: Record<string, string>, options = closed, method = 'GET') => guard(options, { method, target, headers })

test.each(['127.0.0.1:7410', 'localhost', 'LOCALHOST:1', '[::1]:7410', 'shop.localhost:7410', '127.8.9.10'])('the loopback name %s is let in', host => {
  expect(ask('/_dev/state', { host })).toMatchObject({ allow: true })
})

test.each(['evil.example', '10.0.0.5:7410', 'localhost.evil.example', '127.0.0.1.evil.example', '169.254.169.254'])('the name %s is misdirected', host => {
  expect(ask('/_dev/state', { host })).toMatchObject({ allow: false, status: 421 })
  expect(ask('/', { host })).toMatchObject({ allow: false, status: 421 })
  expect(ask('/widget/mAg88Rlsa9', { host })).toMatchObject({ allow: false, status: 421 })
})

test.each(['', '[::1', 'a b', 'evil.example/..', '127.0.0.1:port', 'x'.repeat(300)])('the malformed host "%s" is a bad request', host => {
  expect(ask('/', { host })).toMatchObject({ allow: false, status: 400 })
})

test("Jivo's own host names reach the widget and nothing else", () => {
  expect(ask('/widget/AbCdEfGhIj', { host: 'code.jivosite.com' })).toMatchObject({ allow: true, zone: 'widget' })
  expect(ask('/_dev/state', { host: 'code.jivosite.com' })).toMatchObject({ status: 421 })
  expect(ask('/', { host: 'code.jivosite.com' })).toMatchObject({ status: 421, message: expect.stringContaining('answers to addresses of the widget') })
})

test('addresses of the Chat API may be asked for by any page and under its own host, and nothing of ours is one', () => {
  const foreign = { host: 'wh.jivosite.com', origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' }
  for (const path of ['/any/AbCdEfGhIj', '/any/AbCdEfGhIj/status', '/-/AbCdEfGhIj?x=1']) expect(ask(path, foreign)).toMatchObject({ allow: true, zone: 'api' })
  const page = { ...foreign, host: '127.0.0.1:7410' }
  for (const path of [
    '/_dev/AbCdEfGhIj',
    '/%5fdev/AbCdEfGhIj',
    '/console/AbCdEfGhIj',
    '/playground/AbCdEfGhIj/status',
    '/any/AbCdEfGhI',
    '/any/AbCdEfGhIj/x',
  ]) {
    expect(ask(path, page)).toMatchObject({ allow: false, status: 403 })
  }
})

const host = '127.0.0.1:7410'

test.each(['http://evil.example', 'null', 'http://127.0.0.1:3000', 'http://localhost:7410', 'https://127.0.0.1:7410.evil.example'])(
  'a page of %s may not use the control routes',
  origin => {
    expect(ask('/_dev/fire', { host, origin }, closed, 'POST')).toMatchObject({ allow: false, status: 403 })
    expect(ask('/_dev/events', { host, origin })).toMatchObject({ allow: false, status: 403 })
    expect(ask('/console', { host, origin })).toMatchObject({ allow: false, status: 403 })
  },
)

test('the console itself and tools without an origin may use the control routes', () => {
  expect(ask('/_dev/fire', { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }, closed, 'POST')).toMatchObject({ allow: true })
  expect(ask('/_dev/state', { host })).toMatchObject({ allow: true })
})

test('a request that the browser calls cross-site or same-site may not use the control routes', () => {
  for (const site of ['cross-site', 'same-site']) expect(ask('/_dev/state', { host, 'sec-fetch-site': site })).toMatchObject({ status: 403 })
})

test('a link from another site may open the console and the playground, but not a control route', () => {
  const link = { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
  expect(ask('/playground', link)).toMatchObject({ allow: true })
  expect(ask('/console', link)).toMatchObject({ allow: true })
  expect(ask('/_dev/state', link)).toMatchObject({ status: 403 })
})

test("any page may have the widget's routes", () => {
  expect(ask('/widget/mAg88Rlsa9/socket', { host, origin: 'https://shop.example' })).toMatchObject({ allow: true })
})

test.each(['/widget/../_dev/state', '/widget/%2e%2e/_dev/state', '/widget/..\\_dev', 'http://127.0.0.1/_dev/state', '/widget/./x'])(
  'the path %s is a bad request',
  target => {
    expect(ask(target, { host })).toMatchObject({ allow: false, status: 400 })
  },
)

test('beyond loopback the console and the control routes want the token, the widget and the shop do not', () => {
  const headers = { host: '192.168.1.5:7410' }
  expect(ask('/_dev/state', headers, open)).toMatchObject({ allow: false, status: 401 })
  expect(ask('/console', headers, open)).toMatchObject({ allow: false, status: 401 })
  expect(ask('/_dev/state', { ...headers, authorization: 'Bearer wrong!' }, open)).toMatchObject({ status: 401 })
  expect(ask('/_dev/state', { ...headers, authorization: 'Bearer c0ffee' }, open)).toMatchObject({ allow: true })
  expect(ask('/_dev/state', { ...headers, cookie: 'a=b; jivo_dev_token=c0ffee' }, open)).toMatchObject({ allow: true })
  expect(ask('/widget/mAg88Rlsa9', headers, open)).toMatchObject({ allow: true })
  expect(ask('/', headers, open)).toMatchObject({ allow: true })
})

test('the token in the address of the console or the playground moves into a cookie that scripts cannot read', () => {
  expect(ask('/console?token=c0ffee', { host: 'dev.lan' }, open)).toMatchObject({
    status: 303,
    location: '/console',
    cookie: expect.stringMatching(/^jivo_dev_token=c0ffee;.*HttpOnly; SameSite=Strict$/),
  })
  expect(ask('/playground?token=c0ffee', { host: 'dev.lan' }, open)).toMatchObject({ status: 303, location: '/playground' })
  expect(ask('/console?token=guess', { host: 'dev.lan' }, open)).toMatchObject({ status: 401 })
})

test('beyond loopback addresses and the names that were given are let in, other names are not', () => {
  expect(ask('/', { host: 'dev.lan:7410' }, open)).toMatchObject({ allow: true })
  expect(ask('/', { host: '[fe80::1]:7410' }, open)).toMatchObject({ allow: true })
  expect(ask('/', { host: 'rebound.example' }, open)).toMatchObject({ status: 421 })
})

test('no header and no path makes the guard throw, and no foreign host gets in', () => {
  const weird = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('[', ']', ':', '::1', '%', 'http://', 'null', '127.0.0.1:99999'))
  fc.assert(
    fc.property(weird, weird, weird, fc.constantFrom('/', '/_dev/state', '/console', '/widget/x'), (hostHeader, origin, cookie, prefix) => {
      const verdict = ask(prefix + cookie, { host: hostHeader, origin, cookie, authorization: cookie }, open, 'POST')
      if (!verdict.allow) return
      expect(hostHeader.toLowerCase()).toMatch(
        /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[[0-9a-f:.]+\]|\d{1,3}(\.\d{1,3}){3}|0\.0\.0\.0|dev\.lan)\.?(:\d+)?$/,
      )
      expect(verdict.zone).not.toBe('control')
    }),
    { numRuns: 20_000 },
  )
})
