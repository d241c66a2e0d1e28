import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { methodNames } from '../../src/contracts/widget-api.js'
import { openBrowser } from '../helpers/browser.js'
import { openStage, type Stage, type Visit } from '../helpers/stage.js'

/** One row for each method of `jivo_api`, documented and not: what it answers, what is recorded, what the account and the webhooks show. */

let browser: Browser
let stage: Stage
let offlineStage: Stage
beforeAll(async () => {
  browser = await openBrowser()
  stage = await openStage(browser, ['--agents', 'manual'])
  offlineStage = await openStage(browser, ['--agents', 'offline'])
  await stage.setWidget({ callback: 'off' })
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
  await offlineStage[Symbol.asyncDispose]()
  await browser.close()
})

const warned = async (visit: Visit, words: string) => {
  const { code, message, source } = await visit.event('warning.raised', ({ message }) => message.includes(words))
  expect(message).toContain(words)
  return [code, source]
}

const misuse = ['api-misuse', 'Widget API, methods']

/** Calls a method that answers through a function; the second value is whether that came at once. */
const asked = (visit: Visit, method: string) =>
  visit.page.evaluate(
    name =>
      new Promise<[unknown[], boolean]>(resolve => {
        let isLater = false
        const { jivo_api: api } = window as unknown as { jivo_api: Record<string, (callback: (...args: unknown[]) => void) => void> }
        api[name]?.((...args) => resolve([args, !isLater]))
        isLater = true
      }),
    method,
  )

/** The widget has heard of a setting when a method answers by it. */
const callbackIs = async (visit: Visit, answer: object) => {
  for (;;) {
    const [[found]] = await asked(visit, 'isCallbackEnabled')
    if (JSON.stringify(found) === JSON.stringify(answer)) return
    await visit.page.evaluate(() => new Promise(requestAnimationFrame))
  }
}

const startChat = async (visit: Visit) => {
  await visit.call('sendMessage', {}, 'Hello')
  const { chat } = await visit.event('message.sent')
  await stage.ask(`chats/${chat}/accept`)
  return chat
}

const webhookOf = ({ visitor }: Visit, event: string) =>
  stage.receiver.wait(({ body }) => body.event_name === event && (body.visitor as { number: string } | undefined)?.number === `${visitor}`)

const rows: Record<string, () => Promise<void>> = {
  open: async () => {
    const visit = await stage.visit()
    expect(await visit.call('open')).toEqual({ result: 'ok' })
    await visit.page.getByRole('dialog', { name: 'Chat' }).waitFor()
    expect(await visit.call('open', { start: 'chat' })).toEqual({ result: 'ok' })
    expect(await visit.call('open', { start: 'menu' })).toEqual({ result: 'ok' })
    expect(await visit.call('open', { start: 'video' })).toEqual({ result: 'fail', reason: 'start: expected chat, call or menu' })
    expect(await visit.call('open', { start: 'call' })).toMatchObject({ result: 'fail', reason: expect.stringContaining('callback') })
    expect(await warned(visit, 'open: start: expected chat, call or menu')).toEqual(misuse)
    expect((await visit.eventsOf('api.called')).map(({ method, args }) => [method, ...args]).slice(1, 3)).toEqual([['open'], ['open', { start: 'chat' }]])
    expect((await visit.known()).number).toBe(visit.visitor)
  },

  close: async () => {
    const visit = await stage.visit()
    expect(await visit.call('close')).toEqual({ result: 'ok' })
    await visit.call('open')
    expect(await visit.call('close')).toEqual({ result: 'ok' })
    await visit.called('jivo_onClose')
    expect(await visit.page.getByRole('dialog', { name: 'Chat' }).count()).toBe(0)
  },

  showProactiveInvitation: async () => {
    const visit = await stage.visit()
    expect(await visit.call('showProactiveInvitation', 'Need a hand?', 3)).toBeUndefined()
    await visit.called('jivo_onOpen')
    await visit.page.getByText('Need a hand?').first().waitFor()
    expect(await visit.event('invitation.sent')).toMatchObject({ via: 'api', text: 'Need a hand?', department: 3 })
    await visit.call('sendMessage', 'Yes')
    await visit.called('jivo_onMessageSent')
    expect((await visit.callbacks()).map(([name]) => name)).not.toContain('jivo_onClientStartChat')
    const { chats } = await visit.known()
    expect((await stage.world()).chats[chats[0] ?? 0]?.messages.map(({ by, text }) => [by, text])).toEqual([
      ['agent', 'Need a hand?'],
      ['visitor', 'Yes'],
    ])
    expect(await visit.call('showProactiveInvitation', 5)).toMatchObject({ result: 'fail' })
    expect(await warned(visit, 'showProactiveInvitation: expected a text, got a number')).toEqual(misuse)
  },

  setWidgetColor: async () => {
    const visit = await stage.visit()
    const paintOf = () =>
      visit.page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('jdiv, jdiv *')].map(element => {
          const { backgroundColor, backgroundImage } = getComputedStyle(element)
          return backgroundImage === 'none' ? backgroundColor : backgroundImage
        }),
      )
    expect(await visit.call('setWidgetColor', '#ff8800')).toBeUndefined()
    expect((await paintOf()).join()).toContain('rgb(255, 136, 0)')
    expect(await visit.call('setWidgetColor', '#102030', '#405060')).toBeUndefined()
    expect((await paintOf()).join()).toMatch(/gradient\(.*rgb\(16, 32, 48\).*rgb\(64, 80, 96\)/)
    expect(await visit.call('setWidgetColor', 'red')).toMatchObject({ result: 'fail' })
    expect(await warned(visit, 'setWidgetColor: expected colours such as #2b7cff, got red')).toEqual(misuse)
  },

  chatMode: async () => {
    expect(await (await stage.visit()).call('chatMode')).toBe('online')
    const visit = await offlineStage.visit()
    expect(await visit.call('chatMode')).toBe('offline')
    expect(await visit.page.evaluate(() => (window as never as { jivo_config: { chat_mode: string } }).jivo_config.chat_mode)).toBe('offline')
  },

  startCall: async () => {
    const visit = await stage.visit()
    expect(await visit.call('startCall', '+79005550142')).toEqual({ result: 'fail', reason: 'the callback is not set up for this channel' })
    expect(await visit.called('jivo_onCallEnd')).toEqual(['jivo_onCallEnd', { result: 'fail', reason: 'the callback is not set up for this channel' }])
    expect(await visit.call('startCall', 'soon')).toMatchObject({ result: 'fail', reason: expect.stringContaining('+79005550100') })
    await stage.setWidget({ callback: 'on' })
    await callbackIs(visit, { result: 'ok' })
    expect(await visit.call('startCall', '+79005550142')).toEqual({ result: 'ok' })
    expect(await visit.event('call.started')).toMatchObject({ kind: 'callback', phone: '+79005550142' })
    await visit.called('jivo_onCallStart')
    await stage.receiver.wait(({ body }) => body.event_name === 'call_event' && (body.call as { status: string }).status === 'start')
    expect(await warned(visit, 'startCall: the callback is not set up')).toEqual(misuse)
    await stage.setWidget({ callback: 'off' })
  },

  sendOfflineMessage: async () => {
    const info = { name: 'Vera', email: 'vera@example.test', message: 'Please write back' }
    const online = await stage.visit()
    expect(await online.call('sendOfflineMessage', info)).toEqual({ result: 'fail', error: expect.stringContaining('online') })
    expect(await warned(online, 'sendOfflineMessage: the widget is online')).toEqual(misuse)
    const visit = await offlineStage.visit()
    expect(await visit.call('sendOfflineMessage', { name: 'Vera' })).toEqual({ result: 'fail', error: 'message: expected a text, got nothing' })
    expect(await visit.call('sendOfflineMessage', info)).toEqual({ result: 'ok' })
    expect(await visit.event('offline.received')).toMatchObject({ message: 'Please write back' })
    expect((await visit.known()).contacts).toMatchObject({ name: 'Vera', email: 'vera@example.test', phone: null })
    const { body } = await offlineStage.receiver.wait(({ body }) => body.event_name === 'offline_message')
    expect(body).toMatchObject({ message: 'Please write back', visitor: { name: 'Vera', email: 'vera@example.test' } })
    expect(await visit.call('getContactInfo')).toMatchObject({ client_name: 'Vera' })
  },

  sendPageTitle: async () => {
    const visit = await stage.visit()
    const chat = await startChat(visit)
    expect(await visit.call('sendPageTitle', 'Cart', true, `${stage.site}/cart`)).toBeUndefined()
    expect(await visit.event('page.moved')).toMatchObject({ title: 'Cart', url: `${stage.site}/cart` })
    expect((await visit.known()).lastPage).toMatchObject({ title: 'Cart', url: `${stage.site}/cart` })
    await visit.call('sendPageTitle', 'Checkout')
    await visit.event('page.moved', ({ title, url }) => title === 'Checkout' && url === `${stage.site}/cart`)
    await stage.ask(`chats/${chat}/finish`)
    expect((await webhookOf(visit, 'chat_finished')).body).toMatchObject({ page: { title: 'Checkout', url: `${stage.site}/cart` } })
    await visit.call('sendPageTitle', 5)
    expect(await warned(visit, 'sendPageTitle: the title is not a string')).toEqual(misuse)
  },

  setContactInfo: async () => {
    const visit = await stage.visit()
    await startChat(visit)
    expect(await visit.call('setContactInfo', { name: 'Vera', email: 'vera@example.test', phone: '+7900', description: 'VIP' })).toEqual({ result: 'ok' })
    await visit.call('setContactInfo', { phone: '+7901' })
    await visit.call('setContactInfo', { email: null })
    expect(await visit.call('getContactInfo')).toEqual({ client_name: 'Vera', email: null, phone: '+7901', description: 'VIP' })
    await visit.event('contacts.given', () => true, 3)
    expect((await visit.known()).contacts).toEqual({ name: 'Vera', email: null, phone: '+7901', description: 'VIP' })
    const { body } = await stage.receiver.wait(
      ({ body }) => body.event_name === 'chat_updated' && (body.visitor as { number: string; phone: string }).number === `${visit.visitor}`,
    )
    expect(body).toMatchObject({ visitor: { name: 'Vera', phone: '+7900' } })
    expect((await visit.callbacks()).map(([name]) => name)).not.toContain('jivo_onIntroduction')
    // The getter's name for it, and a number.
    expect(await visit.call('setContactInfo', { client_name: 'Anna' })).toEqual({ result: 'ok' })
    expect(await warned(visit, 'client_name is not one of name, email, phone, description')).toEqual(misuse)
    expect(await visit.call('setContactInfo', { phone: 79_005_550_142 })).toEqual({ result: 'fail', reason: 'phone: expected a string, got a number' })
    expect((await visit.known()).contacts.name).toBe('Vera')
  },

  setClientAttributes: async () => {
    const visit = await stage.visit()
    expect(await visit.call('setClientAttributes', { plan: 'gold', orders: 3 })).toBeUndefined()
    await visit.call('setClientAttributes', { orders: 4 })
    await visit.event('attributes.given', () => true, 2)
    expect((await visit.known()).attributes).toEqual({ plan: 'gold', orders: 4 })
    await visit.call('setClientAttributes', { orders: { of: 'objects' } })
    expect(await warned(visit, 'setClientAttributes: expected texts and numbers by attribute id')).toEqual(misuse)
  },

  setCustomData: async () => {
    const visit = await stage.visit()
    const ten = Array.from({ length: 10 }, (_, at) => ({ content: `row ${at}` }))
    expect(await visit.call('setCustomData', ten)).toEqual({ result: 'ok' })
    expect(await visit.call('setCustomData', [...ten, { content: 'row 10' }])).toEqual({ result: 'fail', reason: 'at most 10 fields, got 11' })
    expect(await warned(visit, 'setCustomData: at most 10 fields, got 11')).toEqual(misuse)
    expect((await visit.known()).card.customData).toHaveLength(10)
    const fields = [{ title: 'Plan', content: '<b>Gold</b>', link: 'https://crm.example.test/77', key: 'until' }, { content: 'second' }]
    expect(await visit.call('setCustomData', fields)).toEqual({ result: 'ok' })
    await visit.event('card.changed', () => true, 2)
    expect((await visit.known()).card.customData).toEqual(fields)
  },

  setUserToken: async () => {
    const visit = await stage.visit()
    expect(await visit.call('setUserToken', 'secret-of-vera')).toEqual({ result: 'ok', token: 'secret-of-vera' })
    expect(await visit.call('setUserToken', 5)).toEqual({ result: 'fail', token: false })
    expect(await warned(visit, 'setUserToken: expected the token')).toEqual(misuse)
    await startChat(visit)
    expect((await webhookOf(visit, 'chat_accepted')).body).toMatchObject({ user_token: 'secret-of-vera' })
    expect(JSON.stringify(await stage.events())).not.toContain('secret-of-vera')
  },

  setRules: async () => {
    await stage.setWidget({ actions: [{ name: 'account', when: { seconds: 0 }, invite: { text: 'Of the account' } }] })
    const own = [{ name: 'page', when: { seconds: 0 }, invite: { text: 'Of the page' } }]
    const visit = await stage.visit({ before: `jivo_onLoadCallback = () => jivo_api.setRules(${JSON.stringify(own)})` })
    expect(await visit.event('invitation.sent')).toMatchObject({ via: 'action', text: 'Of the page', name: 'page' })
    await visit.page.getByText('Of the page').first().waitFor()
    expect(await visit.event('rules.set')).toMatchObject({ actions: 1 })
    const other = await stage.visit()
    expect(await other.event('invitation.sent')).toMatchObject({ text: 'Of the account' })
    expect(await other.call('setRules', { events: [] })).toBeUndefined()
    expect(await warned(other, "setRules: Jivo's structure of rules is not public")).toEqual(misuse)
    await stage.setWidget({ actions: [] })
  },

  getContactInfo: async () => {
    const visit = await stage.visit()
    expect(await visit.call('getContactInfo')).toEqual({ client_name: null, email: null, phone: null, description: null })
    await visit.call('setContactInfo', { name: 'Vera', phone: '' })
    expect(await visit.call('getContactInfo')).toEqual({ client_name: 'Vera', email: null, phone: null, description: null })
    await stage.ask(`visitors/${visit.visitor}/contacts`, { email: 'vera@example.test' })
    await visit.page.waitForFunction(
      () => (window as never as { jivo_api: { getContactInfo: () => { email: string } } }).jivo_api.getContactInfo().email === 'vera@example.test',
    )
  },

  getVisitorNumber: async () => {
    const visit = await stage.visit()
    expect(await asked(visit, 'getVisitorNumber')).toEqual([[null, visit.visitor], false])
    expect(visit.visitor).toBeGreaterThan(0)
    expect(await visit.call('getVisitorNumber')).toMatchObject({ result: 'fail' })
    expect(await warned(visit, 'getVisitorNumber: expected a function, got nothing')).toEqual(misuse)
  },

  getUnreadMessagesCount: async () => {
    const visit = await stage.visit()
    expect(await visit.call('getUnreadMessagesCount')).toBe(0)
    const chat = await startChat(visit)
    for (const text of ['One', 'Two']) await stage.ask(`chats/${chat}/messages`, { text })
    await visit.called('jivo_onMessageReceived', 2)
    expect(await visit.call('getUnreadMessagesCount')).toBe(2)
    await visit.call('open')
    expect(await visit.call('getUnreadMessagesCount')).toBe(0)
  },

  getUtm: async () => {
    const none = { content: null, campaign: null, source: null, medium: null, term: null }
    expect(await (await stage.visit()).call('getUtm')).toEqual(none)
    const visit = await stage.visit({ path: '/?utm_source=mail&utm_campaign=spring' })
    expect(await visit.call('getUtm')).toEqual({ ...none, source: 'mail', campaign: 'spring' })
    const later = await stage.visit({ path: '/?utm_source=ads&utm_term=kettle', context: visit.context })
    expect(await later.call('getUtm')).toEqual({ ...none, source: 'mail', campaign: 'spring' })
    expect((await later.known()).utm).toEqual({ source: 'mail', campaign: 'spring' })
  },

  isCallbackEnabled: async () => {
    const visit = await stage.visit()
    const off = { result: 'fail', reason: 'the callback is not set up for this channel' }
    expect(await asked(visit, 'isCallbackEnabled')).toEqual([[off], false])
    for (const [callback, answer] of [
      ['on', { result: 'ok' }],
      ['no-balance', { result: 'fail', reason: 'no money is left for calls' }],
      ['off', off],
    ] as const) {
      await stage.setWidget({ callback })
      await callbackIs(visit, answer)
    }
    expect(await visit.call('isCallbackEnabled', 'ok?')).toMatchObject({ result: 'fail' })
    expect(await warned(visit, 'isCallbackEnabled: expected a function, got a string')).toEqual(misuse)
  },

  clearHistory: async () => {
    const visit = await stage.visit({ path: '/?utm_source=mail' })
    await startChat(visit)
    await visit.call('setContactInfo', { name: 'Vera' })
    await visit.call('open')
    await visit.page.getByText('Hello').first().waitFor()
    const [, number] = (await visit.page.evaluate(
      () =>
        new Promise<unknown>(resolve => {
          const { jivo_api: api } = window as unknown as {
            jivo_api: { clearHistory: () => void; getVisitorNumber: (run: (...args: unknown[]) => void) => void }
          }
          api.clearHistory()
          api.getVisitorNumber((...args) => resolve(args))
        }),
    )) as [null, number]
    expect(number).toBeGreaterThan(visit.visitor)
    expect(await visit.call('getContactInfo')).toMatchObject({ client_name: null })
    expect(await visit.page.getByRole('log').getByText('Hello').count()).toBe(0)
    expect(await visit.event('history.cleared')).toMatchObject({ visitor: visit.visitor })
    await visit.event('page.closed')
    const { visitors } = await stage.world()
    expect(visitors[visit.visitor]).toMatchObject({ contacts: { name: 'Vera' }, chats: [expect.any(Number)] })
    expect(visitors[number]).toMatchObject({ contacts: { name: null }, chats: [], utm: null })
    const again = await stage.visit({ context: visit.context })
    expect(again.visitor).toBe(number)
    expect((await again.known()).chats).toEqual([])
  },

  sendMessage: async () => {
    const visit = await stage.visit()
    expect(await visit.call('sendMessage', { Order: 'KM-1042', Size: 'L' }, 'Is it here?')).toEqual({ result: 'ok' })
    expect(await visit.call('sendMessage', 'A text alone')).toEqual({ result: 'ok' })
    await visit.event('message.sent', ({ text }) => text === 'A text alone')
    expect((await visit.eventsOf('message.sent')).map(({ by, text }) => [by, text])).toEqual([
      ['visitor', 'Order: KM-1042\nSize: L\nIs it here?'],
      ['visitor', 'A text alone'],
    ])
    await visit.called('jivo_onMessageSent')
    expect(await visit.call('sendMessage', {}, '')).toEqual({ result: 'fail', reason: 'expected a text' })
  },

  _sendIntroduce: async () => {
    const visit = await stage.visit()
    expect(await visit.call('_sendIntroduce', { name: 'Vera', email: 'vera@example.test' })).toEqual({ result: 'ok' })
    await visit.called('jivo_onIntroduction')
    expect(await visit.event('contacts.given')).toMatchObject({ via: 'form', contacts: { name: 'Vera', email: 'vera@example.test' } })
    expect(await visit.call('_sendIntroduce', 'Vera')).toMatchObject({ result: 'fail' })
  },
}

test('every method has its row', () => {
  expect(Object.keys(rows)).toEqual(methodNames)
})

test.each(Object.entries(rows))('%s', async (_, row) => {
  await row()
  expect.hasAssertions()
})

test('methods are own properties of an object that is not there before the widget is ready', async () => {
  const visit = await stage.visit({ before: 'calls.push([typeof jivo_api, typeof jivo_init, typeof jivo_destroy])' })
  expect((await visit.callbacks())[0]).toEqual(['undefined', 'undefined', 'undefined'])
  expect(
    await visit.page.evaluate(names => {
      const { jivo_api: api } = window as unknown as { jivo_api: Record<string, unknown> }
      return names.filter(name => Object.hasOwn(api, name) && typeof api[name] === 'function')
    }, methodNames),
  ).toEqual(methodNames)
})

test('names that Jivo does not have stay undefined, and each is warned of once', async () => {
  const visit = await stage.visit()
  const types = await visit.page.evaluate(() => {
    const { jivo_api: api } = window as unknown as { jivo_api: Record<string, unknown> }
    return ['show', 'setOptions', 'hide', 'show', 'then'].map(name => [typeof api[name], name in api, Object.hasOwn(api, name)])
  })
  expect(types).toEqual(Array(5).fill(['undefined', false, false]))
  await visit.call('chatMode')
  await visit.event('api.called', ({ method }) => method === 'chatMode')
  expect((await visit.eventsOf('warning.raised')).map(({ code, message }) => [code, /jivo_api\.\w+/.exec(message)?.[0]])).toEqual([
    ['api-unknown', 'jivo_api.show'],
    ['api-unknown', 'jivo_api.setOptions'],
    ['api-unknown', 'jivo_api.hide'],
  ])
})
