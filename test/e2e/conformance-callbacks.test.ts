import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callbackNames } from '../../src/contracts/widget-api.js'
import { openBrowser } from '../helpers/browser.js'
import { openStage, type Stage, type Visit } from '../helpers/stage.js'

/** One row for each callback of the Widget API: when it comes, with what, in what order, and what is recorded of it. */

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

const namesOf = (calls: unknown[][]) => calls.map(([name]) => name)
const box = ({ page }: Visit) => page.getByRole('textbox', { name: 'Write a message' })

/** The visitor opens the window and writes. */
const write = async (visit: Visit, text: string) => {
  await visit.call('open')
  await box(visit).fill(text)
  await visit.page.keyboard.press('Enter')
  return visit.event('message.sent', sent => sent.text === text)
}

const reply = (chat: number, text: string) => stage.ask(`chats/${chat}/messages`, { text })

/** What the journal says of a callback: its arguments and what the page did. */
const firedOf = async (visit: Visit, callback: string, times = 1) => {
  const isIt = (fired: { callback: string }) => fired.callback === callback
  await visit.event('callback.fired', isIt, times)
  return (await visit.eventsOf('callback.fired')).filter(isIt).map(({ args, outcome }) => [outcome, ...args])
}

const rows: Record<string, () => Promise<void>> = {
  jivo_onLoadCallback: async () => {
    const visit = await stage.visit({ before: 'jivo_onLoadCallback = () => calls.push(["jivo_onLoadCallback", typeof jivo_api.open, jivo_api.chatMode()])' })
    await visit.called('jivo_onLoadCallback')
    expect(await visit.callbacks()).toEqual([['jivo_onLoadCallback', 'function', 'online']])
    expect(await firedOf(visit, 'jivo_onLoadCallback')).toEqual([['called']])
  },

  jivo_onOpen: async () => {
    const visit = await stage.visit()
    await visit.call('open')
    await visit.call('open')
    await visit.called('jivo_onResizeCallback')
    const calls = await visit.callbacks()
    expect(calls.slice(1)).toEqual(expect.arrayContaining([['jivo_onOpen'], ['jivo_onChangeState', 'chat'], ['jivo_onResizeCallback']]))
    expect(calls).toHaveLength(4)
    await visit.call('close')
    await visit.page.getByRole('button', { name: 'Ask us, we are online' }).click()
    await visit.called('jivo_onOpen', 2)
    await visit.call('close')
    await stage.ask(`visitors/${visit.visitor}/invitation`, { text: 'By itself' })
    await visit.called('jivo_onOpen', 3)
    expect(await firedOf(visit, 'jivo_onOpen', 3)).toEqual([['called'], ['called'], ['called']])
  },

  jivo_onClose: async () => {
    const visit = await stage.visit()
    await visit.call('close')
    await visit.call('open')
    await visit.call('close')
    await visit.called('jivo_onClose')
    await visit.call('open')
    await visit.page.keyboard.press('Escape')
    await visit.called('jivo_onClose', 2)
    expect(await firedOf(visit, 'jivo_onClose', 2)).toEqual([['called'], ['called']])
  },

  jivo_onChangeState: async () => {
    const visit = await stage.visit()
    await write(visit, 'States')
    await visit.page.keyboard.press('Escape')
    await visit.called('jivo_onChangeState', 3)
    expect((await visit.callbacks()).filter(([name]) => name === 'jivo_onChangeState')).toEqual([
      ['jivo_onChangeState', 'chat'],
      ['jivo_onChangeState', 'introduce'],
      ['jivo_onChangeState', 'chat/min'],
    ])
    await visit.event('widget.changed', ({ to }) => to === 'chat/min')
    expect((await visit.eventsOf('widget.changed')).map(({ from, to }) => [from, to])).toEqual([
      [null, 'label'],
      ['label', 'chat'],
      ['chat', 'introduce'],
      ['introduce', 'chat/min'],
    ])
    await stage.setWidget({ callback: 'on' })
    await visit.event('page.opened')
    await visit.page.waitForFunction(
      () =>
        new Promise(resolve =>
          (window as never as { jivo_api: { isCallbackEnabled: (run: (answer: { result: string }) => void) => void } }).jivo_api.isCallbackEnabled(
            ({ result }) => resolve(result === 'ok'),
          ),
        ),
    )
    await visit.call('open', { start: 'call' })
    expect(await visit.called('jivo_onChangeState', 4)).toEqual(['jivo_onChangeState', 'chat/call'])
    const fresh = await stage.visit()
    await fresh.call('open', { start: 'call' })
    expect(await fresh.called('jivo_onChangeState')).toEqual(['jivo_onChangeState', 'call'])
    await fresh.call('close')
    expect(await fresh.called('jivo_onChangeState', 2)).toEqual(['jivo_onChangeState', 'label'])
    await stage.setWidget({ callback: 'off' })
  },

  jivo_onMessageSent: async () => {
    const visit = await stage.visit()
    const { chat } = await write(visit, 'First')
    await visit.called('jivo_onMessageSent')
    await write(visit, 'Second')
    await stage.ask(`chats/${chat}/finish`)
    await write(visit, 'In a new chat, but the history is not empty')
    await visit.event('chat.started', started => started.chat !== chat)
    await visit.called('jivo_onClientStartChat', 2)
    expect(await firedOf(visit, 'jivo_onMessageSent')).toEqual([['called']])
  },

  jivo_onClientStartChat: async () => {
    const visit = await stage.visit()
    await write(visit, 'Begins')
    await visit.called('jivo_onMessageSent')
    const names = namesOf(await visit.callbacks())
    expect(names.indexOf('jivo_onClientStartChat')).toBeLessThan(names.indexOf('jivo_onMessageSent'))
    expect(await firedOf(visit, 'jivo_onClientStartChat')).toEqual([['called']])
    const invited = await stage.visit()
    await stage.ask(`visitors/${invited.visitor}/invitation`, { text: 'Hello from us' })
    await invited.called('jivo_onOpen')
    await invited.call('close')
    await write(invited, 'An answer')
    await invited.called('jivo_onMessageSent')
    expect(namesOf(await invited.callbacks())).not.toContain('jivo_onClientStartChat')
  },

  jivo_onIntroduction: async () => {
    const visit = await stage.visit({ before: 'jivo_onIntroduction = () => calls.push(["jivo_onIntroduction", jivo_api.getContactInfo()])' })
    await write(visit, 'Hello')
    const form = visit.page.getByRole('form')
    await form.getByLabel('Name').fill('Vera')
    await form.getByLabel('E-mail').fill('vera@example.test')
    await form.getByRole('button', { name: 'Send' }).click()
    expect(await visit.called('jivo_onIntroduction')).toEqual([
      'jivo_onIntroduction',
      { client_name: 'Vera', email: 'vera@example.test', phone: null, description: null },
    ])
    expect(await firedOf(visit, 'jivo_onIntroduction')).toEqual([['called']])
    expect((await visit.known()).contacts).toMatchObject({ name: 'Vera', email: 'vera@example.test' })
  },

  jivo_onAccept: async () => {
    const visit = await stage.visit()
    const { chat } = await write(visit, 'Anybody there?')
    await stage.ask(`chats/${chat}/accept`)
    await visit.called('jivo_onAccept')
    await reply(chat, 'Yes')
    await visit.called('jivo_onMessageReceived')
    expect(await firedOf(visit, 'jivo_onAccept')).toEqual([['called']])
    const { body } = await stage.receiver.wait(
      ({ body: { event_name: event, visitor } }) => event === 'chat_accepted' && (visitor as { number: string }).number === `${visit.visitor}`,
    )
    expect(body).toMatchObject({ page: { url: `${stage.site}/`, title: 'Site' } })
  },

  jivo_onMessageReceived: async () => {
    const visit = await stage.visit({ before: 'jivo_onMessageReceived = () => calls.push(["jivo_onMessageReceived", jivo_api.getUnreadMessagesCount()])' })
    const { chat } = await write(visit, 'Anybody there?')
    await visit.call('close')
    await reply(chat, 'One')
    await reply(chat, 'Two')
    await visit.called('jivo_onMessageReceived', 2)
    expect((await visit.callbacks()).filter(([name]) => name === 'jivo_onMessageReceived')).toEqual([
      ['jivo_onMessageReceived', 1],
      ['jivo_onMessageReceived', 2],
    ])
    expect(namesOf(await visit.callbacks()).indexOf('jivo_onAccept')).toBeLessThan(namesOf(await visit.callbacks()).indexOf('jivo_onMessageReceived'))
    // No argument is documented.
    expect(await firedOf(visit, 'jivo_onMessageReceived', 2)).toEqual([['called'], ['called']])
  },

  jivo_onCallStart: async () => {
    await stage.setWidget({ callback: 'on' })
    const visit = await stage.visit()
    expect(await visit.call('startCall', '+79005550142')).toEqual({ result: 'ok' })
    await visit.called('jivo_onCallStart')
    const { call } = await visit.event('call.started')
    await stage.ask(`calls/${call}`, { status: 'end' })
    await visit.called('jivo_onCallEnd')
    expect(namesOf(await visit.callbacks())).toEqual(['jivo_onLoadCallback', 'jivo_onCallStart', 'jivo_onCallEnd'])
    expect(await firedOf(visit, 'jivo_onCallStart')).toEqual([['called']])
    await stage.setWidget({ callback: 'off' })
  },

  jivo_onCallEnd: async () => {
    await stage.setWidget({ callback: 'on' })
    const visit = await stage.visit()
    await visit.call('startCall', '+79005550142')
    const { call } = await visit.event('call.started')
    for (const status of ['agent_connected', 'client_connected', 'end']) await stage.ask(`calls/${call}`, { status })
    expect(await visit.called('jivo_onCallEnd')).toEqual(['jivo_onCallEnd', { result: 'ok' }])
    await visit.call('startCall', '+79005550142')
    const { call: second } = await visit.event('call.started', started => started.call !== call)
    await stage.ask(`calls/${second}`, { status: 'error', reason: 'busy' })
    expect(await visit.called('jivo_onCallEnd', 2)).toEqual(['jivo_onCallEnd', { result: 'fail', reason: 'busy' }])
    expect(await firedOf(visit, 'jivo_onCallEnd', 2)).toEqual([
      ['called', { result: 'ok' }],
      ['called', { result: 'fail', reason: 'busy' }],
    ])
    const { body } = await stage.receiver.wait(
      ({ body: { event_name: event, call: told } }) => event === 'call_event' && (told as { status: string }).status === 'error',
    )
    expect(body).toMatchObject({ call: { type: 'callback', phone: '+79005550142', status: 'error', reason: 'busy' } })
    await stage.setWidget({ callback: 'off' })
  },

  jivo_onResizeCallback: async () => {
    const visit = await stage.visit()
    await visit.call('open')
    await visit.call('close')
    await visit.called('jivo_onResizeCallback', 2)
    expect(namesOf(await visit.callbacks()).filter(name => name !== 'jivo_onChangeState')).toEqual([
      'jivo_onLoadCallback',
      'jivo_onOpen',
      'jivo_onResizeCallback',
      'jivo_onClose',
      'jivo_onResizeCallback',
    ])
    expect(await firedOf(visit, 'jivo_onResizeCallback', 2)).toEqual([['called'], ['called']])
  },

  jivo_onWidgetDestroy: async () => {
    const visit = await stage.visit()
    await visit.page.evaluate(() => (window as never as { jivo_destroy: () => void }).jivo_destroy())
    await visit.called('jivo_onWidgetDestroy')
    expect(await firedOf(visit, 'jivo_onWidgetDestroy')).toEqual([['called']])
    await visit.event('page.closed')
    expect(await visit.page.locator('jdiv').count()).toBe(0)
    await visit.page.evaluate(() => (window as never as { jivo_init: () => void }).jivo_init())
    await visit.called('jivo_onLoadCallback', 2)
  },
}

test('every callback has its row', () => {
  expect(Object.keys(rows)).toEqual(callbackNames)
})

test.each(Object.entries(rows))('%s', async (_, row) => {
  await row()
  expect.hasAssertions()
})

test('a fresh dialog calls back in the order of the documents', async () => {
  const visit = await stage.visit()
  const { chat } = await write(visit, 'Hello')
  await reply(chat, 'Good day')
  await visit.called('jivo_onMessageReceived')
  await visit.page.keyboard.press('Escape')
  await visit.called('jivo_onClose')
  const names = namesOf(await visit.callbacks()).filter(name => name !== 'jivo_onResizeCallback' && name !== 'jivo_onChangeState')
  expect(names).toEqual([
    'jivo_onLoadCallback',
    'jivo_onOpen',
    'jivo_onClientStartChat',
    'jivo_onMessageSent',
    'jivo_onAccept',
    'jivo_onMessageReceived',
    'jivo_onClose',
  ])
})

test('a callback is found by its name at the moment of the event: replaced, removed, declared as a function', async () => {
  const visit = await stage.visit({ before: 'function jivo_onOpen() { calls.push(["declared"]) }' })
  const toggle = async () => {
    await visit.call('open')
    await visit.call('close')
  }
  await toggle()
  await visit.page.evaluate(() => {
    const target = window as unknown as Record<string, unknown>
    const previous = target.jivo_onOpen as () => void
    target.jivo_onOpen = () => {
      previous()
      ;(target.calls as unknown[]).push(['chained'])
    }
  })
  await toggle()
  await visit.page.evaluate(() => Reflect.deleteProperty(window, 'jivo_onOpen') || Object.assign(window, { jivo_onOpen: undefined }))
  await toggle()
  await visit.page.evaluate(() => Object.assign(window, { jivo_onOpen: 'not a function' }))
  await toggle()
  await visit.called('jivo_onClose', 4)
  expect(namesOf(await visit.callbacks()).filter(name => name === 'declared' || name === 'chained')).toEqual(['declared', 'declared', 'chained'])
  await visit.event('callback.fired', ({ callback }) => callback === 'jivo_onClose', 4)
  expect((await firedOf(visit, 'jivo_onOpen', 4)).flat()).toEqual(['called', 'called', 'missing', 'missing'])
})

test('a callback that throws breaks nothing, and its stack is in the journal', async () => {
  const visit = await stage.visit({ before: 'jivo_onOpen = function ownHandler() { null.oops }' })
  expect(await visit.call('open')).toEqual({ result: 'ok' })
  await visit.called('jivo_onChangeState')
  const fired = await visit.event('callback.fired', ({ callback }) => callback === 'jivo_onOpen')
  expect(fired).toMatchObject({ outcome: 'threw', error: expect.stringMatching(/^TypeError: .*oops[\s\S]*ownHandler/) })
  const { chat } = await write(visit, 'Goes on')
  await reply(chat, 'It does')
  await visit.called('jivo_onMessageReceived')
})

test('a method that a callback calls is recorded after the event that it follows from', async () => {
  const visit = await stage.visit({ before: 'jivo_onOpen = () => { jivo_api.setContactInfo({ name: "Vera" }); jivo_api.close() }' })
  await visit.call('open')
  await visit.called('jivo_onClose')
  await visit.event('callback.fired', ({ callback }) => callback === 'jivo_onClose')
  expect((await visit.eventsOf('api.called')).map(({ method }) => method)).toEqual(['getVisitorNumber', 'open', 'setContactInfo', 'close'])
  expect((await visit.known()).contacts.name).toBe('Vera')
})
