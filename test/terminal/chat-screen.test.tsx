/** @jsxImportSource react */
import { cleanup, render } from 'ink-testing-library'
import { afterEach, expect, test } from 'vitest'
import { type ChatView, createChatModel } from '../../src/terminal/chat-model.js'
import { ChatScreen } from '../../src/terminal/chat-screen.js'
import { until } from '../helpers/emulator.js'

afterEach(cleanup)

const keys = { enter: '\r', right: '\u001b[C', left: '\u001b[D', tab: '\t', controlC: '\u0003', controlD: '\u0004' }

const offer = {
  message: 'b1',
  buttons: [
    { id: '1', text: 'Tea' },
    { id: '2', text: 'Coffee' },
  ],
}

/** The screen with a pair of ears. `refused` are lines that are wrong. */
const setUp = async (view: Partial<ChatView> = {}, refused: readonly string[] = []) => {
  const sent: string[] = []
  const typed: string[] = []
  let hangUps = 0
  const model = createChatModel()
  model.change(view)
  const send = async (line: string) => {
    sent.push(line)
    return !refused.includes(line)
  }
  const screen = render(
    <ChatScreen
      title="Telegram"
      model={model}
      hasColors={false}
      send={send}
      typed={text => typed.push(text)}
      hangUp={() => {
        hangUps += 1
      }}
    />,
  )
  const frame = () => screen.lastFrame() ?? ''
  const shows = async (text: string) => {
    await until(() => frame().includes(text))
    expect(frame()).toContain(text)
  }
  await shows('enter sends')
  // The keys are listened to once the first picture is there.
  await until(() => screen.stdin.listenerCount('readable') > 0)
  return { model, sent, typed, frame, shows, press: screen.stdin.write, hangUps: () => hangUps }
}

test('what is said is printed with names, and what happened without', async () => {
  const { model, frame, shows } = await setUp()
  model.change({
    lines: [
      { kind: 'said', message: 'm1', by: 'visitor', name: 'Ada', text: 'Hi' },
      { kind: 'note', text: 'Max Orlov has the chat' },
      { kind: 'said', message: 'm2', by: 'agent', name: 'Max Orlov', text: 'Yes\u001b[2J?' },
    ],
    typist: 'Max Orlov',
  })
  await shows('is typing…')
  expect(frame()).toContain('Ada           Hi\n- Max Orlov has the chat\nMax Orlov     Yes\\u001b[2J?\n\nMax Orlov is typing…\n>')
})

test('a line is typed, told and sent', async () => {
  const { sent, typed, press, shows } = await setUp()
  press('H')
  press('i')
  await shows('> Hi')
  press(keys.enter)
  expect([sent, typed]).toEqual([['Hi'], ['H', 'Hi']])
})

test('a line that is wrong comes back to be mended', async () => {
  const { model, press, shows } = await setUp({}, ['/lave'])
  press('/lave')
  press(keys.enter)
  model.change({ problem: { problem: 'There is no /lave.', hint: '/leave' } })
  await shows('> /lave')
  await shows('There is no /lave.')
})

test('a number presses a button while nothing is typed, and is a letter otherwise', async () => {
  const { sent, press, shows } = await setUp({ offer })
  await shows('[1] Tea  [2] Coffee')
  press('2')
  press('a')
  press('2')
  await shows('> a2')
  expect(sent).toEqual(['/button 2'])
})

test('arrows go through the buttons and round their ends, and enter presses the one', async () => {
  const { sent, press } = await setUp({ offer })
  for (const stroke of [keys.right, keys.right, keys.right, keys.left, keys.enter]) press(stroke)
  press(keys.left)
  press(keys.enter)
  expect(sent).toEqual(['/button 2', '/button 2'])
})

test('a slash lists the commands, and tab completes the first that fits', async () => {
  const { press, shows, frame } = await setUp()
  press('/')
  await shows('/rate good|bad')
  press('f')
  await until(() => !frame().includes('/rate good|bad'))
  press(keys.tab)
  press('a.png')
  await shows('> /file a.png')
})

test('Ctrl-C hangs up, Ctrl-D only where nothing is typed', async () => {
  const { press, shows, hangUps } = await setUp()
  press(keys.controlD)
  expect(hangUps()).toBe(1)
  press('a')
  await shows('> a')
  press(keys.controlD)
  expect(hangUps()).toBe(1)
  press(keys.controlC)
  expect(hangUps()).toBe(2)
})

test('a lost connection is said, and the composer stays', async () => {
  const { model, press, shows } = await setUp()
  model.change({ isConnected: false })
  await shows('No connection, trying every 2 s')
  press('still here')
  await shows('> still here')
})
