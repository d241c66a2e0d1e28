import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { webhookContract } from '../../src/contracts/webhooks/events.js'
import { axe, callbackOf, callbacksOf, complaintsOf, newPerson, openBrowser, openShop, watchCallbacks } from '../helpers/browser.js'
import { emulate, run, temporaryFolder } from '../helpers/cli.js'
import { json, type Receiver, startReceiver, zoo } from '../helpers/receiver.js'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const reply = {
  result: 'ok',
  custom_data: [
    { title: 'Plan', content: 'Gold until May' },
    { title: 'Order', content: 'KM-1042', link: 'https://crm.example.test/77' },
  ],
  crm_link: 'https://crm.example.test/card/77',
  enable_assign: true,
}

const named = (event: string) => (received: Receiver['received'][number]) => received.body.event_name === event

test('a visitor writes, an agent answers from the console, and the server gets every webhook', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver((response, { body }) => (body.event_name === 'chat_accepted' ? json(response, reply) : zoo.ok(response)))
  await using emulator = await emulate(['--webhook', receiver.url, '--agents', 'manual'], folder.path)

  // The visitor opens the shop and writes.
  const visitor = await newPerson(browser)
  const shop = await visitor.newPage()
  const shopComplaints = complaintsOf(shop)
  await watchCallbacks(shop)
  await shop.goto(`${emulator.url}?utm_source=newsletter&utm_campaign=spring`)
  await shop.getByRole('button', { name: 'Ask us, we are online' }).click()
  const window = shop.getByRole('dialog', { name: 'Chat' })
  await window.getByRole('textbox', { name: 'Write a message' }).fill('Hello! Is order <b>KM-1042</b> on its way?')
  await shop.keyboard.press('Enter')
  await window.getByText('delivered').waitFor()

  // The agent sees the chat in the console and accepts it.
  const agent = await newPerson(browser)
  const desk = await agent.newPage()
  const deskComplaints = complaintsOf(desk)
  await desk.goto(`${emulator.url}console`)
  await desk.getByText('Hello! Is order <b>KM-1042</b> on its way?').first().click()
  await desk.getByRole('button', { name: /^Accept/ }).click()
  await window.getByText('Max Orlov joined the chat').waitFor()
  const accepted = await receiver.wait(named('chat_accepted'))

  // What the server replied is on the visitor's card.
  const card = desk.getByRole('complementary', { name: /visitor/i })
  await card.getByText('Gold until May').waitFor()
  expect(await card.getByRole('link', { name: 'KM-1042' }).getAttribute('href')).toBe('https://crm.example.test/77')
  expect(await card.getByRole('link', { name: /Open in CRM/ }).getAttribute('href')).toBe('https://crm.example.test/card/77')

  // The agent answers; the visitor sees it at once and leaves contacts.
  await desk.getByRole('textbox', { name: 'Message' }).fill('It left the warehouse <i>today</i>.')
  await desk.keyboard.press('Enter')
  await window.getByText('It left the warehouse <i>today</i>.').waitFor()
  const form = window.getByRole('form')
  await form.getByLabel('Name').fill('Vera Lind')
  await form.getByLabel('E-mail').fill('vera@example.test')
  await form.getByRole('button', { name: 'Send' }).click()
  const updated = await receiver.wait(named('chat_updated'))
  await card.getByText('vera@example.test').waitFor()
  await callbackOf(shop, 'jivo_onIntroduction')

  // The visitor closes the window, the agent finishes the chat.
  await shop.keyboard.press('Escape')
  await desk.getByRole('button', { name: 'Finish', exact: true }).click()
  const finished = await receiver.wait(named('chat_finished'))

  expect(accepted.body).toMatchObject({
    visitor: { name: null, number: '1', chats_count: 1 },
    agent: { id: '6001', name: 'Max Orlov' },
    session: { utm: 'source=newsletter|campaign=spring', utm_json: { source: 'newsletter', campaign: 'spring' } },
    page: { url: `${emulator.url}?utm_source=newsletter&utm_campaign=spring`, title: 'Birch kettle 1.2 l · Kettle & Moss' },
  })
  expect(updated.body).toMatchObject({ visitor: { name: 'Vera Lind', email: 'vera@example.test', phone: null } })
  expect(finished.body).toMatchObject({
    visitor: { name: 'Vera Lind' },
    chat: {
      messages: [
        { type: 'visitor', message: 'Hello! Is order <b>KM-1042</b> on its way?' },
        { type: 'agent', agent_id: 6001, message: 'It left the warehouse <i>today</i>.' },
      ],
    },
    plain_messages: expect.stringContaining('Vera Lind: Hello!'),
    html_messages: expect.stringContaining('&lt;b&gt;KM-1042&lt;/b&gt;'),
  })
  for (const { body } of receiver.received) expect(webhookContract(String(body.event_name))?.safeParse(body).error?.issues ?? []).toEqual([])
  expect(receiver.received.map(({ body }) => body.event_name)).toEqual(['chat_accepted', 'chat_updated', 'chat_finished'])

  // Every callback was called once, in order, and getContactInfo already had the new values.
  const calls = await callbacksOf(shop)
  expect(calls.filter(([name]) => name !== 'jivo_onResizeCallback' && name !== 'jivo_onChangeState')).toEqual([
    ['jivo_onLoadCallback'],
    ['jivo_onOpen'],
    ['jivo_onClientStartChat'],
    ['jivo_onMessageSent'],
    ['jivo_onAccept'],
    ['jivo_onMessageReceived'],
    ['jivo_onIntroduction', { client_name: 'Vera Lind', email: 'vera@example.test', phone: null, description: null }],
    ['jivo_onClose'],
  ])
  const states = calls.filter(([name]) => name === 'jivo_onChangeState').map(([, state]) => state)
  expect(states).toEqual(['chat', 'introduce', 'chat', 'chat/min'])

  // The timeline shows every event with its body.
  await desk.goto(`${emulator.url}console#/timeline?filter=type%3Adelivery.done`)
  await desk.getByRole('option', { name: /chat_accepted/ }).click()
  await desk.getByRole('tab', { name: /Answer/ }).click()
  await desk.getByText('Gold until May').first().waitFor()
  expect(shopComplaints).toEqual([])
  expect(deskComplaints).toEqual([])
  await Promise.all([visitor.close(), agent.close()])
})

test('by itself the agent answers, until a person writes in the console', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  const context = await newPerson(browser, { locale: 'ru-RU' })
  const shop = await context.newPage()
  await shop.goto(emulator.url)
  await shop.getByRole('button', { name: 'Напишите нам, мы онлайн' }).click()
  await shop.getByRole('textbox', { name: 'Напишите сообщение' }).fill('Здравствуйте')
  await shop.keyboard.press('Enter')
  await shop.getByText('Здравствуйте, я Max Orlov.').waitFor()

  const desk = await context.newPage()
  await desk.goto(`${emulator.url}console#/desk/9001`)
  await desk.getByRole('textbox', { name: 'Сообщение' }).fill('Теперь отвечаю я')
  await desk.keyboard.press('Enter')
  await shop.getByText('Теперь отвечаю я').waitFor()
  await shop.getByRole('textbox', { name: 'Напишите сообщение' }).fill('Спасибо')
  await shop.keyboard.press('Enter')
  await desk.getByRole('log').getByText('Спасибо').waitFor()
  const { chats } = (await (await fetch(`${emulator.url}_dev/state`)).json()) as { chats: Record<string, { messages: { text: string }[] }> }
  expect(chats['9001']?.messages.map(({ text }) => text)).toEqual(['Здравствуйте', expect.stringContaining('Max Orlov'), 'Теперь отвечаю я', 'Спасибо'])
  await context.close()
})

test('while nobody is online the form reaches the server and the console', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  await using emulator = await emulate(['--agents', 'offline', '--webhook', receiver.url], folder.path)
  const context = await newPerson(browser)
  const shop = await context.newPage()
  await watchCallbacks(shop)
  await shop.goto(emulator.url)
  await shop.getByRole('button', { name: 'Leave a message' }).click()
  const form = shop.getByRole('form', { name: 'Leave a message' })
  await form.getByLabel('Name').fill('Olga')
  await form.getByLabel('E-mail').fill('olga@example.test')
  await form.getByLabel('Message').fill('When do you open?')
  expect(await axe(shop)).toEqual([])
  await form.getByRole('button', { name: 'Send' }).click()
  await shop.getByText('Message sent').waitFor()
  expect(await receiver.wait(named('offline_message'))).toMatchObject({
    body: { message: 'When do you open?', visitor: { name: 'Olga', email: 'olga@example.test' } },
  })
  const states = (await callbacksOf(shop)).filter(([name]) => name === 'jivo_onChangeState').map(([, state]) => state)
  expect(states).toEqual(['offline', 'offline/success'])
  await context.close()
})

test('the methods of jivo_api do and return what is documented', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  await using emulator = await emulate(['--webhook', receiver.url], folder.path)
  const context = await newPerson(browser)
  const shop = await context.newPage()
  await openShop(shop, emulator.url)
  const results = await shop.evaluate(() => {
    const api = (window as unknown as { jivo_api: Record<string, (...args: unknown[]) => unknown> }).jivo_api
    const call = (name: string, ...args: unknown[]) => (Object.hasOwn(api, name) ? api[name]?.(...args) : 'not an own property')
    return {
      chatMode: call('chatMode'),
      before: call('getContactInfo'),
      set: call('setContactInfo', { name: 'Ada', phone: '+7900' }),
      more: call('setContactInfo', { email: 'ada@example.test' }),
      wrong: call('setContactInfo', { name: 5 }),
      after: call('getContactInfo'),
      data: call('setCustomData', [{ title: 'Cart', content: '<b>2 490</b>', key: 'now' }]),
      tooMuch: call(
        'setCustomData',
        Array.from({ length: 11 }, () => ({ content: 'x' })),
      ),
      token: call('setUserToken', 'visitor-token-canary'),
      noToken: call('setUserToken', ''),
      open: call('open'),
      close: call('close'),
    }
  })
  expect(results).toEqual({
    chatMode: 'online',
    before: { client_name: null, email: null, phone: null, description: null },
    set: { result: 'ok' },
    more: { result: 'ok' },
    wrong: { result: 'fail', reason: expect.any(String) },
    after: { client_name: 'Ada', email: 'ada@example.test', phone: '+7900', description: null },
    data: { result: 'ok' },
    tooMuch: { result: 'fail', reason: expect.stringContaining('10') },
    token: { result: 'ok', token: 'visitor-token-canary' },
    noToken: { result: 'fail', token: false },
    open: { result: 'ok' },
    close: { result: 'ok' },
  })
  await shop.getByRole('button', { name: 'Ask us, we are online' }).click()
  await shop.getByRole('textbox', { name: 'Write a message' }).fill('Hello')
  await shop.keyboard.press('Enter')
  // The token goes to the server as the page passed it, and stands nowhere else.
  expect(await receiver.wait(named('chat_accepted'))).toMatchObject({ body: { user_token: 'visitor-token-canary', visitor: { name: 'Ada' } } })
  expect(await (await fetch(`${emulator.url}_dev/events`)).text()).not.toContain('canary')
  await context.close()
})

test('fire makes every open page call a callback, and says when one throws', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  const context = await newPerson(browser)
  const pages = [await context.newPage(), await context.newPage()]
  for (const page of pages) {
    await openShop(page, emulator.url)
  }
  const fired = await run(['fire', 'onChangeState', '"call"'], { cwd: folder.path })
  expect(fired).toMatchObject({ code: 0, stdout: expect.stringMatching(/^(✔ jivo_onChangeState on .+\n){2}$/) })
  for (const page of pages) expect(await callbacksOf(page)).toContainEqual(['jivo_onChangeState', 'call'])
  await pages[0]?.evaluate(() => {
    Object.defineProperty(window, 'jivo_onAccept', {
      value: () => {
        throw new TypeError('no such basket')
      },
    })
  })
  expect(await run(['fire', 'onAccept'], { cwd: folder.path })).toMatchObject({ code: 1, stdout: expect.stringContaining('TypeError: no such basket') })
  await context.close()
})

test('an emulator that is killed and started again loses nothing that a page says and repeats nothing', async () => {
  using folder = temporaryFolder()
  const first = await emulate(['--agents', 'manual'], folder.path)
  const { port } = new URL(first.url)
  const context = await newPerson(browser)
  const shop = await context.newPage()
  await watchCallbacks(shop)
  await shop.goto(first.url)
  await shop.getByRole('button', { name: 'Ask us, we are online' }).click()
  const composer = shop.getByRole('textbox', { name: 'Write a message' })
  await composer.fill('Before')
  await shop.keyboard.press('Enter')
  await shop.getByText('delivered').waitFor()
  first.child.kill('SIGKILL')
  await first.finished
  await composer.fill('Meanwhile')
  await shop.keyboard.press('Enter')
  await using second = await emulate(['--agents', 'manual', '--port', port], folder.path)
  await second.says('"text":"Meanwhile"')
  await composer.fill('After')
  await shop.keyboard.press('Enter')
  await second.says('"text":"After"')
  const { chats } = (await (await fetch(`${second.url}_dev/state`)).json()) as { chats: Record<string, { messages: { text: string }[] }> }
  expect(Object.values(chats).flatMap(({ messages }) => messages.map(({ text }) => text))).toEqual(['Before', 'Meanwhile', 'After'])
  await shop.reload()
  await shop.getByRole('button', { name: /Ask us/ }).click()
  for (const text of ['Before', 'Meanwhile', 'After']) expect(await shop.getByRole('log').getByText(text, { exact: true }).count()).toBe(1)
  await context.close()
})

test.each(['light', 'dark'] as const)('axe finds nothing on the shop and the console in the %s theme', async colorScheme => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver(zoo.html500)
  await using emulator = await emulate(['--webhook', receiver.url], folder.path)
  const context = await newPerson(browser, { colorScheme, reducedMotion: 'reduce' })
  const shop = await context.newPage()
  await shop.goto(emulator.url)
  await shop.getByRole('button', { name: 'Ask us, we are online' }).click()
  await shop.getByRole('textbox', { name: 'Write a message' }).fill('Hello')
  await shop.keyboard.press('Enter')
  await shop.getByText('I answer by myself').waitFor()
  expect(await axe(shop)).toEqual([])
  const desk = await context.newPage()
  await desk.goto(`${emulator.url}console#/desk/9001`)
  await desk.getByRole('log').getByText('I answer by myself').waitFor()
  expect(await axe(desk)).toEqual([])
  await desk.goto(`${emulator.url}console#/timeline`)
  await desk
    .getByRole('option', { name: /delivery\.attempted/ })
    .first()
    .click()
  await desk.getByRole('tab', { name: /Answer/ }).click()
  await desk.getByText('TypeError').waitFor()
  expect(await axe(desk)).toEqual([])
  await context.close()
})

test('any webhook is fired from the console, sent again, and saved as a fixture', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver(zoo.html500)
  await using emulator = await emulate(['--webhook', receiver.url, '--delivery-profile', 'none'], folder.path)
  const context = await newPerson(browser)
  const desk = await context.newPage()
  const complaints = complaintsOf(desk)
  await desk.goto(`${emulator.url}console`)
  await desk.getByRole('button', { name: /^Fire/ }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'call_event' }).check()
  await dialog.getByText('as the contract says').waitFor()
  expect(await axe(desk)).toEqual([])
  await dialog.getByRole('button', { name: /^Send/ }).click()
  const fired = await receiver.wait(named('call_event'))
  expect(webhookContract('call_event')?.safeParse(fired.body).error?.issues ?? []).toEqual([])
  await desk.keyboard.press('Escape')

  receiver.answer = zoo.ok
  await desk.goto(`${emulator.url}console#/timeline`)
  await desk.getByRole('option', { name: /delivery\.failed/ }).click()
  await desk.getByRole('button', { name: /^Resend r/ }).click()
  expect(await receiver.wait(() => receiver.received.length === 2)).toMatchObject({ text: fired.text })
  await emulator.says('"type":"delivery.done"')
  const download = desk.waitForEvent('download')
  await desk.getByRole('button', { name: /fixture/ }).click()
  expect((await download).suggestedFilename()).toBe('call_event.json')
  expect(complaints).toEqual([])
  await context.close()
})
