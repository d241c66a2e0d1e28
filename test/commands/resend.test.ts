import { expect, test } from 'vitest'
import { emulate, run, temporaryFolder } from '../helpers/cli.js'
import { startReceiver, zoo } from '../helpers/receiver.js'

const trigger = async (url: string, body: object) => {
  const response = await fetch(`${url}_dev/trigger`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ body }) })
  const { events } = (await response.json()) as { events: { delivery: string }[] }
  return events[0]?.delivery ?? ''
}

test('what failed while the server was broken is sent again under its id, and how it ended is said', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver(zoo.notOk)
  await using emulator = await emulate(['--webhook', receiver.url], folder.path)
  const id = await trigger(emulator.url, { event_name: 'chat_updated', marker: 'first' })
  await emulator.says('delivery.failed')

  const still = await run(['resend', '--failed'], { cwd: folder.path })
  expect(still.stdout).toContain(`✖ ${id}  chat_updated > ${receiver.url}  200\n    "result" is "no such order", not "ok".`)
  expect(still.code).toBe(1)

  receiver.answer = zoo.ok
  const mended = await run(['resend', id], { cwd: folder.path })
  expect(mended.stdout).toMatch(new RegExp(`^✔ ${id}  chat_updated > ${receiver.url}  200  [\\d.]+ ms\\n$`))
  expect(mended.code).toBe(0)
  expect(receiver.received.map(({ body }) => body.marker)).toEqual(['first', 'first', 'first'])

  const nothing = await run(['resend', '--failed'], { cwd: folder.path })
  expect(nothing).toMatchObject({ code: 0, stdout: '', stderr: 'Nothing fits, so nothing was sent.\n' })
})

test('resend takes a time or a place in the journal, another address, and answers in JSON', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  await using other = await startReceiver()
  await using emulator = await emulate(['--webhook', receiver.url], folder.path)
  const id = await trigger(emulator.url, { event_name: 'chat_updated' })
  await emulator.says('delivery.done')
  const { code, stdout } = await run(['resend', '--since', '10m', '--to', other.url, '--json'], { cwd: folder.path })
  expect(JSON.parse(stdout)).toMatchObject({ deliveries: [{ delivery: id, to: other.url, outcome: 'done', status: 200 }] })
  expect(code).toBe(0)
  expect([receiver.received.length, other.received.length]).toEqual([1, 1])
  const later = await run(['resend', '--since', '1000', '--json'], { cwd: folder.path })
  expect(JSON.parse(later.stdout)).toEqual({ deliveries: [] })
})

test('a server that does not answer in time is said to be waited for no longer', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  await using emulator = await emulate(['--webhook', receiver.url], folder.path)
  const id = await trigger(emulator.url, { event_name: 'chat_updated' })
  await emulator.says('delivery.done')
  receiver.answer = zoo.never
  const { code, stdout } = await run(['resend', id, '--wait', '100ms'], { cwd: folder.path })
  expect(stdout).toContain('not over within 100 ms; it goes on')
  expect(code).toBe(1)
})

test.each([
  ['nothing in particular', [], 2, 'Say which webhooks.'],
  ['a time that is none', ['--since', 'yesterday'], 2, 'Expected the number of an event such as 120, or a duration'],
  ['a folder without an emulator', ['--failed'], 4, 'No running emulator was found'],
  ['an emulator that is not there', ['--failed', '--emulator', 'http://127.0.0.1:9'], 4, 'No emulator answers'],
])('resend with %s is a clear error', async (_, args, exit, words) => {
  using folder = temporaryFolder()
  const { code, stderr } = await run(['resend', ...args], { cwd: folder.path })
  expect(stderr).toContain(words)
  expect(code).toBe(exit)
})

test('resend of an id that the journal does not have is a clear error', async () => {
  using folder = temporaryFolder()
  await using _ = await emulate([], folder.path)
  expect(await run(['resend', 'd99'], { cwd: folder.path })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no delivery d99 in the journal.'),
  })
})
