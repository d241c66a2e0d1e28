import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from '../helpers/browser.js'
import { openStage, type Stage } from '../helpers/stage.js'

/** What the widget keeps of a visitor over pages, tabs, reloads and restarts of the emulator. */

let browser: Browser
let stage: Stage
beforeAll(async () => {
  browser = await openBrowser()
  stage = await openStage(browser, ['--agents', 'manual'])
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
  await browser.close()
})

test('tabs of one visitor share the conversation, and a reload keeps it', async () => {
  const first = await stage.visit()
  const second = await stage.visit({ path: '/other', context: first.context })
  expect(second.visitor).toBe(first.visitor)
  await first.call('sendMessage', 'From the first tab')
  const { chat } = await first.event('message.sent')
  await stage.ask(`chats/${chat}/messages`, { text: 'To both tabs' })
  for (const tab of [first, second]) {
    await tab.called('jivo_onAccept')
    await tab.called('jivo_onMessageReceived')
    await tab.call('open')
    await tab.page.getByRole('log').getByText('From the first tab').waitFor()
    await tab.page.getByRole('log').getByText('To both tabs').waitFor()
  }
  expect((await second.callbacks()).map(([name]) => name)).not.toContain('jivo_onMessageSent')
  await second.page.reload()
  await second.called('jivo_onLoadCallback')
  await second.call('open')
  await second.page.getByRole('log').getByText('To both tabs').waitFor()
  expect((await second.callbacks()).map(([name]) => name)).not.toContain('jivo_onMessageReceived')
  await second.call('sendMessage', 'From the second tab')
  await first.page.getByRole('log').getByText('From the second tab').waitFor()
  expect((await stage.world()).chats[chat]?.messages.map(({ text }) => text)).toEqual(['From the first tab', 'To both tabs', 'From the second tab'])
})

test('a visitor has ten calls of setClientAttributes an hour, over pages and restarts of the emulator', async () => {
  const visit = await stage.visit()
  for (let at = 1; at <= 5; at += 1) await visit.call('setClientAttributes', { count: at })
  const tab = await stage.visit({ context: visit.context })
  for (let at = 6; at <= 8; at += 1) await tab.call('setClientAttributes', { count: at })
  await tab.event('attributes.given', () => true, 8)
  await stage.restart()
  for (let at = 9; at <= 11; at += 1) await visit.call('setClientAttributes', { count: at })
  expect(await visit.event('warning.raised')).toMatchObject({
    code: 'attributes-limit',
    message: expect.stringContaining('Jivo allows 10'),
    source: 'Widget API, methods',
  })
  expect((await visit.known()).attributes).toEqual({ count: 10 })
  const somebodyElse = await stage.visit()
  await somebodyElse.call('setClientAttributes', { count: 1 })
  await somebodyElse.event('attributes.given')
})

test('what a page calls while the emulator is away arrives in order when it is back', async () => {
  const visit = await stage.visit()
  await stage.restart(async () => {
    await visit.lost()
    expect(await visit.call('setContactInfo', { name: 'Vera' })).toEqual({ result: 'ok' })
    await visit.call('setCustomData', [{ content: 'one' }])
    await visit.call('sendMessage', 'Written without a connection')
    await visit.call('sendPageTitle', 'Later')
    await visit.call('setCustomData', [{ content: 'two' }])
    expect(await visit.call('getContactInfo')).toMatchObject({ client_name: 'Vera' })
  })
  await visit.event('message.sent')
  await visit.event('card.changed', () => true, 2)
  const methods = (await visit.eventsOf('api.called')).map(({ method }) => method)
  expect(methods.filter(method => !method.startsWith('get'))).toEqual(['setContactInfo', 'setCustomData', 'sendMessage', 'sendPageTitle', 'setCustomData'])
  expect(await visit.known()).toMatchObject({ contacts: { name: 'Vera' }, card: { customData: [{ content: 'two' }] }, lastPage: { title: 'Later' } })
  await visit.called('jivo_onMessageSent')
  expect((await visit.callbacks()).filter(([name]) => name === 'jivo_onLoadCallback')).toHaveLength(1)
})

test('what a page reports on a connection that is dying is recorded, and what was recorded there is not recorded again', async () => {
  const context = await newPerson(browser)
  let isMute = false
  let isDeaf = false
  let cut = () => {}
  await context.routeWebSocket(/\/socket$/, own => {
    const emulator = own.connectToServer()
    own.onMessage(text => {
      if (!isMute) emulator.send(text)
    })
    emulator.onMessage(text => {
      if (!isDeaf) own.send(text)
    })
    cut = () => {
      void own.close()
      void emulator.close()
    }
  })
  const visit = await stage.visit({ context })
  isMute = true
  await visit.call('open')
  await visit.call('setCustomData', [{ content: 'lost at first' }])
  isMute = false
  cut()
  await visit.event('card.changed')
  isDeaf = true
  await visit.call('close')
  await visit.call('setCustomData', [{ content: 'heard at first' }])
  await visit.event('card.changed', () => true, 2)
  isDeaf = false
  cut()
  await visit.event('page.closed', () => true, 2)
  await visit.call('setCustomData', [{ content: 'the last' }])
  await visit.event('card.changed', () => true, 3)
  expect((await visit.eventsOf('api.called')).map(({ method }) => method).filter(method => method !== 'getVisitorNumber')).toEqual([
    'open',
    'setCustomData',
    'close',
    'setCustomData',
    'setCustomData',
  ])
  expect((await visit.eventsOf('callback.fired')).map(({ callback }) => callback).filter(callback => /^jivo_on(Open|Close)$/.test(callback))).toEqual([
    'jivo_onOpen',
    'jivo_onClose',
  ])
  expect((await visit.eventsOf('widget.changed')).flatMap(({ from, to }) => (from === null ? [] : [`${from} > ${to}`]))).toEqual([
    'label > chat',
    'chat > label',
  ])
  await context.close()
})

test('a page that outlives the emulator is the same page: one view, under the title that it was given', async () => {
  const visit = await stage.visit()
  await visit.call('sendPageTitle', 'Cart', true, 'http://shop.test/cart')
  await visit.event('page.moved')
  await stage.restart()
  await visit.event('page.returned')
  expect(await visit.known()).toMatchObject({ visits: 1, lastPage: { title: 'Cart', url: 'http://shop.test/cart' } })
  await visit.call('sendMessage', 'Hello')
  await visit.event('message.sent')
  const { pages } = await stage.world()
  expect(Object.values(pages).find(page => page.visitor === visit.visitor)).toMatchObject({ title: 'Cart' })
  await visit.page.reload()
  await visit.event('page.opened', () => true, 2)
  expect((await visit.known()).visits).toBe(2)
})

test('a history that is cleared while the emulator is away keeps what was said before for the old client', async () => {
  const visit = await stage.visit()
  await stage.restart(async () => {
    await visit.lost()
    await visit.call('setContactInfo', { name: 'Old' })
    await visit.call('clearHistory')
    await visit.call('setContactInfo', { name: 'New' })
  })
  await visit.event('history.cleared')
  expect((await visit.known()).contacts.name).toBe('Old')
  const again = await stage.visit({ context: visit.context })
  expect(again.visitor).not.toBe(visit.visitor)
  await again.event('contacts.given')
  expect((await again.known()).contacts.name).toBe('New')
})

test('after clearHistory the widget goes back to its label, and the next message is a first one', async () => {
  const visit = await stage.visit()
  await visit.call('sendMessage', 'Hello')
  await visit.called('jivo_onMessageSent')
  await visit.call('clearHistory')
  expect(await visit.called('jivo_onChangeState', 2)).toEqual(['jivo_onChangeState', 'label'])
  await visit.call('sendMessage', 'Hello again')
  await visit.called('jivo_onMessageSent', 2)
  await visit.called('jivo_onClientStartChat', 2)
})

test('a browser is another visitor on another site', async () => {
  const visit = await stage.visit()
  const elsewhere = await visit.context.newPage()
  // A mark in a cookie knows no ports: another site has another name.
  await elsewhere.goto(stage.url.replace('127.0.0.1', 'localhost'))
  await elsewhere.waitForFunction(() => 'jivo_api' in window)
  const number = await elsewhere.evaluate(
    () =>
      new Promise(resolve => {
        const { jivo_api: api } = window as unknown as { jivo_api: { getVisitorNumber: (run: (error: null, found: number) => void) => void } }
        api.getVisitorNumber((_, found) => resolve(found))
      }),
  )
  expect(number).not.toBe(visit.visitor)
})
