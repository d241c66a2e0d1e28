import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emulate, run, start, temporaryFolder } from '../helpers/cli.js'
import { json, type Receiver, startReceiver } from '../helpers/receiver.js'

type Running = Awaited<ReturnType<typeof emulate>>

const folder = temporaryFolder()
let emulator: Running
beforeAll(async () => {
  emulator = await emulate([], folder.path)
})
afterAll(async () => {
  await emulator[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const chat = (input: string, ...args: string[]) => run(['chat', ...args], { cwd: folder.path, input })

const state = async ({ url }: Pick<Running, 'url'>) => (await fetch(`${url}_dev/state`)).json()

/** A bot that says what `answer` makes of the text that it got, in POSTs of its own, so many milliseconds after it was asked. */
const startBot = async (answer: (text: string) => readonly object[], pause: number): Promise<Receiver & { at: (emulator: Running) => Promise<void> }> => {
  let address = ''
  const bot = await startReceiver((response, { body }) => {
    json(response, {})
    if (body.event === 'CLIENT_MESSAGE') void say(body as unknown as Asked)
  })
  const say = async ({ client_id, chat_id, message }: Asked) => {
    await new Promise(resolve => setTimeout(resolve, pause))
    for (const said of answer(message.text)) {
      await fetch(address, { method: 'POST', body: JSON.stringify({ event: 'BOT_MESSAGE', id: '1', client_id, chat_id, message: said }) })
    }
  }
  const at = async (running: Running) => {
    const ready = JSON.parse(running.output.stdout.split('\n')[0] ?? '')
    const { account } = await state(ready)
    address = `${ready.url}webhooks/${account.bots[0].providerId}/${token}`
  }
  return Object.assign(bot, { at })
}

interface Asked {
  readonly client_id: string
  readonly chat_id: string
  readonly message: { readonly text: string }
}

const token = 'sesame-of-the-bot'

const text = (words: string) => ({ type: 'TEXT', text: words })

test('every line is a message, and the answer of the agent is a line', async () => {
  expect(await chat('hi\n\nis it there?\n', '--as', 'Ada')).toEqual({
    code: 0,
    stdout: 'Hello, I am Max Orlov. I answer by myself; open the console to answer in my place.\nYou wrote: is it there?\n',
    stderr: '',
  })
})

test('the same name is the same client of a channel, and an id is another', async () => {
  await chat('hi', '--channel', 'Telegram', '--as', 'Bob', '--phone', '+79005550177')
  await chat('again', '--channel', 'telegram', '--as', 'Bob')
  await chat('hi', '--channel', 'telegram', '--as', 'Bob', '--id', 'other')
  const { visitors, account } = await state(emulator)
  const { publicId } = account.channels.find(({ type }: { type: string }) => type === 'telegram')
  const bobs = Object.values(visitors as Record<string, { from: { channel: string; id: string }; contacts: { name: string; phone: string } }>).filter(
    visitor => visitor.from?.channel === publicId,
  )
  expect(bobs.map(({ from, contacts }) => [from.id, contacts.name, contacts.phone])).toEqual([
    ['bob', 'Bob', '+79005550177'],
    ['other', 'Bob', null],
  ])
})

test('a client of the site is on the page that is named', async () => {
  await chat('hi', '--id', 'reader', '--page', 'http://shop.test/kettle', '--no-wait')
  await chat('hi', '--id', 'shopper', '--no-wait')
  const { visitors } = await state(emulator)
  const pages = Object.values(visitors as Record<string, { from: { id: string }; lastPage: { url: string } }>).map(({ from, lastPage }) => [
    from.id,
    lastPage?.url,
  ])
  expect(pages).toContainEqual(['reader', 'http://shop.test/kettle'])
  expect(pages).toContainEqual(['shopper', emulator.url])
})

test('JSON says by whom; commands send a file, rate and leave; two slashes begin a message with one', async () => {
  writeFileSync(join(folder.path, 'note.txt'), 'Birch')
  const { code, stdout } = await chat('//hi\n/file note.txt\n/type nothing much\n/rate good\n/leave\n', '--as', 'Cyd', '--json')
  const lines = stdout
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))
  expect(lines).toMatchObject([
    { type: 'chat.said', by: 'visitor', name: 'Cyd', text: '/hi' },
    { type: 'chat.said', by: 'agent', name: 'Max Orlov' },
    { by: 'visitor', text: 'note.txt', content: { kind: 'file', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/files\/.*note\.txt$/) } },
    { by: 'agent', text: 'You wrote: note.txt' },
  ])
  expect(await (await fetch(lines[2].content.url)).text()).toBe('Birch')
  expect((await state(emulator)).chats[lines[0].chat]).toMatchObject({ status: 'finished', rating: { rate: 'positive' } })
  expect(code).toBe(0)
})

test('a bot that speaks later, twice, in POSTs of its own is heard to its end, and its button is pressed', async () => {
  using own = temporaryFolder()
  const buttons = { type: 'BUTTONS', title: 'Which?', buttons: [{ text: 'Tea', id: 7 }, { text: 'Coffee' }] }
  await using bot = await startBot(words => (words === 'hi' ? [text('Hello\n\u001b[2Jthere'), buttons] : [text(`${words}, then`)]), 700)
  await using running = await emulate(['--bot', bot.url, '--bot-token', token], own.path)
  await bot.at(running)
  expect(await run(['chat'], { cwd: own.path, input: 'hi\n2\n' })).toEqual({
    code: 0,
    stdout: 'Hello\\n\\u001b[2Jthere\nWhich?  [1] Tea  [2] Coffee\nCoffee, then\n',
    stderr: '',
  })
  const { chats } = await state(running)
  expect(chats[9001].messages.find(({ text: words }: { text: string }) => words === 'Coffee')).toMatchObject({ button: { id: '2' } })
  const again = await run(['chat'], { cwd: own.path, input: '/button Tea' })
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no button to press.') })
})

test('nobody there is exit code 1 with where to answer, and none with --no-wait', async () => {
  using own = temporaryFolder()
  await using running = await emulate(['--agents', 'manual'], own.path)
  const { code, stdout, stderr } = await run(['chat', '--wait', '200ms'], { cwd: own.path, input: 'hi\nanybody?\n' })
  expect(stderr).toContain('Nobody answered within 0.2 s.')
  expect(stderr).toContain(`${running.url}console`)
  expect([code, stdout]).toEqual([1, ''])
  expect((await state(running)).chats[9001].messages.map((message: { text: string }) => message.text)).toEqual(['hi', 'anybody?'])
  expect(await run(['chat', '--no-wait'], { cwd: own.path, input: 'hello?\n' })).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('an agent who answers while stdin is open is heard, and the end of the emulator is an error', async () => {
  using own = temporaryFolder()
  const running = await emulate(['--agents', 'manual'], own.path)
  await using client = start(['chat', '--no-wait'], { cwd: own.path, input: null })
  client.child.stdin.write('hi\n')
  await running.says('"chat.started"')
  const reply = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: 'Here I am' }) }
  await fetch(`${running.url}_dev/chats/9001/messages`, reply)
  await client.says('Here I am\n')
  await running[Symbol.asyncDispose]()
  expect(await client.finished).toMatchObject({ code: 4, stdout: 'Here I am\n', stderr: expect.stringContaining('No emulator answers at') })
})

test('Ctrl-C ends a wait with 130', async () => {
  using own = temporaryFolder()
  await using running = await emulate(['--agents', 'manual'], own.path)
  await using client = start(['chat', '--wait', '1h'], { cwd: own.path, input: 'hi\n' })
  await running.says('"chat.started"')
  client.child.kill('SIGINT')
  expect(await client.finished).toMatchObject({ code: 130 })
})

test.each([
  ['a channel with a slip', ['--channel', 'telegramm'], 'hi', 2, 'There is no channel telegramm; did you mean telegram?'],
  ['a page in a messenger', ['--channel', 'vk', '--page', 'http://shop.test/'], 'hi', 2, 'A client of VK writes from no page.'],
  ['a command with a slip', [], '/lave', 2, 'There is no /lave; did you mean /leave?'],
  ['a rating that is none', [], '/rate 5', 2, 'A chat is rated good or bad, not "5".'],
  ['a file that is not there', [], '/file nowhere.png', 3, 'Cannot read nowhere.png'],
  ['nothing to leave', ['--id', 'nobody'], '/leave', 1, 'has no open chat to leave'],
  ['no emulator', ['--emulator', 'http://127.0.0.1:9'], 'hi', 4, 'No emulator answers'],
  ['a time that is none', ['--wait', 'long'], 'hi', 2, 'Expected a duration'],
])('%s is a clear error', async (_, args, input, exit, words) => {
  const { code, stderr } = await chat(input, ...args)
  expect(stderr).toContain(words)
  expect(code).toBe(exit)
})
