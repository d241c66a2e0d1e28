import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { run, temporaryFolder } from '../helpers/cli.js'
import { id } from '../helpers/emulator.js'
import { startReceiver, zoo } from '../helpers/receiver.js'
import { hasTmux, openTerminal, type Terminal } from '../helpers/tmux.js'

if (!hasTmux) process.stderr.write('The screen of emulate is not tried in a real terminal: tmux is missing.\n')
const inTerminal = test.skipIf(!hasTmux)

/** `emulate` in a terminal, its first frame there, and where it is. */
const emulate = async (cwd: string, args: readonly string[] = [], options: Partial<Parameters<typeof openTerminal>[1]> = {}) => {
  const terminal = openTerminal(['emulate', '--port', '0', ...args], { cwd, ...options })
  await terminal.shows(/jivo-dev (http:\/\/)?127\.0\.0\.1:\d+ /)
  const { url, pid } = JSON.parse(readFileSync(join(cwd, '.jivo-dev/emulator.json'), 'utf8')) as { url: string; pid: number }
  return { terminal, url, pid }
}

interface Page {
  readonly socket: WebSocket
  readonly say: (frame: object) => void
}

/** A page with the widget, open until the test closes it. */
const openPage = async (url: string, number = 1): Promise<Page> => {
  const { account } = (await (await fetch(`${url}_dev/state`)).json()) as { account: { channels: { publicId: string }[] } }
  const socket = new WebSocket(`${url.replace('http', 'ws')}widget/${account.channels[0]?.publicId}/socket`)
  await new Promise(resolve => socket.once('open', resolve))
  const say = (frame: object) => socket.send(JSON.stringify(frame))
  say({ type: 'open', page: id('p', number), key: id('k', number), url: 'http://shop.test/', title: 'Чайник', referrer: '', language: 'ru' })
  return { socket, say }
}

const write = ({ say }: Page, text: string, number = 1) => say({ type: 'write', id: id('m', number), text })

const ended = (terminal: Terminal) => terminal.shows(/ended with \d+/)

inTerminal('the first screen teaches, and a delivery is seen, opened and sent again', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver(zoo.html500)
  const { terminal, url } = await emulate(folder.path, ['--webhook', receiver.url, '--delivery-profile', 'none'])
  using _ = terminal
  await terminal.shows('Nothing has happened yet.')
  await terminal.shows('Something listens on port')
  const page = await openPage(url)
  write(page, 'Где мой заказ?')
  await terminal.shows(/delivery\.failed +chat_accepted .* ✖ 500/)
  expect(terminal.screen()).toContain('“Где мой заказ?”')
  terminal.press('[', 'Enter')
  await terminal.shows('What to try')
  terminal.press('Escape')
  receiver.answer = zoo.ok
  terminal.press('r')
  await terminal.shows(/delivery\.done +chat_accepted .* ✔ 200/)
  expect(receiver.received).toHaveLength(2)
  page.socket.close()
})

inTerminal.each([
  ['q', (terminal: Terminal) => terminal.press('q')],
  ['Ctrl-C', (terminal: Terminal) => terminal.press('C-c')],
  ['SIGTERM', (_: Terminal, pid: number) => process.kill(pid, 'SIGTERM')],
] as const)('%s gives the terminal back, with the last 20 events in the scrollback and the keys as they were', async (_, end) => {
  using folder = temporaryFolder()
  const { terminal, url, pid } = await emulate(folder.path)
  using __ = terminal
  const page = await openPage(url)
  for (let number = 1; number <= 12; number += 1) write(page, `Message ${number}`, number)
  await terminal.shows('Message 12')
  expect(terminal.isTaken()).toBe(true)
  end(terminal, pid)
  await ended(terminal)
  expect(terminal.isTaken()).toBe(false)
  const lines = terminal.scrollback().split('\n')
  expect(lines.find(line => line.startsWith('ended with'))).toBe('ended with 0')
  const events = lines.filter(line => /^\d\d:\d\d:\d\d\.\d{3} +\d+ {2}/.test(line))
  // What happened while it stopped comes after the 20.
  expect(events.length).toBeGreaterThanOrEqual(20)
  expect(events.length).toBeLessThanOrEqual(23)
  expect(lines.join('\n')).toContain('It never talks to Jivo.')
  // `cat` has the terminal now: what is typed is echoed, and a line is given back.
  terminal.press('echo', 'Enter')
  await terminal.shows('echo\necho')
})

inTerminal('a crash gives the terminal back before it says what happened, with the last events', async () => {
  using folder = temporaryFolder()
  const crash = 'process.once("SIGUSR2", () => { throw new Error("the worst") })'
  const { terminal, pid } = await emulate(folder.path, [], { env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crash)}` } })
  using _ = terminal
  process.kill(pid, 'SIGUSR2')
  await ended(terminal)
  expect(terminal.isTaken()).toBe(false)
  expect(terminal.scrollback()).toMatch(/emulator\.started[\s\S]*Error: the worst[\s\S]*ended with [^0]/)
})

inTerminal('a bug of the screen leaves the emulator running, with a line an event', async () => {
  using folder = temporaryFolder()
  const breakage = 'process.on("SIGUSR2", () => { Intl.Segmenter.prototype.segment = () => { throw new Error("the bug") } })'
  const { terminal, url, pid } = await emulate(folder.path, [], { env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(breakage)}` } })
  using _ = terminal
  const page = await openPage(url)
  await terminal.shows('page.opened')
  process.kill(pid, 'SIGUSR2')
  write(page, '注文は出荷されました'.repeat(9))
  await terminal.shows('jivo-dev: the bug')
  expect(terminal.isTaken()).toBe(false)
  write(page, 'Still there?', 2)
  await terminal.shows('Still there?')
  page.socket.close()
  terminal.press('C-c')
  await ended(terminal)
  expect(terminal.screen()).toContain('ended with 0')
})

inTerminal('Ctrl-Z leaves the terminal to the shell, and fg brings the screen back', async () => {
  using folder = temporaryFolder()
  const { terminal, pid } = await emulate(folder.path)
  using _ = terminal
  terminal.press('C-z')
  while (terminal.isTaken()) await new Promise(resolve => setTimeout(resolve, 20))
  // It may not have stopped yet.
  while (!terminal.isTaken()) process.kill(pid, 'SIGCONT')
  await terminal.shows('Nothing has happened yet.')
  terminal.press('?')
  await terminal.shows('any key closes this')
  expect(terminal.isTaken()).toBe(true)
})

inTerminal('while nothing happens nothing is written, and an event writes a little', async () => {
  using folder = temporaryFolder()
  const { terminal, url } = await emulate(folder.path)
  using _ = terminal
  const page = await openPage(url)
  write(page, 'Hello')
  await terminal.shows('Max Orlov')
  await settled(terminal)
  const before = terminal.written()
  // Two looks at the receiver would fit in here, and a hundred frames.
  await new Promise(resolve => setTimeout(resolve, 1_500))
  expect(terminal.written()).toBe(before)
  page.say({ type: 'state', from: null, to: 'label' })
  await terminal.shows('widget.changed')
  await settled(terminal)
  expect(terminal.written() - before).toBeLessThan(10_000)
  expect(terminal.recorded()).not.toContain('\u001b[3J')
  page.socket.close()
})

inTerminal('a thousand events a second lose no key, and what comes meanwhile stands below', async () => {
  using folder = temporaryFolder()
  const { terminal, url } = await emulate(folder.path)
  using _ = terminal
  const page = await openPage(url)
  const total = 3_000
  let sent = 0
  const flood = setInterval(() => {
    for (let number = 0; number < 20 && sent < total; number += 1, sent += 1) page.say({ type: 'api', method: 'getContactInfo', args: [sent], result: null })
  }, 20)
  try {
    await terminal.shows('api.called')
    terminal.press('/')
    for (const letter of 'type:api.called "(77"') terminal.press(letter)
    await terminal.shows('/ type:api.called "(77"')
    terminal.press('Enter')
    await terminal.shows('getContactInfo(77)')
    for (const key of 'kkjjk') terminal.press(key)
    await terminal.shows('paused')
    while (sent < total) await new Promise(resolve => setTimeout(resolve, 20))
    terminal.press('Escape', 'Escape', 'G')
    await terminal.shows(`getContactInfo(${total - 1})`)
    expect(terminal.screen()).toContain('live')
  } finally {
    clearInterval(flood)
    page.socket.close()
  }
})

inTerminal('another size is another layout, and too small a one is lines', async () => {
  using folder = temporaryFolder()
  const { terminal, url } = await emulate(folder.path)
  using _ = terminal
  const page = await openPage(url)
  write(page, 'Hello')
  await terminal.shows('message.sent')
  terminal.resize(120, 36)
  await terminal.shows('1 open chat')
  await terminal.shows('│ Chats')
  terminal.resize(59, 20)
  await terminal.shows('q quits.')
  expect(terminal.isTaken()).toBe(false)
  write(page, 'Привет ещё раз, длинным сообщением, которое не поместится в строку', 2)
  await terminal.shows(/message\.sent +chat 9001 visit/)
  terminal.resize(80, 24)
  await terminal.shows(/ live\s*\n─/)
  expect(terminal.isTaken()).toBe(true)
  terminal.resize(59, 20)
  terminal.press('q')
  await ended(terminal)
  page.socket.close()
})

inTerminal('a body is edited in the editor, which has the terminal meanwhile, and goes out as a new delivery', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  mkdirSync(join(folder.path, 'bin'))
  const editor = join(folder.path, 'bin', 'editor.mjs')
  writeFileSync(
    editor,
    `import { readFileSync, writeFileSync } from 'node:fs'
    const wasRaw = process.stdin.isRaw
    process.stdin.setRawMode(true).once('data', () => {
      const [path] = process.argv.slice(2)
      writeFileSync(path, readFileSync(path, 'utf8').replace('"Vera"', '"Boris"'))
      process.exit()
    })
    console.log('the editor is here, raw keys: ' + wasRaw)`,
  )
  const { terminal, url } = await emulate(folder.path, ['--webhook', receiver.url], { env: { EDITOR: `${process.execPath} ${editor}` } })
  using _ = terminal
  const page = await openPage(url)
  write(page, 'Hello')
  page.say({ type: 'contacts', contacts: { name: 'Vera' } })
  await terminal.shows(/delivery\.done +chat_updated/)
  terminal.press('/')
  terminal.press('chat_updated', 'Enter', 'e')
  await terminal.shows('the editor is here, raw keys: false')
  expect(terminal.isTaken()).toBe(false)
  terminal.press('x')
  await terminal.shows('is on its way')
  await receiver.wait(({ text }) => text.includes('"Boris"'))
  expect(terminal.isTaken()).toBe(true)
  // The keys are the screen's again.
  terminal.press('q')
  await ended(terminal)
})

inTerminal.each([
  ['--no-tui', ['--no-tui'], {}],
  ['JIVO_DEV_TUI=0', [], { JIVO_DEV_TUI: '0' }],
  ['CI=true', [], { CI: 'true' }],
  ['TERM=dumb', [], { TERM: 'dumb' }],
] as const)('with %s a terminal gets a line an event', async (_, args, env) => {
  using folder = temporaryFolder()
  using terminal = openTerminal(['emulate', '--port', '0', ...args], { cwd: folder.path, env })
  await terminal.shows('emulator.started')
  expect(terminal.isTaken()).toBe(false)
  terminal.press('C-c')
  await ended(terminal)
})

inTerminal('without colours there are none, and where the locale is not UTF-8 the signs are ASCII', async () => {
  using folder = temporaryFolder()
  const { terminal } = await emulate(folder.path, [], { env: { NO_COLOR: '1', LC_ALL: 'C', LANG: 'C' } })
  using _ = terminal
  await terminal.shows('+ 0  x 0  . 0')
  terminal.press('q')
  await ended(terminal)
  for (const color of [31, 32, 33, 34, 35, 36, 90]) expect(terminal.recorded()).not.toContain(`\u001b[${color}m`)
})

test('in a pipe there is no screen, and --help names its flag', async () => {
  using folder = temporaryFolder()
  const { stdout } = await run(['emulate', '--port', '0', '--exit-after', '1ms'], { cwd: folder.path })
  expect(stdout).toMatch(/emulator\.started/)
  expect(stdout).not.toContain('\u001b')
  expect((await run(['emulate', '--help'], { cwd: folder.path })).stdout).toMatch(/--no-tui/)
})

/** Resolves when what is written has stopped to grow: a frame comes at most 34 ms after what it shows. */
const settled = async (terminal: Terminal) => {
  for (let before = -1; before !== terminal.written(); ) {
    before = terminal.written()
    await new Promise(resolve => setTimeout(resolve, 300))
  }
}
