import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { webhookNames } from '../../src/contracts/webhooks/events.js'
import { run, temporaryFolder } from '../helpers/cli.js'
import { json, startReceiver, zoo } from '../helpers/receiver.js'

const folder = temporaryFolder()
const cwd = folder.path
afterAll(() => folder[Symbol.dispose]())

test.each(webhookNames)('trigger %s sends the plain case as Jivo does', async event => {
  await using receiver = await startReceiver()
  const { code, stdout } = await run(['trigger', event, '--to', receiver.url], { cwd })
  expect(stdout).toMatch(new RegExp(`^✔ ${event}  200  `))
  expect(code).toBe(0)
  expect(receiver.received).toHaveLength(1)
  expect(receiver.received[0]).toMatchObject({
    path: '/jivo',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: { event_name: event },
  })
})

test('edits are typed and reach the server', async () => {
  await using receiver = await startReceiver()
  const edits = ['--set', 'visitor.name=Ada', '--set', 'chat_id=5', '--set', 'page=null', '--unset', 'topic']
  await run(['trigger', 'chat_accepted', '--to', receiver.url, ...edits], { cwd })
  expect(receiver.received[0]?.body).toMatchObject({ visitor: { name: 'Ada' }, chat_id: 5, page: null })
  expect(receiver.received[0]?.body).not.toHaveProperty('topic')
})

test('the reply is shown by its keys', async () => {
  await using receiver = await startReceiver(response =>
    json(response, { result: 'ok', custom_data: [{ content: 'Gold' }, { content: 'KM-1042' }], crm_link: 'https://crm.test/1' }),
  )
  const { stdout } = await run(['trigger', 'chat_accepted', '--to', receiver.url], { cwd })
  expect(stdout.split('\n').slice(1, 5)).toEqual([
    '  result       ok',
    '  custom_data  {"content":"Gold"}',
    '               {"content":"KM-1042"}',
    '  crm_link     https://crm.test/1',
  ])
})

test.each([
  ['HTML with a 500', zoo.html500, 1, 'got 500 (text/html)'],
  ['HTML with a 200', zoo.html200, 1, 'got text/html: <p>ok</p>'],
  ['nothing', zoo.empty, 1, 'got an empty answer'],
  ['another result', zoo.notOk, 1, '"no such order", not "ok"'],
  ['a cut connection', zoo.reset, 4, 'closed the connection'],
])('a server that answers %s fails plainly', async (_, answer, exit, words) => {
  await using receiver = await startReceiver(answer)
  const { code, stdout, stderr } = await run(['trigger', 'chat_accepted', '--to', receiver.url], { cwd })
  expect(stdout).toContain(words)
  expect(code).toBe(exit)
  expect(stderr).toBe('')
})

test('a server that is not there is exit 4', async () => {
  const { code, stdout } = await run(['trigger', 'chat_accepted', '--to', 'http://127.0.0.1:9/'], { cwd })
  expect(stdout).toContain('✖ chat_accepted  not delivered')
  expect(stdout).toContain('Connection refused by 127.0.0.1:9')
  expect(code).toBe(4)
})

test('a server that does not answer in time is exit 4', async () => {
  await using receiver = await startReceiver(zoo.never)
  const { code, stdout } = await run(['trigger', 'chat_accepted', '--to', receiver.url, '--timeout', '100ms'], { cwd })
  expect(stdout).toContain('No answer from 127.0.0.1 in 100 ms')
  expect(code).toBe(4)
})

test.each([
  ['an unknown event', ['trigger', 'chat_acepted', '--to', 'http://127.0.0.1:9/'], 2, 'did you mean chat_accepted?'],
  ['an unknown path', ['trigger', 'chat_accepted', '--to', 'http://127.0.0.1:9/', '--set', 'visitor.nam=x'], 2, 'Did you mean: visitor.name'],
  ['an unknown path to leave out', ['trigger', 'chat_accepted', '--to', 'http://127.0.0.1:9/', '--unset', 'visitr'], 2, 'Did you mean: visitor'],
  ['a value of the wrong type', ['trigger', 'chat_accepted', '--to', 'http://127.0.0.1:9/', '--set', 'chat_id=abc'], 2, '--set chat_id=abc does not fit'],
  ['an edit without a value', ['trigger', 'chat_accepted', '--to', 'http://127.0.0.1:9/', '--set', 'chat_id'], 2, 'has no value'],
  ['no address', ['trigger', 'chat_accepted'], 2, 'Say where to send it'],
  ['an address that is none', ['trigger', 'chat_accepted', '--to', 'ftp://x'], 2, 'http:// or https://'],
  ['no event', ['trigger'], 2, 'Say which webhook'],
  ['an unknown flag', ['trigger', 'chat_accepted', '--tow', 'x'], 2, 'Did you mean --to?'],
  ['an unknown command', ['triger'], 2, 'Did you mean trigger?'],
  ['a file that is not there', ['trigger', 'chat_accepted', '--data', 'nope.json', '--to', 'http://127.0.0.1:9/'], 3, 'nope.json: it does not exist'],
])('%s is a clear error', async (_, args, exit, words) => {
  const { code, stdout, stderr } = await run(args, { cwd })
  expect(stderr).toContain(words)
  expect(stderr).not.toContain('    at ')
  expect(stdout).toBe('')
  expect(code).toBe(exit)
})

test('a body comes from a file, and the file must hold that event', async () => {
  await using receiver = await startReceiver()
  writeFileSync(join(cwd, 'own.json'), JSON.stringify({ event_name: 'chat_updated', own: true }))
  expect(await run(['trigger', 'chat_updated', '--data', 'own.json', '--to', receiver.url], { cwd })).toMatchObject({ code: 0 })
  expect(receiver.received[0]?.body).toEqual({ event_name: 'chat_updated', own: true })
  expect(await run(['trigger', 'chat_accepted', '--data', 'own.json', '--to', receiver.url], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('holds a chat_updated'),
  })
})

test('--json is one value with the body, the verdict and the times', async () => {
  await using receiver = await startReceiver(zoo.html500)
  const { stdout } = await run(['trigger', 'offline_message', '--to', receiver.url, '--json'], { cwd })
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    status: 500,
    reason: 'status',
    body: { event_name: 'offline_message' },
    timing: { total: expect.any(Number) },
  })
})

test('--list names the webhooks, and with an event its fields with their evidence', async () => {
  expect((await run(['trigger', '--list'], { cwd })).stdout).toBe(`${webhookNames.join('\n')}\n`)
  const { stdout } = await run(['trigger', 'chat_finished', '--list'], { cwd })
  expect(stdout).toMatch(/^● event_name +"chat_finished"$/m)
  expect(stdout).toMatch(/^◐ plain_messages +string$/m)
  expect(stdout).toMatch(/^○ topic +object or null, may be absent$/m)
})

test('a secret of the environment names the address', async () => {
  await using receiver = await startReceiver()
  expect(await run(['trigger', 'chat_accepted'], { cwd, env: { JIVO_DEV_TO: receiver.url } })).toMatchObject({ code: 0 })
  expect(receiver.received).toHaveLength(1)
})
