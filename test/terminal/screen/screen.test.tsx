/** @jsxImportSource react */
import { cleanup, render } from 'ink-testing-library'
import { afterEach, expect, test } from 'vitest'
import type { Fact } from '../../../src/contracts/journal.js'
import type { Acts } from '../../../src/terminal/screen/acts.js'
import { ScreenKeys } from '../../../src/terminal/screen/screen-keys.js'
import { createScreenModel } from '../../../src/terminal/screen/screen-model.js'
import type { Notice } from '../../../src/terminal/screen/state.js'
import { fakeClock, until } from '../../helpers/emulator.js'
import { eventsOf, small, stageOf, start, story, textOf } from '../../helpers/screen.js'

afterEach(cleanup)

const keys = { enter: '\r', esc: '\u001b', up: '\u001b[A', down: '\u001b[B', tab: '\t', controlC: '\u0003' }

const told = (text: string): Notice => ({ tone: 'ok', text })

/** The screen with these facts behind it, and everything that it asked for. */
const setUp = async (facts: readonly Fact[] = [...start, ...story]) => {
  const asked: string[] = []
  const receiver = { isThere: false }
  const stage = stageOf(...facts)
  const clock = fakeClock(stage.now)
  const did = (what: string) => async () => {
    asked.push(what)
    return told(`did ${what}`)
  }
  const acts: Acts = {
    resend: delivery => did(`resend ${delivery}`)(),
    resendEdited: ({ delivery, name }) => did(`edit ${delivery} ${name}`)(),
    copy: text => asked.push(`copy ${text.split('\n')[0]}`),
    saveFixture: event => did(`save ${event}`)(),
    open: path => did(`open /${path}`)(),
    fire: ({ kind, name }) => did(`fire ${kind} ${name}`)(),
    write: (chat, text) => did(`write ${chat} ${text}`)(),
    setMode: mode => did(`mode ${mode}`)(),
    setWebhook: address => did(`webhook ${address}`)(),
    fireables: async () => [
      { kind: 'webhook', name: 'chat_accepted', about: '' },
      { kind: 'webhook', name: 'chat_updated', about: '' },
      { kind: 'callback', name: 'jivo_onOpen', about: '' },
    ],
    fieldsOf: async () => null,
    isHeard: async () => receiver.isThere,
    suspend: () => asked.push('suspend'),
    quit: () => asked.push('quit'),
  }
  const model = createScreenModel({ source: stage.source, acts, clock, size: small })
  const screen = render(<ScreenKeys press={model.press} />)
  let frames = 0
  let text = textOf(model.frame())
  model.subscribe(() => {
    frames += 1
    text = textOf(model.frame())
  })
  await until(() => screen.stdin.listenerCount('readable') > 0)
  const frame = () => {
    // Whatever is due is drawn.
    clock.move(40)
    return text
  }
  const shows = async (text: string | RegExp) => {
    await until(() => (typeof text === 'string' ? frame().includes(text) : text.test(frame())))
    expect(frame()).toMatch(text)
  }
  const asks = async (what: string) => {
    await until(() => asked.includes(what))
    expect(asked).toContain(what)
  }
  const happen = (...more: readonly Fact[]) => model.take(stage.happen(...more).map(event => event))
  return { receiver, stage, model, clock, asked, asks, frame, shows, happen, frames: () => frames, press: screen.stdin.write }
}

const bar = (frame: string) => frame.split('\n').find(row => row.startsWith('▌'))

test('the bar moves with letters and arrows, and the list stops following', async () => {
  const { press, shows, frame } = await setUp()
  await shows('live')
  press('k')
  press(keys.up)
  await shows('paused')
  expect(bar(frame())).toContain('18 ')
  press(keys.down)
  press('G')
  await shows('live')
  expect(bar(frame())).toContain('20 ')
})

test('an event opens with its attempts, its parts turn with tab, and escape goes back', async () => {
  const { press, shows } = await setUp()
  press('k')
  press(keys.enter)
  await shows('#19 delivery.failed  chat_updated')
  await shows('Your server answered 500.')
  await shows('1 to 10 of 11 lines')
  press('JJJ')
  await shows('2 to 11 of 11 lines')
  press('K')
  await shows('1 to 10 of 11 lines')
  press(keys.tab)
  await shows('[Event]')
  press('k')
  await shows('#18 delivery.attempted')
  press(keys.esc)
  await shows('enter open')
})

test.each([
  ['r', 'resend d15'],
  ['e', 'edit d15 chat_updated'],
  ['s', 'save chat_updated'],
  ['o', 'open /console#/timeline/19'],
  ['y', 'copy http://127.0.0.1:7410/console#/timeline/19'],
  ['c', "copy curl -sS --globoff -X POST 'http://127.0.0.1:3000/jivo' \\"],
  ['C', 'open /console'],
  ['a', 'mode offline'],
  ['q', 'quit'],
  [keys.controlC, 'quit'],
  ['\u001a', 'suspend'],
])('key %j on a failed delivery asks for: %s', async (key, what) => {
  const { press, asks, shows } = await setUp()
  press('[')
  await shows(/▌ +19/)
  press(key)
  await asks(what)
})

test('what came of it stands in place of the keys until the next key', async () => {
  const { press, shows, frame } = await setUp()
  press('[r')
  await shows('✔ did resend d15')
  press('k')
  await shows('j k move')
  expect(frame()).not.toContain('did resend')
})

test('a key that needs a delivery says so where there is none', async () => {
  const { press, shows, asked } = await setUp()
  press('r')
  await shows('This event is no delivery.')
  expect(asked).toEqual([])
})

test('the filter follows every letter, completes with tab, stays with enter and goes with escape', async () => {
  const { press, shows, frame } = await setUp()
  press('/')
  press('type:fai')
  await shows('1 of 20')
  press(keys.tab)
  await shows('/ type:delivery.failed')
  press(keys.enter)
  await shows('filtered')
  expect(frame()).toContain('delivery.failed')
  expect(frame()).not.toContain('chat.started')
  press(keys.esc)
  await shows('chat.started')
  press('/x:1')
  await shows('no such key')
  press(keys.esc)
  await shows('j k move')
})

test('a webhook or a callback is found by a part of its name and fired', async () => {
  const { press, shows, asks } = await setUp()
  press('f')
  await shows('jivo_onOpen')
  press('upd')
  await shows(/▌ chat_updated/)
  press(keys.enter)
  await asks('fire webhook chat_updated')
})

test('m writes to the chat of the event as the agent, and what is pasted with line breaks is one message', async () => {
  const { press, shows, asks } = await setUp()
  press('m')
  await shows('to Vera Lind')
  press('\u001b[200~')
  press('Здравствуйте\rqqq')
  press('\u001b[201~')
  press(keys.enter)
  await asks('write 9001 Здравствуйте\nqqq')
})

test('W begins with the address that is set, and takes another', async () => {
  const { press, shows, asks } = await setUp()
  press('W')
  await shows('webhooks go to: http://127.0.0.1:3000/jivo')
  press('2')
  press(keys.enter)
  await asks('webhook http://127.0.0.1:3000/jivo2')
})

test('d shows the chats, and enter there shows the events of one', async () => {
  const { press, shows } = await setUp()
  press('d')
  await shows(/▌ WEB Vera Lind/)
  press(keys.enter)
  await shows('filtered')
})

test('keys that come as one text are all taken, the one behind an escape too', async () => {
  const { press, shows, asks, frame } = await setUp()
  press('kkk')
  await shows('paused')
  expect(bar(frame())).toContain('17 ')
  press('\r')
  await shows('#17 delivery.attempted')
  press('\u001bq')
  await asks('quit')
})

test('what is pasted into the list is not taken for keys, nor is a key that nobody knows', async () => {
  const { press, shows, asked, frame } = await setUp()
  press('\u001b[200~')
  press('quit? kkk')
  press('\u001b[201~')
  press('\u001b[57414u')
  press('k')
  await shows('paused')
  expect(bar(frame())).toContain('19 ')
  expect(asked).toEqual([])
})

test('the first screen teaches, looks every two seconds, and goes with the first event', async () => {
  const { shows, happen, press, asks, clock, receiver } = await setUp([...start])
  await shows('Nothing has happened yet.')
  await shows('Nothing listens on port 3000 yet. Looking again every 2 s.')
  receiver.isThere = true
  clock.move(2_000)
  await shows('Something listens on port 3000.')
  press('o')
  await asks('open /')
  happen({ type: 'visitor.appeared', visitor: 1, key: 'k' })
  await shows('visitor.appeared')
})

test('however much happens there are at most thirty frames a second, and none while nothing does', async () => {
  const { model, clock, stage, frames } = await setUp([...start, { type: 'visitor.appeared', visitor: 1, key: 'k' }])
  clock.move(1_000)
  const before = frames()
  for (let number = 0; number < 1_000; number += 1) {
    model.take(eventsOf([{ type: 'callback.scheduled', page: 'p1', callback: 'jivo_onOpen', args: [] }], stage.world.seq + number))
    clock.move(1)
  }
  expect(frames() - before).toBeGreaterThan(20)
  expect(frames() - before).toBeLessThanOrEqual(31)
  clock.move(100)
  const still = frames()
  clock.move(60_000)
  expect(frames()).toBe(still)
})

test('the list keeps the newest three thousand events, and what is open stays readable when it left', async () => {
  const { press, shows, model, stage } = await setUp()
  press('k')
  press(keys.enter)
  await shows('#19 delivery.failed')
  model.take(
    eventsOf(
      Array.from({ length: 4_000 }, () => ({ type: 'callback.scheduled', page: 'p1', callback: 'jivo_onOpen', args: [] }) as const),
      stage.world.seq,
    ),
  )
  expect(stage.source.history.events.length).toBeLessThanOrEqual(3_000)
  await shows('3 500 HTML')
  await shows(/paused, [23]\s\d{3} new/)
})
