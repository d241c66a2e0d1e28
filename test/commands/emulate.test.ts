import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Account } from '../../src/contracts/account.js'
import { emulate, run, start, temporaryFolder } from '../helpers/cli.js'
import { id } from '../helpers/emulator.js'
import { startReceiver, zoo } from '../helpers/receiver.js'

/** A page that opens and writes, over a real connection. */
const visit = async (url: string, widgetId: string, text: string, page = id('p', 1)) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}widget/${widgetId}/socket`)
  const frames: Record<string, unknown>[] = []
  socket.on('message', data => frames.push(JSON.parse(String(data))))
  await new Promise(resolve => socket.once('open', resolve))
  socket.send(JSON.stringify({ type: 'open', page, key: id('k', 1), url: 'http://shop.test/', title: 'Shop', referrer: '', language: 'en' }))
  socket.send(JSON.stringify({ type: 'write', id: id('m', Number(page.slice(1))), text }))
  return { socket, frames }
}

test('the first line of --json names the address and the process, and ready answers 200', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  const first = JSON.parse(emulator.output.stdout.split('\n')[0] ?? '')
  expect(first).toMatchObject({ type: 'emulator.ready', url: emulator.url, pid: emulator.child.pid })
  expect((await fetch(`${emulator.url}_dev/ready`)).status).toBe(200)
  expect(emulator.output.stderr).toBe('')
})

test('the banner says where things are, what to paste and what to do next', async () => {
  using folder = temporaryFolder()
  await using emulator = start(['emulate', '--port', '0', '--webhook', 'localhost:3000/jivo?key=canary'], { cwd: folder.path })
  await emulator.says('Ready in')
  const { stderr } = emulator.output
  expect(stderr).toMatch(/Shop page +http:\/\/127\.0\.0\.1:\d+\/\n/)
  expect(stderr).toMatch(/Console +http:\/\/127\.0\.0\.1:\d+\/console\n/)
  expect(stderr).toMatch(/Playground +http:\/\/127\.0\.0\.1:\d+\/playground\n/)
  expect(stderr).toMatch(/<script src="\/\/127\.0\.0\.1:\d+\/widget\/[A-Za-z0-9]{10}" async><\/script>/)
  expect(stderr).toContain('jivo-dev trigger chat_accepted --to http://localhost:3000/jivo')
  expect(stderr).not.toContain('canary')
})

test('the whole loop goes over real sockets and is on stdout as it happens', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  await using emulator = await emulate(['--webhook', receiver.url], folder.path)
  const { socket } = await visit(emulator.url, emulator.widgetId, 'Hello')
  await emulator.says('"type":"delivery.done"')
  socket.close()
  expect(receiver.received[0]?.body).toMatchObject({ event_name: 'chat_accepted', visitor: { number: '1' } })
  const events = emulator.output.stdout
    .trim()
    .split('\n')
    .slice(1)
    .map(line => JSON.parse(line))
  expect(events.map(({ type }) => type)).toContain('message.sent')
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with exit 0 and everything written down', async signal => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  await visit(emulator.url, emulator.widgetId, 'Hello')
  await emulator.says('"by":"agent"')
  emulator.child.kill(signal)
  expect((await emulator.finished).code).toBe(0)
  const lines = readFileSync(join(folder.path, '.jivo-dev/journal.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(lines.at(-1)).toMatchObject({ type: 'emulator.stopping' })
})

test('a stop waits at most two seconds for a server that does not answer; a second signal does not wait', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver(zoo.never)
  await using emulator = await emulate(['--webhook', receiver.url], folder.path)
  await visit(emulator.url, emulator.widgetId, 'Hello')
  await receiver.wait(() => true)
  emulator.child.kill('SIGTERM')
  // The signals are apart when the first has been answered: the server still stands then.
  await fetch(`${emulator.url}_dev/ready`)
  emulator.child.kill('SIGTERM')
  expect((await emulator.finished).code).toBe(130)

  await using again = await emulate(['--webhook', receiver.url], folder.path)
  await receiver.wait(() => receiver.received.length === 2)
  again.child.kill('SIGTERM')
  expect((await again.finished).code).toBe(0)
})

test('a killed emulator sends what had not ended, and a cut-off line does not stop it', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver(zoo.never)
  await using emulator = await emulate(['--webhook', receiver.url], folder.path)
  await visit(emulator.url, emulator.widgetId, 'Hello')
  const first = await receiver.wait(() => true)
  emulator.child.kill('SIGKILL')
  await emulator.finished
  const journal = join(folder.path, '.jivo-dev/journal.jsonl')
  writeFileSync(journal, `${readFileSync(journal, 'utf8')}{"seq":99,"at":17540`)

  receiver.answer = zoo.ok
  await using again = await emulate([], folder.path)
  const second = await receiver.wait(() => receiver.received.length === 2)
  expect(second.text).toBe(first.text)
  await again.says('"type":"delivery.done"')
  const events = (await (await fetch(`${again.url}_dev/events`)).text())
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1))
  expect(events.find(({ type }) => type === 'journal.repaired')).toMatchObject({ dropped: 20 })
})

test('the files of the data folder are for their owner only', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate(['--webhook', 'http://127.0.0.1:9/?key=canary'], folder.path)
  for (const file of ['journal.jsonl', 'secrets.jsonl', 'emulator.json']) expect(statSync(join(folder.path, '.jivo-dev', file)).mode & 0o077).toBe(0)
  expect(readFileSync(join(folder.path, '.jivo-dev/journal.jsonl'), 'utf8')).not.toContain('canary')
  expect(emulator.output.stdout).not.toContain('canary')
})

test('the webhook address is kept for the next start, and --no-webhook takes it away', async () => {
  using folder = temporaryFolder()
  const start = async (args: string[]) => {
    const { stdout } = await run(['emulate', '--port', '0', '--json', '--exit-after', '50ms', ...args], { cwd: folder.path })
    const lines = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    return lines.findLast(({ type }) => type === 'account.changed')?.account.channels[0].webhook
  }
  expect(await start(['--webhook', 'localhost:3000/a'])).toBe('http://localhost:3000/a')
  expect(await start([])).toBeUndefined()
  expect(await start(['--no-webhook'])).toBeNull()
})

/** One short run in a folder that has this file: what its journal says of the account, or how it failed. */
const withProjectFile = async (text: string, args: string[] = [], env: Record<string, string> = {}, name = 'jivo-dev.yaml') => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, name), text)
  const { code, stdout, stderr } = await run(['emulate', '--json', '--exit-after', '50ms', ...args], { cwd: folder.path, env })
  const lines = stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
  return { code, stdout, stderr, account: lines.findLast(({ type }) => type === 'account.changed')?.account as Account | undefined }
}

test('channels, bots and flags come from the file of the project, and its secrets from the environment', async () => {
  const file = `
port: 0
webhook: localhost:3000/jivo
agents: manual
strict: true
rateLimit: 60/m
team:
  - { id: 1, name: Lena Ice, email: lena@kettle.example, phone: null }
channels:
  - type: chat-api
    name: Our app
    url: localhost:4010/jivo
    framing: chunked
bots:
  - name: Helper
    url: localhost:5000/bot
    token: \${BOT_TOKEN}
    providerId: abc123
    channels: [telegram, Our app]
    answerWithin: 30s
`
  const { code, account, stdout } = await withProjectFile(file, ['--agents', 'offline'], { BOT_TOKEN: 'canary-of-the-bot' })
  expect(code).toBe(0)
  expect(account).toMatchObject({ mode: 'offline', isStrict: true, rateLimit: { requests: 60, seconds: 60 }, agents: [{ name: 'Lena Ice' }] })
  expect(account?.channels.map(({ type, name, webhook, api }) => [type, name, webhook, api])).toEqual([
    ['site', 'Kettle & Moss', 'http://localhost:3000/jivo', null],
    ['chat-api', 'Our app', 'http://localhost:3000/jivo', { url: 'http://localhost:4010/jivo', framing: 'chunked' }],
    ['telegram', 'Telegram', 'http://localhost:3000/jivo', null],
  ])
  const [, app, telegram] = account?.channels ?? []
  expect(account?.bots).toMatchObject([
    { id: 'bot1', name: 'Helper', providerId: 'abc123', answerWithin: 30_000, channels: [telegram?.publicId, app?.publicId] },
  ])
  expect(stdout).not.toContain('canary')
})

test('the secret of a channel may be in the file of the project, and stays out of the journal', async () => {
  const { code, account, stdout, stderr } = await withProjectFile('port: 0\nchannels:\n  - type: app\n    jwtSecret: canary-of-the-app', [])
  expect(code).toBe(0)
  expect(account?.channels.map(({ type }) => type)).toEqual(['site', 'app'])
  expect(stdout + stderr).not.toContain('canary')
})

test.each([
  ['prot: 0', '1:1: prot is not a setting.', 'Did you mean: port'],
  ['port: 0\nbots:\n  - urll: x', '3:5: bots.0.urll is not a setting.', 'Did you mean: url'],
  ['port: 0\nchannels:\n  - type: telegramm', '3:11: channels.0.type is wrong', ''],
  ['bots:\n  - url: localhost:1\n    channels: [icq]', '3:16: bots.0.channels names icq', 'Known: site'],
  ['bots:\n  - url: localhost:1\n    token: $\x7bNOT_THERE}', '3:12: bots.0.token needs the variable NOT_THERE', ''],
  ['webhook: ftp://x', '1:10: webhook is wrong: Expected an address that begins with http', ''],
  ['channels:\n  - type: telegram\n    jwtSecret: a', '3:5: channels.0.jwtSecret stands at a channel of type telegram', ''],
  ['port: [', '1:8:', ''],
  ['bots:\n  - name: Helper', '2:5: bots.0.url is missing.', ''],
  ['- a', '1:1: The file is wrong', ''],
])('a mistake in the file of the project is named at its place: %j', async (file, problem, hint) => {
  const { code, stderr, stdout } = await withProjectFile(file)
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
  expect(stderr).toContain(`jivo-dev.yaml:${problem}`)
  expect(stderr).toContain(hint)
})

test('a file is named by --config and left alone by --no-config', async () => {
  expect((await withProjectFile('port: 0\nseed: 7', ['--config', 'mine.yaml'], {}, 'mine.yaml')).code).toBe(0)
  expect((await withProjectFile('nonsense: 1', ['--no-config', '--port', '0'])).code).toBe(0)
  const missing = await withProjectFile('port: 0', ['--config', 'other.yaml'])
  expect(missing.code).toBe(3)
  expect(missing.stderr).toContain('Cannot read other.yaml: there is no such file.')
})

test('a channel of the Chat API is a flag away, is kept for the next start, and --no-chat sends it nothing', async () => {
  using folder = temporaryFolder()
  const start = async (args: string[]) => {
    await run(['emulate', '--port', '0', '--quiet', '--exit-after', '50ms', ...args], { cwd: folder.path })
    const lines = readFileSync(join(folder.path, '.jivo-dev/journal.jsonl'), 'utf8').trim().split('\n')
    const changed = lines.map(line => JSON.parse(line)).findLast(({ type }) => type === 'account.changed')
    return changed.account.channels.find(({ type }: { type: string }) => type === 'chat-api')?.api
  }
  expect(await start(['--chat', 'localhost:4010/jivo', '--chat-framing', 'chunked'])).toEqual({ url: 'http://localhost:4010/jivo', framing: 'chunked' })
  expect(await start([])).toEqual({ url: 'http://localhost:4010/jivo', framing: 'chunked' })
  expect(await start(['--no-chat'])).toEqual({ url: null, framing: 'chunked' })
})

test('a flag that says something of a bot is refused where no bot is named', async () => {
  using folder = temporaryFolder()
  const { code, stderr } = await run(['emulate', '--port', '0', '--answer-within', '10s'], { cwd: folder.path })
  expect(code).toBe(2)
  expect(stderr).toContain('--answer-within says something of a bot, and no --bot is given.')
})

test('the banner says when nobody listens at the webhook address yet', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  await using deaf = start(['emulate', '--port', '0', '--data', 'a', '--webhook', 'http://127.0.0.1:9/'], { cwd: folder.path })
  await using heard = start(['emulate', '--port', '0', '--data', 'b', '--webhook', receiver.url], { cwd: folder.path })
  await Promise.all([deaf.says('Ready in'), heard.says('Ready in')])
  expect(deaf.output.stderr).toContain('http://127.0.0.1:9/   ✖ nothing listens there yet')
  expect(heard.output.stderr).not.toContain('✖')
  expect(receiver.received).toEqual([])
})

test('a locator whose process id now belongs to another program does not block the folder', async () => {
  using folder = temporaryFolder()
  mkdirSync(join(folder.path, '.jivo-dev'))
  writeFileSync(join(folder.path, '.jivo-dev/emulator.json'), JSON.stringify({ pid: process.pid, url: 'http://127.0.0.1:9/', token: null }))
  expect(await run(['emulate', '--port', '0', '--quiet', '--exit-after', '50ms'], { cwd: folder.path })).toMatchObject({ code: 0, stderr: '' })
})

test('a port that another program has is named with its owner and another port, exit 5', async () => {
  using folder = temporaryFolder()
  const server = createServer((_, response) => response.end('mine'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { code, stderr } = await run(['emulate', '--port', String(port)], { cwd: folder.path })
  server.close()
  expect(stderr).toContain(`Port ${port} of 127.0.0.1 is taken by`)
  expect(stderr).toContain(`jivo-dev emulate --port ${port + 1}`)
  if (process.platform === 'linux') expect(stderr).toContain(`(pid ${process.pid})`)
  expect(code).toBe(5)
})

test('a second emulator in the same folder names the first', async () => {
  using folder = temporaryFolder()
  await using first = await emulate([], folder.path)
  const samePort = await run(['emulate', '--port', new URL(first.url).port], { cwd: folder.path })
  expect(samePort).toMatchObject({ code: 5, stderr: expect.stringContaining(`(pid ${first.child.pid}, another jivo-dev)`) })
  const sameFolder = await run(['emulate', '--port', '0'], { cwd: folder.path })
  expect(sameFolder).toMatchObject({ code: 3, stderr: expect.stringContaining(`in use by another jivo-dev (pid ${first.child.pid})`) })
  expect((await fetch(`${first.url}_dev/ready`)).status).toBe(200)
})

test('a journal that something else wrote to is refused and left alone', async () => {
  using folder = temporaryFolder()
  await using first = await emulate([], folder.path)
  first.child.kill('SIGTERM')
  await first.finished
  const journal = join(folder.path, '.jivo-dev/journal.jsonl')
  const text = `not ours\n${readFileSync(journal, 'utf8')}`
  writeFileSync(journal, text)
  const { code, stderr } = await run(['emulate', '--port', '0'], { cwd: folder.path })
  expect(stderr).toContain('Line 1 of')
  expect(code).toBe(3)
  expect(readFileSync(journal, 'utf8')).toBe(text)
})

test('--exit-after ends it by itself', async () => {
  using folder = temporaryFolder()
  expect(await run(['emulate', '--port', '0', '--quiet', '--exit-after', '100ms'], { cwd: folder.path })).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('beyond loopback the banner says so and the control routes want its token', async () => {
  using folder = temporaryFolder()
  await using emulator = start(['emulate', '--port', '0', '--host', '0.0.0.0'], { cwd: folder.path })
  await emulator.says('Ready in')
  expect(emulator.output.stderr).toContain('Other machines can reach this emulator.')
  const address = /Console +(http:\/\/127\.0\.0\.1:\d+\/)console\?token=([0-9a-f]{48})/.exec(emulator.output.stderr)
  const [, url = '', token = ''] = address ?? []
  expect((await fetch(`${url}_dev/state`)).status).toBe(401)
  expect((await fetch(`${url}_dev/state`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  // The command line finds the token in the locator, which only the owner can read.
  expect(await run(['fire', 'onAccept'], { cwd: folder.path })).toMatchObject({ stderr: expect.stringContaining('No page is open') })
})

test.each([
  ['a port that is none', ['--port', '99999'], 'from 0 to 65535'],
  ['agents of an unknown mode', ['--agents', 'sleepy'], 'auto, manual, offline'],
  ['a duration that is none', ['--exit-after', 'soon'], '500ms, 10s, 5m or 1h'],
  ['a webhook that is no address', ['--webhook', 'http://'], 'http://127.0.0.1:3000/jivo'],
  ['a word too many', ['now'], 'too many arguments'],
])('%s is wrong usage', async (_, args, words) => {
  using folder = temporaryFolder()
  const { code, stderr } = await run(['emulate', ...args], { cwd: folder.path })
  expect(stderr).toContain(words)
  expect(code).toBe(2)
})

test('flags come from the environment, and the command line wins', async () => {
  using folder = temporaryFolder()
  const env = { JIVO_DEV_PORT: '0', JIVO_DEV_JSON: '1', JIVO_DEV_EXIT_AFTER: '50ms', JIVO_DEV_SEED: '7' }
  const one = await run(['emulate'], { cwd: folder.path, env })
  const two = await run(['emulate', '--seed', '8'], { cwd: folder.path, env })
  const ids = [one, two].map(({ stdout }) => JSON.parse(stdout.split('\n')[0] ?? '').widgetId)
  expect(ids[0]).not.toBe(ids[1])
  expect([one.code, two.code]).toEqual([0, 0])
})

test('--widget-boot is in the account, and kept for the next start', async () => {
  using folder = temporaryFolder()
  const bootOf = async (args: string[], env: Record<string, string> = {}) => {
    const { code } = await run(['emulate', '--port', '0', '--quiet', '--exit-after', '20ms', ...args], { cwd: folder.path, env })
    expect(code).toBe(0)
    const changes = readFileSync(join(folder.path, '.jivo-dev/journal.jsonl'), 'utf8')
      .split('\n')
      .filter(line => line.includes('"account.changed"'))
    return JSON.parse(changes.at(-1) ?? '').account.channels[0].widget.boot
  }
  expect(await bootOf([])).toBe('now')
  expect(await bootOf(['--widget-boot', 'lazy'])).toBe('lazy')
  expect(await bootOf([])).toBe('lazy')
  expect(await bootOf([], { JIVO_DEV_WIDGET_BOOT: '1500' })).toBe(1500)
  expect(await run(['emulate', '--widget-boot', 'later'], { cwd: folder.path })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Expected now, lazy, or'),
  })
})

test('a variable that says no leaves its switch off, and one that is wrong is named', async () => {
  using folder = temporaryFolder()
  const off = await run(['emulate', '--exit-after', '50ms'], { cwd: folder.path, env: { JIVO_DEV_PORT: '0', JIVO_DEV_JSON: '0', JIVO_DEV_QUIET: 'false' } })
  expect(off).toMatchObject({ code: 0, stderr: expect.stringContaining('Ready in'), stdout: expect.stringContaining('emulator.started') })
  const wrong = await run(['emulate'], { cwd: folder.path, env: { JIVO_DEV_PORT: 'many' } })
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('JIVO_DEV_PORT=many is invalid. Expected a port') })
})

test('the delivery profile, the switches and the CRM address are in the account', async () => {
  using folder = temporaryFolder()
  const args = ['--delivery-profile', 'strict', '--quirk', 'edition=A', '--quirk', 'topic=absent', '--crm-webhook', 'http://127.0.0.1:9/crm']
  await using emulator = await emulate(args, folder.path)
  const { account } = (await (await fetch(`${emulator.url}_dev/state`)).json()) as { account: Account }
  expect(account).toMatchObject({
    crmWebhook: 'http://127.0.0.1:9/crm',
    delivery: { name: 'strict', retryOn: 'not-ok', timeout: 3_000, pauses: [1_000, 5_000] },
    channels: [{ quirks: { edition: 'A', topic: 'absent', types: 'examples' } }],
  })
})

test.each([
  ['a switch that there is not', ['--quirk', 'editon=A'], 'There is no quirk named editon; did you mean edition?'],
  ['a value that a switch does not have', ['--quirk', 'topic=absnt'], 'The quirk topic has no value absnt; did you mean absent?'],
  ['a switch without a value', ['--quirk', 'edition'], 'The quirk edition has no value (empty)'],
  ['a profile that there is not', ['--delivery-profile', 'fast'], 'Allowed choices are jivo, strict, none'],
])('%s is a clear error', async (_, args, words) => {
  using folder = temporaryFolder()
  const { code, stderr } = await run(['emulate', '--port', '0', ...args], { cwd: folder.path })
  expect(stderr).toContain(words)
  expect(code).toBe(2)
})

test('switches may come from the environment, parted by commas', async () => {
  using folder = temporaryFolder()
  const { code, stderr } = await run(['emulate', '--port', '0'], { cwd: folder.path, env: { JIVO_DEV_QUIRK: 'topic=absent,editon=A' } })
  expect(stderr).toContain('did you mean edition?')
  expect(code).toBe(2)
})
