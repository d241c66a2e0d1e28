import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createJivo, jivoHandlers, type MswJivo } from '../../src/msw.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'
import { stateAt } from '../helpers/control.js'
import { startReceiver } from '../helpers/receiver.js'

type Handlers = Parameters<typeof setupServer>

/** The handlers, at work until the test ends. */
const listen = (...handlers: Handlers) => {
  const server = setupServer(...handlers)
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => server.close())
  return server
}

const started = async (options?: Parameters<typeof createJivo>[0]): Promise<MswJivo> => {
  const jivo = await createJivo(options)
  onTestFinished(() => jivo.close())
  return jivo
}

const post = async (url: string, body: object) => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  return { status: response.status, body: await response.text() }
}

const said = (text: string, chat: number, client: number) => ({
  event: 'BOT_MESSAGE',
  id: 'b-1',
  chat_id: String(chat),
  client_id: String(client),
  message: { type: 'TEXT', text, timestamp: 1_754_000_000 },
})

test('a webhook goes to a handler of the test itself, and its answer is judged', async () => {
  const jivo = await started({ webhook: 'https://crm.example/jivo' })
  const seen: unknown[] = []
  listen(
    ...jivo.handlers,
    http.post('https://crm.example/jivo', async ({ request }) => {
      seen.push(await request.json())
      return HttpResponse.json({ result: 'ok' })
    }),
  )
  const { client, chat } = await jivo.write('Hello', { name: 'Ada Lind' })
  await jivo.waitFor('delivery.done', ({ event }) => event === 'chat_accepted')
  expect(seen).toMatchObject([{ event_name: 'chat_accepted', chat_id: chat, visitor: { number: String(client), name: 'Ada Lind' } }])
})

test('the addresses are those of Jivo, and the seed alone decides them', async () => {
  const settings = { bot: 'https://bot.example', chat: 'https://chat.example' }
  const [one, same, other] = await Promise.all([started(settings), started(settings), started({ ...settings, seed: 2 })])
  expect(one.addresses).toEqual({
    widget: expect.stringMatching(/^https:\/\/code\.jivosite\.com\/widget\/[A-Za-z0-9]{10}$/),
    bot: expect.stringMatching(/^https:\/\/bot\.jivosite\.com\/webhooks\/[A-Za-z0-9]{15}\/[A-Za-z0-9]{24}$/),
    chat: expect.stringMatching(/^https:\/\/wh\.jivosite\.com\/chat\/[A-Za-z0-9]{10}$/),
  })
  expect(same.addresses).toEqual(one.addresses)
  expect(other.addresses).not.toEqual(one.addresses)
  expect((await started()).addresses).toMatchObject({ bot: undefined, chat: undefined })
})

test('a bot that answers later is heard, and a wrong message is refused as Jivo refuses it', async () => {
  const jivo = await started({ bot: 'https://bot.example', fetch: () => Response.json({}) })
  listen(...jivo.handlers)
  const { client, chat } = await jivo.write('Hello')
  expect(await post(String(jivo.addresses.bot), said('Hi there', chat, client))).toMatchObject({ status: 200 })
  expect(await jivo.waitFor('message.sent', ({ by }) => by === 'bot')).toMatchObject({ text: 'Hi there', chat })
  expect(await post(String(jivo.addresses.bot), { event: 'BOT_MESSAGE' })).toMatchObject({ status: 400 })
  expect(await post(`${jivo.addresses.bot}x`, said('Hi', chat, client))).toMatchObject({ status: 401 })
})

test('what Jivo has no route for falls through, and so do the widget and our own control routes', async () => {
  const jivo = await started()
  listen(
    ...jivo.handlers,
    http.all('https://*.jivosite.com/*', () => new HttpResponse('mine')),
  )
  for (const path of ['code.jivosite.com/widget/AbCdEfGhIj', 'bot.jivosite.com/elsewhere/x', 'wh.jivosite.com/_dev/state', 'code.jivosite.com/'])
    expect([path, await (await fetch(`https://${path}`)).text()]).toEqual([path, 'mine'])
  // Documented, and needs no file of the build.
  expect(await (await fetch('https://code.jivosite.com/widget/status/700011/AbCdEfGhIj')).json()).toMatchObject({ agents: [6001, 6002, 6003] })
})

test('a reset forgets everything but the addresses, also what was on its way', async () => {
  const asked: string[] = []
  const jivo = await started({
    bot: 'https://bot.example',
    fetch: request => {
      asked.push(request.url)
      return new Promise(() => {})
    },
  })
  const { addresses } = jivo
  const first = await jivo.write('Hello')
  await expect.poll(() => asked).toHaveLength(1)
  await jivo.reset()
  expect((await jivo.events()).map(({ type }) => type)).toEqual(['emulator.started', 'account.changed'])
  expect(await jivo.write('Hello again')).toEqual(first)
  expect(jivo.addresses).toEqual(addresses)
})

test('a server that fails, hangs or is not there is a failed attempt with its reason', async () => {
  const causes: [string, () => Response | Promise<Response>, object][] = [
    ['fails', () => new Response('no', { status: 500 }), { kind: 'answered', status: 500 }],
    ['redirects', () => Response.redirect('https://elsewhere.example/', 302), { kind: 'answered', status: 302 }],
    [
      'throws',
      () => Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') })),
      { message: expect.stringContaining('ECONNREFUSED') },
    ],
  ]
  for (const [, answer, result] of causes) {
    const jivo = await started({ webhook: 'https://user:word@crm.example/jivo', deliveryProfile: 'none', fetch: answer })
    await jivo.write('Hello')
    expect(await jivo.waitFor('delivery.attempted')).toMatchObject({ result })
    await jivo.waitFor('delivery.failed')
  }
})

test('a password in an address goes out as a header', async () => {
  const seen: (string | null)[] = []
  const jivo = await started({
    webhook: 'https://user:word@crm.example/jivo?key=1',
    fetch: request => {
      seen.push(request.url, request.headers.get('authorization'))
      return Response.json({ result: 'ok' })
    },
  })
  await jivo.write('Hello')
  await jivo.waitFor('delivery.done')
  expect(seen).toEqual(['https://crm.example/jivo?key=1', `Basic ${btoa('user:word')}`])
})

test('what does not come, is refused or is no address is said in full', async () => {
  const jivo = await started({ agents: 'manual' })
  await jivo.write('Hello')
  await expect(jivo.waitFor('chat.accepted', () => true, 20)).rejects.toThrow(/no chat\.accepted that fits came in 20 ms\. The last events: .*message\.sent/)
  await expect(jivo.control('chats/7/accept')).rejects.toThrow('chats/7/accept was refused: There is no chat 7')
  await expect(jivo.write('Hello', { channel: 'telegraph' })).rejects.toThrow('There is no channel telegraph')
  await expect(createJivo({ bot: 'bot.example' })).rejects.toThrow('bot is not an address of a server: expected http:// or https://, got "bot.example"')
  expect(() => jivoHandlers({ emulator: '7410' })).toThrow('expected http://127.0.0.1:7410, got "7410"')
})

test('with a running emulator, what is said to Jivo is said to it', async () => {
  using folder = temporaryFolder()
  await using bot = await startReceiver()
  await using emulator = await emulate(['--bot', bot.url, '--chat', bot.url], folder.path)
  const { account } = await stateAt(emulator.url)
  const [{ providerId = '' } = {}] = account?.bots ?? []
  const channel = account?.channels.find(({ api }) => api !== null)?.publicId
  listen(
    ...jivoHandlers({ emulator: emulator.url }),
    http.all(`${emulator.url}*`, () => HttpResponse.error()),
  )

  expect(await post(`https://wh.jivosite.com/any/${channel}`, { sender: { id: 'u1', name: 'Ada' }, message: { type: 'text', text: 'Hello' } })).toMatchObject({
    status: 200,
  })
  const { path, body } = await bot.wait(received => received.body.event === 'CLIENT_MESSAGE')
  const token = path.split('/').at(-1)
  expect(await post(`https://bot.jivosite.com/webhooks/${providerId}/${token}`, said('Hi there', Number(body.chat_id), Number(body.client_id)))).toMatchObject({
    status: 200,
  })
  await emulator.says('"text":"Hi there"')
  expect(await (await fetch('https://code.jivosite.com/widget/AbCdEfGhIj')).text()).toContain('__JIVO_DEV__')
  emulator.child.kill('SIGTERM')
  await emulator.finished
  // msw says it, too.
  vi.spyOn(console, 'error').mockReturnValue()
  const { status, body: answer } = await post(`https://wh.jivosite.com/any/${channel}`, {})
  expect(status).toBe(500)
  expect(answer).toContain(`no emulator answers at ${emulator.url} for POST https://wh.jivosite.com/any/${channel}. Start it:  jivo-dev emulate`)
})
