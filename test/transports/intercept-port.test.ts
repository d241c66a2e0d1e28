import { createServer as createHttpServer, request as requestHttp } from 'node:http'
import { request } from 'node:https'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { jivoHosts } from '../../src/emulator/guard.js'
import { makeIdentity } from '../../src/transports/intercept/certificates.js'
import { type InterceptPort, openPort, type PortOptions } from '../../src/transports/intercept/intercept-port.js'
import type { RunningServer } from '../../src/transports/node-server.js'
import { id, startEmulator } from '../helpers/emulator.js'
import { serve } from '../helpers/server.js'

const identity = makeIdentity(jivoHosts, Date.now())
let emulator: Awaited<ReturnType<typeof startEmulator>>
let server: RunningServer
const none = { reached: new Set(), refused: new Set(), hungUp: new Set(), http2: new Set(), foreign: 0 }
/** Addresses that the app saw. */
const seen: string[] = []

beforeAll(async () => {
  emulator = await startEmulator()
  server = await serve(emulator, asked => {
    seen.push(asked.url)
    return emulator.fetch(asked)
  })
})

afterAll(async () => {
  await emulator.stop(0)
  await server.close()
})

const open = async (options: Partial<PortOptions> = {}): Promise<InterceptPort> => {
  const port = await openPort({ identity, hosts: jivoHosts, emulator: `http://127.0.0.1:${server.port}/`, route: () => null, ...options })
  onTestFinished(port.close)
  return port
}

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

/** What the port sends before it closes. */
const raw = (port: number, ...parts: readonly (string | Buffer)[]) =>
  new Promise<string>(resolve => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part)
    })
    socket.setEncoding('latin1').on('data', part => {
      text += part
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })

/** A tunnel that the port has opened. */
const tunnel = (port: number, target: string) =>
  new Promise<Socket>((resolve, reject) => {
    const asked = requestHttp({ host: '127.0.0.1', port, method: 'CONNECT', path: target, agent: false })
    asked.on('connect', (response, socket, head) => {
      if (response.statusCode !== 200) return reject(new Error(String(response.statusCode)))
      if (head.length > 0) socket.unshift(head)
      resolve(socket as Socket)
    })
    asked.on('error', reject)
    asked.end()
  })

const straight = (port: number, host: string, path: string) => ({
  host: '127.0.0.1',
  port,
  servername: host,
  ca: identity.authority,
  path,
  headers: { host },
  agent: false,
})

const get = (options: object) =>
  new Promise<{ status: number; text: string; headers: object }>((resolve, reject) => {
    const asked = request(options, response => {
      let text = ''
      response.setEncoding('utf8').on('data', part => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }))
    })
    asked.on('error', reject)
    asked.end()
  })

test.each(jivoHosts)('TLS for %s comes to the app under its own name and scheme', async host => {
  const { port, calls } = await open()
  const { status, headers } = await get(straight(port, host, '/widget/AbCdEfGhIj'))
  expect(status).toBe(200)
  expect(seen.at(-1)).toBe(`https://${host}/widget/AbCdEfGhIj`)
  // With it, an http page of the site would be upgraded for the rest of the profile.
  expect(headers).not.toHaveProperty('strict-transport-security')
  expect(calls).toEqual({ ...none, reached: new Set([host]) })
})

test('a tunnel to one of the hosts carries TLS, or what port 80 speaks', async () => {
  const { port } = await open()
  const socket = await tunnel(port, 'code.jivo.ru:443')
  const secure = { createConnection: () => connectTls({ socket, servername: 'code.jivo.ru', ca: identity.authority }) }
  expect(await get({ ...straight(port, 'code.jivo.ru', '/widget/AbCdEfGhIj'), ...secure })).toMatchObject({ status: 200 })
  expect(seen.at(-1)).toBe('https://code.jivo.ru/widget/AbCdEfGhIj')

  const plain = await tunnel(port, 'code.jivo.ru:80')
  plain.write('GET /widget/AbCdEfGhIj HTTP/1.1\r\nHost: code.jivo.ru\r\nConnection: close\r\n\r\n')
  const [first] = await plain.take(1).toArray()
  expect(String(first)).toMatch(/^HTTP\/1\.1 200 /)
  expect(seen.at(-1)).toBe('http://code.jivo.ru/widget/AbCdEfGhIj')
})

test('a page on https has its WebSocket', async () => {
  const { port } = await open()
  const socket = new WebSocket('wss://code.jivosite.com/widget/mAg88Rlsa9/socket', {
    origin: 'https://shop.example',
    createConnection: () => connectTls({ host: '127.0.0.1', port, servername: 'code.jivosite.com', ca: identity.authority }),
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const welcome = new Promise<string>(resolve => socket.once('message', data => resolve(String(data))))
  socket.send(JSON.stringify({ type: 'open', page: id('p', 1), key: id('k', 1), url: 'https://shop.example/', title: 'Shop', referrer: '', language: 'en' }))
  expect(JSON.parse(await welcome)).toMatchObject({ type: 'welcome' })
  const closed = new Promise(resolve => socket.once('close', resolve))
  socket.close()
  await closed
})

test('an absolute address over http comes to the app as well', async () => {
  const { port } = await open()
  expect(await raw(port, 'GET http://code.jivosite.com/widget/AbCdEfGhIj HTTP/1.1\r\nHost: code.jivosite.com\r\nConnection: close\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 200 /,
  )
  expect(seen.at(-1)).toBe('http://code.jivosite.com/widget/AbCdEfGhIj')
})

test('a tunnel to another host gives every byte as it is, both ways', async () => {
  const { port, calls } = await open()
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919) & 0xff))
  const got: Buffer[] = []
  const echo = createServer(socket => {
    socket.on('data', chunk => got.push(chunk))
    socket.pipe(socket)
  })
  const socket = await tunnel(port, `127.0.0.1:${await listening(echo)}`)
  socket.write(bytes)
  const back: Buffer[] = []
  let size = 0
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    back.push(chunk)
    size += chunk.length
    if (size >= bytes.length) break
  }
  expect(Buffer.concat(back).equals(bytes)).toBe(true)
  expect(Buffer.concat(got).equals(bytes)).toBe(true)
  expect(calls).toEqual({ ...none, foreign: 1 })
  socket.destroy()
})

test('a request to another host over http is passed on as it came, without what speaks of the connection', async () => {
  const { port } = await open()
  const heard: unknown[] = []
  const other = createHttpServer(async (asked, answer) => {
    let text = ''
    for await (const part of asked) text += part
    heard.push([asked.method, asked.url, asked.headers['x-own'], asked.headers['proxy-authorization'], text])
    answer.writeHead(201, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']).end('made')
  })
  const place = `127.0.0.1:${await listening(other)}`
  const answer = await raw(
    port,
    `POST http://${place}/orders?x=1 HTTP/1.1\r\nHost: ${place}\r\nX-Own: yes\r\nProxy-Authorization: Basic eA==\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc`,
  )
  expect(heard).toEqual([['POST', '/orders?x=1', 'yes', undefined, 'abc']])
  expect(answer).toMatch(/^HTTP\/1\.1 201 [\s\S]*Set-Cookie: a=1\r\nSet-Cookie: b=2[\s\S]*made/)
})

test("other hosts go through the user's own proxy, with its login", async () => {
  const asked: unknown[] = []
  const proxy = createHttpServer((heard, answer) => {
    asked.push([heard.url, heard.headers['proxy-authorization']])
    answer.end('from the proxy')
  })
  proxy.on('connect', (heard, socket) => {
    asked.push([heard.url, heard.headers['proxy-authorization']])
    socket.end('HTTP/1.1 200 OK\r\n\r\nthrough')
  })
  const upstream = { isSecure: false, host: '127.0.0.1', port: await listening(proxy), authorization: 'Basic YTpi' }
  const { port } = await open({ route: () => upstream })
  const socket = await tunnel(port, 'shop.example:443')
  expect(String((await socket.toArray())[0])).toBe('through')
  expect(await raw(port, 'GET http://shop.example/a HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n')).toContain('from the proxy')
  expect(asked).toEqual([
    ['shop.example:443', 'Basic YTpi'],
    ['http://shop.example/a', 'Basic YTpi'],
  ])
})

test.each([
  ['garbage', '\u0000\u0001\u0002garbage\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['a request as to a server', 'GET /widget/AbCdEfGhIj HTTP/1.1\r\nHost: code.jivosite.com\r\n\r\n', /^HTTP\/1\.1 400 [\s\S]*This port is a proxy/],
  ['an absolute address with https', 'GET https://code.jivosite.com/ HTTP/1.1\r\nHost: code.jivosite.com\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['a head without end', `GET http://code.jivosite.com/ HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`, /^HTTP\/1\.1 431 /],
  ['CONNECT without a port', 'CONNECT bot.jivosite.com HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['CONNECT to port 0', 'CONNECT bot.jivosite.com:0 HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['CONNECT to an address with a user', 'CONNECT me@bot.jivosite.com:443 HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['CONNECT to a path', 'CONNECT /webhooks HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['CONNECT to a port of Jivo that is none', 'CONNECT bot.jivosite.com:8443 HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 502 /],
  ['CONNECT to nobody', 'CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 502 [\s\S]*ECONNREFUSED/],
])('%s gets a clean answer, and the port goes on', async (_, text, answer) => {
  const { port } = await open()
  expect(await raw(port, text)).toMatch(answer)
  expect(await get(straight(port, 'bot.jivosite.com', '/'))).toMatchObject({ status: expect.any(Number) })
})

/** The beginning of a hello, which promises more than comes. */
const halfHello = Buffer.from('160301020001000001fc0303', 'hex')

test.each([
  ['nothing at all', []],
  ['half a hello', [halfHello]],
  ['half a head', ['GET http://code.jivosite.com/ HTTP/1.1\r\nHost: cod']],
  ['a tunnel and nothing in it', ['CONNECT bot.jivosite.com:443 HTTP/1.1\r\n\r\n']],
])('whoever sends %s is hung up on', async (_, parts) => {
  const { port, calls } = await open({ patience: 50 })
  await raw(port, ...parts)
  expect(calls).toEqual(none)
})

test('a name that was rebound to this machine gets no certificate', async () => {
  const { port, calls } = await open()
  await expect(get({ ...straight(port, 'evil.example', '/'), rejectUnauthorized: false })).rejects.toThrow()
  expect(calls.reached.size).toBe(0)
})

test('what the guard of the emulator refuses, it refuses behind TLS, too', async () => {
  const { port } = await open()
  expect(await get(straight(port, 'code.jivosite.com', '/_dev/state'))).toMatchObject({ status: 421 })
})

test('a client that does not trust the certificate is noted, and so is who hangs up before it asks', async () => {
  const { port, calls } = await open()
  await expect(get({ ...straight(port, 'bot.jivosite.com', '/'), ca: undefined })).rejects.toThrow()
  const socket = connectTls({ host: '127.0.0.1', port, servername: 'wh.jivosite.com', ca: identity.authority }, () => socket.end())
  await expect.poll(() => new Set([...calls.refused, ...calls.hungUp])).toEqual(new Set(['bot.jivosite.com', 'wh.jivosite.com']))
  expect(calls.hungUp).toContain('wh.jivosite.com')
  expect(calls.reached.size).toBe(0)
})

test('a client that offers HTTP/2 alone is noted as such', async () => {
  const { port, calls } = await open()
  const socket = connectTls({ host: '127.0.0.1', port, servername: 'bot.jivosite.com', ca: identity.authority, ALPNProtocols: ['h2'] })
  await expect(new Promise((_, reject) => socket.once('error', reject))).rejects.toThrow(/no application protocol/)
  await expect.poll(() => calls).toEqual({ ...none, http2: new Set(['bot.jivosite.com']) })
})

test('an emulator that is gone is named in the answer', async () => {
  const { port } = await open({ emulator: 'http://127.0.0.1:1/' })
  expect(await get(straight(port, 'bot.jivosite.com', '/'))).toMatchObject({
    status: 502,
    text: expect.stringContaining('The emulator at http://127.0.0.1:1/ does not answer'),
  })
})

test('closing ends what is open', async () => {
  const { port, close } = await openPort({ identity, hosts: jivoHosts, emulator: `http://127.0.0.1:${server.port}/`, route: () => null })
  const echo = createServer(socket => socket.pipe(socket))
  const socket = await tunnel(port, `127.0.0.1:${await listening(echo)}`)
  const ended = new Promise(resolve => socket.once('close', resolve))
  socket.on('error', () => {})
  await close()
  await ended
  await expect(tunnel(port, 'bot.jivosite.com:443')).rejects.toThrow('ECONNREFUSED')
})
