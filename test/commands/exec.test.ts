import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeIdentity } from '../../src/transports/intercept/certificates.js'
import { emulate, run, start, temporaryFolder } from '../helpers/cli.js'
import { startReceiver } from '../helpers/receiver.js'

const folder = temporaryFolder()
const cwd = folder.path
afterAll(() => folder[Symbol.dispose]())
/** All that a run leaves behind would be here. */
const temporary = join(cwd, 'tmp')
mkdirSync(temporary)
const env = { TMPDIR: temporary }

const node = (script: string) => [process.execPath, '-e', script]
const exec = (flags: readonly string[], command: readonly string[], more: Partial<Parameters<typeof run>[1]> = {}) =>
  run(['exec', ...flags, '--', ...command], { cwd, ...more, env: { ...env, ...more.env } })

const called = "fetch('https://bot.jivosite.com/webhooks/a/b', { method: 'POST', body: '{}' }).then(r => console.log(r.status))"

test('a call to Jivo is answered by the emulator, stdout is the command alone, and nothing is left', async () => {
  const { code, stdout, stderr } = await exec([], node(called))
  expect(stdout).toBe('401\n')
  expect(stderr).toMatch(
    /^jivo-dev exec: bot\.jivosite\.com, wh\.jivosite\.com, code\.jivosite\.com, .* lead to http:\/\/127\.0\.0\.1:\d+\/; other hosts are tunnelled unread\n$/,
  )
  expect(code).toBe(0)
  expect(readdirSync(temporary)).toEqual([])
  expect(existsSync(join(cwd, '.jivo-dev'))).toBe(false)
})

test('stdin goes to the command, and its exit code is ours', async () => {
  const { code, stdout } = await exec(['--quiet'], ['sh', '-c', 'cat; exit 7'], { input: 'written by the user' })
  expect({ code, stdout }).toEqual({ code: 7, stdout: 'written by the user' })
})

test('a command that a signal ends gives 128 and its number', async () => {
  expect(await exec(['--quiet'], ['sh', '-c', 'kill -KILL $$'])).toMatchObject({ code: 137, stderr: '' })
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const)('%s goes to the command, which decides what becomes of it, however often', async signal => {
  const script = `let n = 0; process.on('${signal}', () => { n += 1; console.log('got ' + n); if (n === 2) process.exit(3) }); console.log('ready'); setInterval(() => {}, 1000)`
  await using running = start(['exec', '--quiet', '--', ...node(script)], { cwd, env })
  await running.says('ready')
  running.child.kill(signal)
  await running.says('got 1')
  running.child.kill(signal)
  expect(await running.finished).toMatchObject({ code: 3, stdout: 'ready\ngot 1\ngot 2\n' })
  expect(readdirSync(temporary)).toEqual([])
})

test('the emulator is the one that the flags describe, and its journal stays where --data says', async () => {
  await using server = await startReceiver()
  const { stdout } = await exec(
    ['--quiet', '--data', 'kept', '--bot', server.url, '--chat', server.url],
    node(
      'console.log(JSON.stringify([process.env.JIVO_DEV_URL, process.env.JIVO_DEV_BOT_URL, process.env.JIVO_DEV_CHAT_URL, process.env.JIVO_DEV_WIDGET_URL]))',
    ),
  )
  const [url, bot, chat, widget] = JSON.parse(stdout)
  expect(bot).toMatch(new RegExp(`^${url}webhooks/[A-Za-z0-9]{15}/[A-Za-z0-9]{24}$`))
  expect(chat).toMatch(new RegExp(`^${url}chat/[A-Za-z0-9]{10}$`))
  expect(widget).toMatch(new RegExp(`^${url}widget/[A-Za-z0-9]{10}$`))
  expect(readdirSync(join(cwd, 'kept')).sort()).toEqual(['https', 'journal.jsonl', 'secrets.jsonl'])
  expect(readFileSync(join(cwd, 'kept/journal.jsonl'), 'utf8')).toContain('emulator.stopping')
})

test('the addresses are those of the bot and the channel: what is written there arrives', async () => {
  await using server = await startReceiver()
  const script = `const send = (url, body) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) })
    const chat = await send(process.env.JIVO_DEV_CHAT_URL, { sender: { id: 'ada' }, message: { type: 'text', id: '1', text: 'Hi' } })
    const bot = await send(process.env.JIVO_DEV_BOT_URL, { event: 'INIT_RATE', id: '1', client_id: '1', chat_id: '1' })
    console.log(chat.status, bot.status)`
  const { stdout, stderr } = await exec(
    ['--no-proxy', '--bot', server.url, '--bot-token', 'sesame', '--chat', server.url],
    [process.execPath, '--input-type=module', '-e', script],
  )
  // The bot is known, its chat is not.
  expect(stdout).toMatch(/^200 4(?!01)\d\d\n$/)
  expect(stderr).toContain("Jivo's own hosts are reached as ever\n")
})

test('--no-proxy leaves proxies and roots as they are', async () => {
  const { stdout } = await exec(['--quiet', '--no-proxy'], node('console.log(JSON.stringify(process.env))'), {
    env: { HTTPS_PROXY: 'http://company:1', NODE_OPTIONS: '' },
  })
  const { HTTPS_PROXY, NODE_OPTIONS, JIVO_DEV_URL, JIVO_DEV_INTERCEPT_PORT } = JSON.parse(stdout)
  expect({ HTTPS_PROXY, NODE_OPTIONS, JIVO_DEV_INTERCEPT_PORT }).toEqual({ HTTPS_PROXY: 'http://company:1', NODE_OPTIONS: '' })
  expect(JIVO_DEV_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
})

test('a browser gets the addresses alone, and is pointed to open; --proxy leads it here all the same', async () => {
  const browser = join(cwd, 'chromium')
  writeFileSync(browser, '#!/bin/sh\nprintf %s "$HTTPS_PROXY"\n', { mode: 0o755 })
  const alone = await exec([], [browser], { env: { HTTPS_PROXY: '', https_proxy: '' } })
  expect(alone).toMatchObject({ stdout: '', stderr: expect.stringContaining('jivo-dev open URL') })
  expect((await exec(['--proxy'], [browser])).stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})

test("the project's file describes the emulator, but not where people look at it", async () => {
  using project = temporaryFolder()
  writeFileSync(join(project.path, 'jivo-dev.yaml'), 'port: 1\nhost: 0.0.0.0\ndata: elsewhere\nagents: offline\n')
  const script = "fetch(process.env.JIVO_DEV_URL + '_dev/state').then(r => r.json()).then(w => console.log(w.account.mode))"
  expect(await exec(['--quiet'], node(script), { cwd: project.path })).toMatchObject({ code: 0, stdout: 'offline\n' })
  expect(readdirSync(project.path)).toEqual(['jivo-dev.yaml'])
})

test('an emulator that runs is used where it is named, and is left running', async () => {
  await using emulator = await emulate([], cwd)
  for (const [flags, variables] of [
    [['--emulator', emulator.url], {}],
    [[], { JIVO_DEV_URL: emulator.url }],
  ] as const) {
    const { stdout, stderr } = await exec(flags, node(`console.log(process.env.JIVO_DEV_URL); ${called}`), { env: variables })
    expect(stdout).toBe(`${emulator.url}\n401\n`)
    expect(stderr).not.toContain('made no call')
  }
  await emulator.says('bot-api')

  const beside = await exec([], node('0'))
  expect(beside.stderr).toContain(`not to the one at ${emulator.url} (--emulator ${emulator.url} takes that)`)
  const described = await exec(['--emulator', emulator.url, '--agents', 'offline'], node('0'))
  expect(described).toMatchObject({ code: 2, stderr: expect.stringContaining('--agents says what a new emulator is') })
})

test.each([
  ['no call at all', node('0'), /node made no call to Jivo that came to the emulator\. .*\n$/],
  [
    'a client without roots',
    ['curl', '-s', '--cacert', '/dev/null', 'https://bot.jivosite.com/'],
    /A client asked for bot\.jivosite\.com and refused the certificate/,
  ],
  [
    'a client with roots of its own',
    ['curl', '-s', '--capath', '/none', '--cacert', join(cwd, 'other.pem'), 'https://bot.jivosite.com/'],
    /refused the certificate/,
  ],
])('%s is explained in one line behind the first', async (_, command, line) => {
  writeFileSync(join(cwd, 'other.pem'), makeIdentity(['shop.test'], Date.now()).authority)
  const { stderr } = await exec([], command)
  expect(stderr.trim().split('\n')).toHaveLength(2)
  expect(stderr).toMatch(line)
})

test('a command that only takes webhooks is not told that it called nobody', async () => {
  const script = "fetch(process.env.JIVO_DEV_URL + '_dev/ready')"
  const { stderr } = await exec(['--no-proxy'], node(script))
  expect(stderr).not.toContain('made no call')
})

test.each([
  ['without a command', [], /No command is given\.\n\n {2}It comes after two dashes/],
  ['with --json alone', ['--json', '--', 'ls'], /stdout belongs to the command/],
  ['with a program that is not there', ['--', 'no-such-program'], /no-such-program could not be started: there is no such program/],
  ['with a file that is no program', ['--', join(cwd, 'plain.txt')], /it is not a program that may be run/],
])('%s it says what to do, with code 2', async (_, args, words) => {
  writeFileSync(join(cwd, 'plain.txt'), '')
  const { code, stdout, stderr } = await run(['exec', ...args], { cwd, env })
  expect(stderr).toMatch(words)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(readdirSync(temporary)).toEqual([])
})

test('a port that is taken is named, with code 5', async () => {
  await using server = await startReceiver()
  const { port } = new URL(server.url)
  expect(await exec(['--proxy-port', port], node('0'))).toMatchObject({ code: 5, stderr: expect.stringContaining(`Port ${port} of 127.0.0.1 is taken`) })
})

test('--print-env prints lines that a shell can read, and stops there without a command', async () => {
  const { code, stdout, stderr } = await run(['exec', '--print-env', '--proxy-port', '0'], { cwd, env })
  expect(code).toBe(0)
  expect(stderr).toContain('only while a command runs')
  writeFileSync(join(cwd, 'printed.env'), stdout)
  const sourced = await exec(['--quiet', '--no-proxy'], ['sh', '-c', 'set -a; . ./printed.env; printf %s "$JAVA_TOOL_OPTIONS"'])
  expect(sourced.stdout).toMatch(/^-Dhttp\.proxyHost=127\.0\.0\.1 .*trust\.jks$/)
  for (const line of stdout.trim().split('\n')) expect(line).toMatch(/^(# .+|\w+=.+)$/)
})

test('--quiet leaves stderr to the command, however it ends', async () => {
  expect(await exec(['--quiet'], node('console.error("own"); process.exit(1)'))).toMatchObject({ code: 1, stderr: 'own\n' })
})

test('--print-env --json prints one object with values and reasons, then the output of the command', async () => {
  const { stdout } = await exec(['--print-env', '--json'], node('console.log(process.env.HTTPS_PROXY)'))
  const [first = '', second] = stdout.trim().split('\n')
  expect(JSON.parse(first).HTTPS_PROXY).toEqual({ value: second, why: expect.any(String) })
})
