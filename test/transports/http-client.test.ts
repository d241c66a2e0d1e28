import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createHttpClient } from '../../src/transports/http/http-client.js'
import { startReceiver, zoo } from '../helpers/receiver.js'

const client = createHttpClient()
afterEach(() => client.close())

const post = (url: string, timeout = 5_000) => client.request({ url, body: '{"event_name":"x"}', timeout, headers: { 'content-type': 'application/json' } })

test('an answer comes back with its status, type, body and timing', async () => {
  await using receiver = await startReceiver()
  const { result, timing } = await post(receiver.url)
  expect(result).toEqual({ kind: 'answered', status: 200, contentType: 'application/json', body: '{"result":"ok"}' })
  expect(timing.connect).toBeGreaterThanOrEqual(0)
  expect(timing.total).toBeGreaterThanOrEqual(timing.firstByte ?? Number.NaN)
  expect(receiver.received[0]).toMatchObject({ text: '{"event_name":"x"}', headers: { 'content-type': 'application/json' } })
})

test('a second request uses the same connection, so it has no time of connecting', async () => {
  await using receiver = await startReceiver()
  await post(receiver.url)
  // The client hands a connection on after a turn of the loop.
  await new Promise(resolve => setTimeout(resolve))
  await new Promise(resolve => setImmediate(resolve))
  expect((await post(receiver.url)).timing).toMatchObject({ dns: null, connect: null })
})

test('a name is looked up, and the look-up has its own time', async () => {
  await using receiver = await startReceiver()
  const { result, timing } = await post(receiver.url.replace('127.0.0.1', 'localhost'))
  expect(result).toMatchObject({ status: 200 })
  expect(timing.dns).toBeGreaterThanOrEqual(0)
})

test.each([
  ['a server error with HTML', zoo.html500, { kind: 'answered', status: 500, contentType: 'text/html', body: '<h1>TypeError</h1>' }],
  ['an empty answer', zoo.empty, { kind: 'answered', status: 200, contentType: '', body: '' }],
  ['a redirect, which is not followed', zoo.redirect, { kind: 'answered', status: 302 }],
  ['a connection that is cut', zoo.reset, { kind: 'no-answer', reason: 'reset', message: expect.stringContaining('closed the connection') }],
])('%s is a result', async (_, answer, expected) => {
  await using receiver = await startReceiver(answer)
  expect((await post(receiver.url)).result).toMatchObject(expected)
  expect(receiver.received.map(({ path }) => path)).toEqual(['/jivo'])
})

test('a server that never answers is given up in time', async () => {
  await using receiver = await startReceiver(zoo.never)
  expect((await post(receiver.url, 50)).result).toEqual({ kind: 'no-answer', reason: 'timeout', message: 'No answer from 127.0.0.1 in 50 ms.' })
})

test('reading stops at 1 MiB', async () => {
  await using receiver = await startReceiver(zoo.huge)
  const { result } = await post(receiver.url)
  expect(result).toMatchObject({ kind: 'answered', status: 200, truncated: true })
  expect(result.kind === 'answered' ? result.body.length : 0).toBe(1024 * 1024)
})

test('a port where nobody listens refuses, and the message names it', async () => {
  const receiver = await startReceiver()
  await receiver[Symbol.asyncDispose]()
  const { result } = await post(receiver.url)
  expect(result).toMatchObject({ kind: 'no-answer', reason: 'refused', message: expect.stringContaining(new URL(receiver.url).host) })
})

test('a server that does not speak HTTP is named as such', async () => {
  const server = createServer(socket => socket.end('220 mail.example ESMTP\r\n'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { result } = await post(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  server.close()
  expect(result).toMatchObject({ kind: 'no-answer', reason: 'protocol' })
})

test('a server without TLS behind an https address is named as such', async () => {
  await using receiver = await startReceiver()
  expect((await post(receiver.url.replace('http:', 'https:'))).result).toMatchObject({ kind: 'no-answer', reason: 'tls' })
})

test('a name without an address is named', async () => {
  expect((await post('http://nobody.invalid/')).result).toMatchObject({ reason: 'dns', message: expect.stringContaining('nobody.invalid') })
})

test.each([
  'http://169.254.169.254/latest/meta-data/',
  'http://[fe80::1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[2002:a9fe:a9fe::1]/',
  'http://[::a9fe:a9fe]/',
  'http://[fd00:ec2::254]/',
  'http://100.100.100.200/',
  'http://2852039166/',
  'http://0xa9fea9fe/',
])('nothing is ever sent to %s', async url => {
  expect((await post(url)).result).toMatchObject({ kind: 'no-answer', reason: 'blocked' })
})

test('a stop ends a request at once', async () => {
  await using receiver = await startReceiver(zoo.never)
  const stop = new AbortController()
  const pending = client.request({ url: receiver.url, body: '{}', timeout: 60_000, signal: stop.signal })
  await receiver.wait(() => true)
  stop.abort()
  expect((await pending).result).toMatchObject({ kind: 'no-answer', message: 'The sender was stopped.' })
})

test('user and password of an address become basic authorization', async () => {
  await using receiver = await startReceiver()
  await post(receiver.url.replace('http://', 'http://vera:kettle@'))
  expect(receiver.received[0]?.headers.authorization).toBe(`Basic ${btoa('vera:kettle')}`)
})

test('a header in Latin-1 goes out as it is, and the body stays UTF-8', async () => {
  await using receiver = await startReceiver()
  await client.request({ url: receiver.url, body: '{"event_name":"Вера"}', timeout: 5_000, headers: { 'x-name': 'Zoë' } })
  expect(receiver.received[0]).toMatchObject({ headers: { 'x-name': 'Zoë' }, text: '{"event_name":"Вера"}' })
})

test.each(['a\r\nb: c', 'a\nb', 'Вера'])('a header that would break the request is refused: %j', async value => {
  await using receiver = await startReceiver()
  const { result } = await client.request({ url: receiver.url, body: '{}', timeout: 5_000, headers: { 'x-name': value } })
  expect(result).toMatchObject({ kind: 'no-answer', reason: 'other', message: expect.stringContaining('x-name') })
  expect(receiver.received).toEqual([])
})

test('requests over the number of connections wait for one, and each has its own answer', async () => {
  await using receiver = await startReceiver((response, { text }) => response.setHeader('content-type', 'application/json').end(text))
  const few = createHttpClient({ connections: 3 })
  const bodies = Array.from({ length: 40 }, (_, number) => `{"event_name":"x","number":${number}}`)
  const answers = await Promise.all(bodies.map(body => few.request({ url: receiver.url, body, timeout: 5_000 })))
  await few.close()
  expect(answers.map(({ result }) => result.kind === 'answered' && result.body)).toEqual(bodies)
})

test('a body goes out with its length ahead of it, or as a chunk, over one connection', async () => {
  await using receiver = await startReceiver()
  const body = '{"event_name":"Вера"}'
  for (const headers of [{}, { 'Transfer-Encoding': 'Chunked' }, {}]) await client.request({ url: receiver.url, body, timeout: 5_000, headers })
  await client.request({ url: receiver.url, body: '', timeout: 5_000, headers: { 'transfer-encoding': 'chunked' } })
  expect(receiver.received.map(({ headers, text }) => [headers['content-length'], headers['transfer-encoding'], text])).toEqual([
    ['25', undefined, body],
    [undefined, 'Chunked', body],
    ['25', undefined, body],
    [undefined, 'chunked', ''],
  ])
})
