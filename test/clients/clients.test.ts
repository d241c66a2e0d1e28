import { mkdirSync, writeFileSync } from 'node:fs'
import type { Server as HttpServer } from 'node:http'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeIdentity } from '../../src/transports/intercept/certificates.js'
import { emulate, run, temporaryFolder } from '../helpers/cli.js'
import { eventsAt, stateAt } from '../helpers/control.js'
import { startReceiver } from '../helpers/receiver.js'
import { programs } from './programs.js'

const known = programs()
for (const { name, missing } of known) if (missing !== null) console.warn(`${name} is skipped: ${missing}.`)

const folder = temporaryFolder()
const runAll = fileURLToPath(new URL('run-all.mjs', import.meta.url))

/** A host of the developer's that has nothing to do with Jivo, under an authority of its own. */
const startShop = async () => {
  const identity = makeIdentity(['shop.test', 'localhost'], Date.now())
  const server = createHttpsServer({ key: identity.key, cert: identity.leaf }, (_, response) => response.end('the shop itself\n'))
  return { authority: identity.authority, server, port: await listening(server) }
}

/** The proxy that a company wants everybody to use. It knows where `shop.test` is, and nobody else does. */
const startCompanyProxy = async (shopPort: number) => {
  const asked: string[] = []
  const server = createHttpServer()
  server.on('connect', (request, socket, head) => {
    asked.push(request.url ?? '')
    if (request.url !== 'shop.test:443') return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    const shop = connect(shopPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      if (head.length > 0) shop.write(head)
      socket.pipe(shop).pipe(socket)
    })
    for (const end of [shop, socket]) end.on('error', () => end.destroy())
  })
  return { asked, server, port: await listening(server) }
}

const listening = (server: HttpServer) => new Promise<number>(resolve => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

/** Nothing of this machine's own: a list of the names that say where the proxies and the roots are. */
const nothingSet = Object.fromEntries(
  ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'CURL_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'DENO_CERT', 'WGETRC', 'PYTHONPATH', 'JAVA_TOOL_OPTIONS']
    .concat(['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap(name => [name, name.toLowerCase()]))
    .map(name => [name, '']),
)

interface Setting {
  readonly shop: Awaited<ReturnType<typeof startShop>>
  readonly company: Awaited<ReturnType<typeof startCompanyProxy>>
}

const environments = [
  {
    name: 'in an environment without proxies and roots',
    folder: 'bare',
    of: () => nothingSet,
    foreign: ({ shop }: Setting) => [`https://localhost:${shop.port}/`],
    // Nobody told the programs of its authority.
    hears: () => ['foreign refused'],
    notes: [],
  },
  {
    name: 'on top of proxies, roots and hooks that were there before',
    folder: 'company',
    of: ({ shop, company }: Setting) => {
      const roots = join(folder.path, 'company.pem')
      writeFileSync(roots, shop.authority)
      const python = join(folder.path, 'python')
      mkdirSync(python)
      writeFileSync(join(python, 'sitecustomize.py'), 'import os\nos.environ["OWN_HOOK"] = "ran"\n')
      const proxy = `http://127.0.0.1:${company.port}`
      return {
        ...nothingSet,
        HTTPS_PROXY: proxy,
        https_proxy: proxy,
        NO_PROXY: '.jivosite.com,corp.test',
        ...Object.fromEntries(['SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'].map(name => [name, roots])),
        PYTHONPATH: python,
        NODE_OPTIONS: '--no-deprecation',
        JAVA_TOOL_OPTIONS: '-Dcompany=yes',
      }
    },
    foreign: ({ shop }: Setting, readsProxy: boolean) => [`https://localhost:${shop.port}/`, ...(readsProxy ? ['https://shop.test/'] : [])],
    hears: (readsProxy: boolean) => ['foreign the shop itself', ...(readsProxy ? ['foreign the shop itself'] : [])],
    notes: ['left out .jivosite.com'],
  },
]

describe.each(environments)('$name', environment => {
  let outcomes: Record<string, { code: number | null; stdout: string; stderr: string }>
  let stderr = ''
  let said: readonly string[]
  let written: readonly string[]
  let setting: Setting
  const closers: (() => unknown)[] = []

  beforeAll(async () => {
    const bot = await startReceiver()
    closers.push(() => bot[Symbol.asyncDispose]())
    const emulator = await emulate(['--data', environment.folder, '--agents', 'manual', '--bot', bot.url, '--chat', bot.url], folder.path)
    closers.push(() => emulator[Symbol.asyncDispose]())
    const shop = await startShop()
    const company = await startCompanyProxy(shop.port)
    setting = { shop, company }
    for (const { server } of [shop, company]) {
      closers.push(() => {
        server.close()
        server.closeAllConnections()
      })
    }

    const account = (await stateAt(emulator.url)).account
    const channel = account?.channels.find(({ api }) => api !== null)?.publicId
    // A chat for the bot to speak in.
    await fetch(`${emulator.url}any/${channel}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ sender: { id: 'ada' }, message: { type: 'text', id: '1', text: 'Hi' } }),
    })
    const { path, body } = await bot.wait(({ body }) => body.event === 'CLIENT_MESSAGE')
    const list = known
      .filter(({ missing }) => missing === null)
      .map(({ name, command, readsProxy }) => ({
        name,
        command,
        env: {
          BOT_PATH: `/webhooks/${account?.bots[0]?.providerId}/${path.split('/').at(-1)}`,
          BOT_BODY: JSON.stringify({
            ...body,
            event: 'BOT_MESSAGE',
            id: `b-${name}`,
            message: { type: 'TEXT', text: `bot of ${name}`, timestamp: 1_754_000_000 },
          }),
          CHAT_PATH: `/any/${channel}`,
          CHAT_BODY: JSON.stringify({ sender: { id: name }, message: { type: 'text', id: `c-${name}`, text: `client of ${name}` } }),
          FOREIGN: environment.foreign(setting, readsProxy).join(' '),
        },
      }))
    const exec = await run(['exec', '--emulator', emulator.url, '--', process.execPath, runAll], {
      cwd: folder.path,
      env: environment.of(setting),
      input: JSON.stringify(list),
    })
    stderr = exec.stderr
    outcomes = JSON.parse(exec.stdout)
    const events = await eventsAt(emulator.url)
    const texts = (by: string) => events.flatMap(event => (event.type === 'message.sent' && event.by === by ? [event.text] : []))
    said = texts('bot')
    written = texts('visitor')
  }, 120_000)

  afterAll(async () => {
    for (const close of closers.reverse()) await close()
  })

  for (const { name, missing, readsProxy } of known) {
    test.skipIf(missing !== null)(`${name} talks to the fake as to Jivo, and to others as ever`, () => {
      const outcome = outcomes[name]
      expect.soft(outcome?.stdout.trim().split('\n'), outcome?.stderr).toEqual(['bot 200', 'chat 200', ...environment.hears(readsProxy)])
      expect(said).toContain(`bot of ${name}`)
      expect(written).toContain(`client of ${name}`)
    })
  }

  test("nothing for Jivo goes to the company's proxy, and what goes there goes for its own host alone", () => {
    const isOnTop = environment.notes.length > 0
    expect([...new Set(setting.company.asked)]).toEqual(isOnTop ? ['shop.test:443'] : [])
  })

  test('nothing is said but which hosts are led where, and what of the environment could not be kept', () => {
    const lines = stderr.trim().split('\n')
    expect(lines[0]).toMatch(/^jivo-dev exec: .*bot\.jivosite\.com.* lead to http:/)
    expect(lines.slice(1)).toEqual(environment.notes.map(note => expect.stringContaining(note)))
  })
})
