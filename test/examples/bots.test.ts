import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/cli.js'
import { eventsAt, stateAt } from '../helpers/control.js'
import { missing, openPage, readExample, startEmulate } from '../helpers/example.js'
import { startReceiver } from '../helpers/receiver.js'

/** One bot in three languages: what holds for one holds for all. */
const bots = [
  { name: 'bot-typescript', reason: null },
  { name: 'bot-python', reason: missing(['python3', '-c', 'import sys; sys.exit(sys.version_info < (3, 8))'], 'Python 3.8 or newer') },
  { name: 'bot-php', reason: missing(['php', '-r', 'exit(PHP_VERSION_ID < 80100 ? 1 : 0);'], 'PHP 8.1 or newer') },
]

for (const { name, reason } of bots) if (reason !== null) console.warn(`examples/${name} is skipped: ${reason}.`)

/** The bot and the emulator, as the README starts them, and a visitor's page. */
const setUp = async (name: string, flags: readonly string[] = []) => {
  const example = await readExample(name)
  const emulator = await startEmulate([...example.flags, ...flags])
  const bot = await example.start({ home: emulator.home, jivo: emulator.url.slice(0, -1) })
  return {
    emulator,
    bot,
    page: await openPage(emulator),
    tell: (body: object) => post(`${example.url}/sesame`, body),
    said: async () => (await eventsAt(emulator.url)).flatMap(event => (event.type === 'bot.said' ? [[event.chat, event.event]] : [])),
  }
}

const post = async (url: string, body: object | string) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

describe.each(bots)('$name', ({ name, reason }) => {
  test('its README names the provider id that the emulator gives', async () => {
    const { flags, command } = await readExample(name)
    const emulator = await startEmulate(flags)
    const [bot] = (await stateAt(emulator.url)).account?.bots ?? []
    expect(command).toContain(`JIVO_PROVIDER_ID=${bot?.providerId} `)
  })

  test.skipIf(reason !== null)('greets, shows buttons, answers a press, speaks markdown, and says an event that came again once', async () => {
    const { emulator, page, tell, said } = await setUp(name)
    page.write('Hi')
    expect(await page.hears(/^Hello!/)).toMatchObject({ name: 'Kettle Bot' })

    const scheduled = (await eventsAt(emulator.url)).flatMap(event => (event.type === 'delivery.scheduled' ? [event.body] : []))
    const [first = {}] = scheduled
    expect(await tell(first)).toMatchObject({ status: 200 })
    expect(await tell(first)).toMatchObject({ status: 200 })

    page.write('the MENU, please')
    const menu = await page.hears(/^What would you like to know/)
    expect(menu.content).toMatchObject({ kind: 'buttons', buttons: [{ text: 'Delivery' }, { text: 'Returns' }, { text: 'Opening hours' }] })
    page.write('Returns', { message: menu.id, id: '2' })
    await page.hears(/14 days/)
    page.write('What is the price?')
    expect((await page.hears(/Birch kettle/)).content).toMatchObject({ kind: 'markdown', markdown: expect.stringContaining('**Birch kettle**') })
    page.write('menus')
    await page.hears(/^I know only these words/)

    expect(await said()).toEqual(Array.from({ length: 5 }, () => [9001, 'BOT_MESSAGE']))
    expect((await eventsAt(emulator.url)).filter(({ type }) => type === 'warning.raised')).toEqual([])
  })

  test.skipIf(reason !== null)('calls an agent, is silent until the chat is closed, and then greets again', async () => {
    const { emulator, bot, page, tell, said } = await setUp(name)
    page.write('An agent, please')
    await bot.says('AGENT_JOINED of chat 9001')
    const message = { event: 'CLIENT_MESSAGE', client_id: '1', chat_id: '9001', message: { type: 'TEXT', text: 'menu', timestamp: 1_754_000_000 } }
    expect(await tell({ ...message, id: 'while-the-agent-has-it' })).toMatchObject({ status: 200 })
    expect(await post(`${emulator.url}_dev/chats/9001/finish`, {})).toMatchObject({ status: 200 })
    await bot.says('CHAT_CLOSED of chat 9001')
    expect(await tell({ ...message, id: 'after-the-end' })).toMatchObject({ status: 200 })
    page.write('Me again')
    await page.hears(/^Hello!/)
    expect(await said()).toEqual([
      [9001, 'INVITE_AGENT'],
      [9001, 'BOT_MESSAGE'],
      [9002, 'BOT_MESSAGE'],
    ])
  })

  test.skipIf(reason !== null)('says that nobody is there when no agent can come', async () => {
    const { page, said } = await setUp(name, ['--agents', 'offline'])
    page.write('Позовите ОПЕРАТОРА')
    await page.hears(/^Nobody is here/)
    expect(await said()).toEqual([
      [9001, 'INVITE_AGENT'],
      [9001, 'BOT_MESSAGE'],
    ])
  })

  test.skipIf(reason !== null)('answers an event before it speaks, gives ids back as strings, and refuses what is not from Jivo', async () => {
    using folder = temporaryFolder()
    let isGivenUp = false
    await using jivo = await startReceiver(response => {
      response.on('close', () => {
        isGivenUp = true
      })
    })
    const example = await readExample(name)
    const bot = await example.start({ home: folder.path, jivo: new URL(jivo.url).origin })
    const address = `${example.url}/sesame`
    const event = { event: 'CLIENT_MESSAGE', id: 'x-1', client_id: 412, chat_id: 9063, message: { type: 'TEXT', text: 'Hi', timestamp: 1_754_000_000 } }

    for (const url of [example.url, `${address}x`, `${example.url}/other`, `${address}?key=1`])
      expect(await post(url, event)).toMatchObject({ status: 401, body: { error: { code: 'invalid_client' } } })
    for (const body of ['{"event"', '', 'null', '[]', '{"event":"CLIENT_MESSAGE"}', '{"event":{},"chat_id":"1"}'])
      expect(await post(address, body)).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } })
    expect((await fetch(address)).status).toBe(405)
    expect(await post(address, { event: 'OF_TOMORROW', id: 'x-0', client_id: '412', chat_id: '9063' })).toEqual({ status: 200, body: {} })
    expect(jivo.received).toEqual([])

    // Jivo never answers what the bot says: a bot that waits for it before its own answer has given up by then.
    expect(await post(address, event)).toEqual({ status: 200, body: {} })
    expect(isGivenUp).toBe(false)
    const { path, body } = await jivo.wait(() => true)
    expect(path).toMatch(/^\/webhooks\/[A-Za-z0-9]{15}\/sesame$/)
    expect(body).toMatchObject({ event: 'BOT_MESSAGE', id: expect.any(String), client_id: '412', chat_id: '9063' })
    expect(JSON.stringify(bot.output)).not.toContain('/sesame')
  })
})
