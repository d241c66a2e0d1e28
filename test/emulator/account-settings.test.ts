import { expect, test } from 'vitest'
import { id, startEmulator } from '../helpers/emulator.js'

test('agents who come to work by themselves take the chats that wait, and answer them', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await page.wait('message')
  expect(emulator.world.chats[9001]?.status).toBe('waiting')
  const events = await emulator.dispatch({ type: 'account.edit', mode: 'auto' })
  expect(events.map(({ type }) => type)).toEqual([
    'account.changed',
    'chat.accepted',
    'callback.scheduled',
    'delivery.scheduled',
    'message.sent',
    'callback.scheduled',
  ])
  expect(emulator.world.chats[9001]).toMatchObject({ status: 'accepted', agent: 6001, hands: 'auto' })
})

test('agents who go offline leave the widget its offline form, and the same mode again is no event', async () => {
  const emulator = await startEmulator({ mode: 'manual' })
  const page = emulator.connect()
  await page.wait('welcome')
  const events = await emulator.dispatch({ type: 'account.edit', mode: 'offline' })
  expect(events).toMatchObject([{ type: 'account.changed', account: { mode: 'offline' } }])
  expect(await page.wait('settings')).toMatchObject({ mode: 'offline' })
  expect(await emulator.dispatch({ type: 'account.edit', mode: 'offline' })).toEqual([])
  expect(await emulator.dispatch({ type: 'account.edit' })).toEqual([])
})

test('the address of webhooks changes for every channel that shares it, and null sends nothing', async () => {
  const emulator = await startEmulator({
    mode: 'manual',
    webhook: 'http://127.0.0.1:9/old',
    channels: [{ type: 'telegram' }, { type: 'whatsapp', webhook: 'http://127.0.0.1:9/own' }],
  })
  const addresses = () => emulator.world.account?.channels.map(({ webhook }) => webhook)
  const ask = (webhook: string | null) =>
    emulator.fetch(
      new Request('http://localhost/_dev/account', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ webhook }) }),
    )
  expect((await ask('http://127.0.0.1:9/new?key=canary')).status).toBe(200)
  expect(addresses()).toEqual([expect.stringContaining('http://127.0.0.1:9/new?key=…'), expect.stringContaining('/new?key=…'), 'http://127.0.0.1:9/own'])
  expect(JSON.stringify(await emulator.events())).not.toContain('canary')
  expect((await ask(null)).status).toBe(200)
  expect(addresses()).toEqual([null, null, 'http://127.0.0.1:9/own'])
  expect((await ask('ftp://x')).status).toBe(400)
})

test('a switch of a channel changes the bodies from then on, and leaves the other switches and channels alone', async () => {
  const emulator = await startEmulator({ mode: 'manual', channels: [{ type: 'telegram' }], quirks: { topic: 'absent' } })
  const page = emulator.connect()
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await page.wait('message')
  await emulator.dispatch({ type: 'agent.accept', chat: 9001 })
  const [site, telegram] = emulator.world.account?.channels ?? []
  const edit = { type: 'channel.editQuirks', channel: site?.publicId ?? '', quirks: { widget_id: 'public', isp: undefined } } as const
  expect((await emulator.dispatch(edit)).map(({ type }) => type)).toEqual(['account.changed'])
  expect(await emulator.dispatch(edit)).toEqual([])
  await emulator.dispatch({ type: 'agent.finish', chat: 9001 })
  expect((await emulator.eventsOf('delivery.scheduled')).map(({ body }) => [body.event_name, body.widget_id])).toEqual([
    ['chat_accepted', site?.id],
    ['chat_finished', site?.publicId],
  ])
  expect(emulator.world.account?.channels).toMatchObject([
    { quirks: { ...site?.quirks, topic: 'absent', isp: 'absent', widget_id: 'public' } },
    { quirks: telegram?.quirks ?? {} },
  ])
})
