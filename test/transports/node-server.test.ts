import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { RunningServer } from '../../src/transports/node-server.js'
import { id, startEmulator, type TestEmulator } from '../helpers/emulator.js'
import { serve } from '../helpers/server.js'

let emulator: TestEmulator
let server: RunningServer

beforeEach(async () => {
  emulator = await startEmulator()
  server = await serve(emulator)
})

afterEach(async () => {
  await emulator.stop(0)
  await server.close()
})

/** Sends bytes as they are, and returns all that comes back. */
const raw = (text: string) =>
  new Promise<string>((resolve, reject) => {
    let answer = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8').on('data', chunk => {
      answer += chunk
    })
    socket.on('end', () => resolve(answer)).on('error', reject)
  })

const get = (path: string, headers: Record<string, string>) =>
  raw(
    `GET ${path} HTTP/1.1\r\n${Object.entries({ Connection: 'close', ...headers })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  )

test('a name that was rebound to this machine gets 421 and nothing else', async () => {
  const answer = await get('/_dev/state', { Host: 'evil.example' })
  expect(answer).toMatch(/^HTTP\/1\.1 421 /)
  expect(answer).not.toContain('publicId')
})

test('a page of another origin gets neither the state nor the stream, and no permission in the headers', async () => {
  for (const path of ['/_dev/state', '/_dev/events', '/console']) {
    const answer = await get(path, { Host: '127.0.0.1', Origin: 'http://localhost:3000', Accept: 'text/event-stream' })
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(answer.toLowerCase()).not.toContain('access-control')
  }
})

test('ready names the emulator and its process', async () => {
  const response = await fetch(`http://127.0.0.1:${server.port}/_dev/ready`)
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ ready: true, name: 'jivo-dev', version: 'test', pid: 1 })
})

test('a preflight for a control route is refused', async () => {
  const answer = await raw(
    'OPTIONS /_dev/fire HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n',
  )
  expect(answer).toMatch(/^HTTP\/1\.1 403 /)
})

test.each([
  ['bytes that are not HTTP', '\u0000\u0001garbage\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['headers without end', `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
  ['a malformed host', 'GET / HTTP/1.1\r\nHost: [::1\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['an absolute target', 'GET http://127.0.0.1/_dev/state HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
])('%s get a clean answer and the server goes on', async (_, text, status) => {
  expect(await raw(text)).toMatch(status)
  expect(await get('/_dev/ready', { Host: '127.0.0.1' })).toMatch(/^HTTP\/1\.1 200 /)
  expect(emulator.errors).toEqual([])
})

test('a body that is longer than 1 MiB is refused while it is sent in chunks, too', async () => {
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
  const answer = await raw(
    `POST /_dev/fire HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk.repeat(17)}0\r\n\r\n`,
  )
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
})

const dial = (path: string, headers: Record<string, string> = {}) => new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })

const outcome = (socket: WebSocket) =>
  new Promise<string>(resolve => {
    socket.on('open', () => resolve('open'))
    socket.on('unexpected-response', (_, response) => resolve(String(response.statusCode)))
    socket.on('error', () => resolve('error'))
  })

test('a page of any site may open its own connection, and is answered there', async () => {
  const socket = dial('/widget/mAg88Rlsa9/socket', { Origin: 'https://shop.example' })
  expect(await outcome(socket)).toBe('open')
  const message = new Promise<string>(resolve => socket.once('message', data => resolve(String(data))))
  socket.send(JSON.stringify({ type: 'open', page: id('p', 1), key: id('k', 1), url: 'https://shop.example/', title: 'Shop', referrer: '', language: 'en' }))
  expect(JSON.parse(await message)).toMatchObject({ type: 'welcome', visitor: 1, mode: 'online' })
  const closed = new Promise(resolve => socket.once('close', resolve))
  socket.close()
  await closed
})

test.each([
  ['a foreign host', '/widget/mAg88Rlsa9/socket', { Host: 'evil.example' }, '421'],
  ['an unknown path', '/elsewhere', {}, '404'],
  ['a control route from another origin', '/_dev/events', { Origin: 'http://evil.example' }, '403'],
])('no connection is opened for %s', async (_, path, headers, status) => {
  expect(await outcome(dial(path, headers))).toBe(status)
})

test('a frame of more than 1 MiB ends the connection, and the server goes on', async () => {
  const socket = dial('/widget/mAg88Rlsa9/socket')
  await outcome(socket)
  const closed = new Promise<number>(resolve => socket.once('close', resolve))
  socket.on('error', () => {})
  socket.send('x'.repeat(1024 * 1024 + 1))
  expect(await closed).toBe(1009)
  expect(emulator.errors).toEqual([])
})

test("as the proxy of Jivo's hosts it serves the widget and nothing else", async () => {
  const through = (url: string) => raw(`GET ${url} HTTP/1.1\r\nHost: code.jivosite.com\r\nConnection: close\r\n\r\n`)
  const config = await through('http://code.jivosite.com/script/widget/config/mAg88Rlsa9')
  expect(config).toMatch(/^HTTP\/1\.1 200 /)
  expect(config).toContain('"base_url":"//code.jivosite.com"')
  expect(await through('http://code.jivosite.com:80/_dev/state')).toMatch(/^HTTP\/1\.1 421 /)
  expect(await through('http://code.jivosite.com/_dev/ready')).toMatch(/^HTTP\/1\.1 421 /)
  expect(await through('http://shop.test/')).toMatch(/^HTTP\/1\.1 400 /)
})

test("a tunnel to one of Jivo's hosts ends in the emulator, and no other tunnel is opened", async () => {
  const tunnel = (to: string, inside: string) => raw(`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n\r\n${inside}`)
  const inside = 'GET /widget/status/700011/mAg88Rlsa9 HTTP/1.1\r\nHost: code.jivo.ru\r\nConnection: close\r\n\r\n'
  expect(await tunnel('code.jivo.ru:80', inside)).toMatch(/^HTTP\/1\.1 200 Connection Established\r\n\r\nHTTP\/1\.1 200 OK.*"agents":\[6001,6002,6003\]/s)
  expect(await tunnel('code.jivo.ru:443', '')).toMatch(/^HTTP\/1\.1 501 /)
  expect(await tunnel('shop.test:80', '')).toMatch(/^HTTP\/1\.1 403 /)
  expect(await tunnel('nonsense', '')).toMatch(/^HTTP\/1\.1 403 /)
})
