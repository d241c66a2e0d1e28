import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, start, temporaryFolder } from '../helpers/cli.js'
import { type Answering, json, startReceiver, zoo } from '../helpers/receiver.js'

const bodies = (count: number) => Array.from({ length: count }, (_, at) => JSON.stringify({ event_name: 'chat_updated', chat_id: at + 1 }))

/** Sends what stdin gives and returns what the command said, its NDJSON read. */
const replay = async (input: string, answer: Answering, ...args: string[]) => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver(answer)
  const finished = await run(['replay', '-', '--to', receiver.url, '--json', '--timeout', '20s', ...args], { cwd: folder.path, input })
  const lines = finished.stdout.split('\n').filter(Boolean)
  const told = lines.map(line => JSON.parse(line))
  return {
    ...finished,
    results: told.filter(({ type }) => type === 'replay.result'),
    summary: told.at(-1),
    chats: receiver.received.map(({ body }) => body.chat_id),
  }
}

test('--rate sends no body before it is due', async () => {
  const { code, results } = await replay(bodies(5).join('\n'), zoo.ok, '--rate', '20/s', '-c', '5')
  expect(code).toBe(0)
  // Clocks tick in milliseconds, and timers may be one early.
  for (const [at, { sent }] of results.entries()) expect(sent).toBeGreaterThanOrEqual(at * 50 - 3)
})

/** A journal's lines about deliveries, so many milliseconds apart. */
const recording = (apart: number) =>
  bodies(3)
    .map((body, at) => JSON.stringify({ seq: at, at: 1_754_000_000_000 + at * apart, type: 'delivery.scheduled', body: JSON.parse(body) }))
    .join('\n')

test.each([
  ['1', 100, 100],
  ['10', 1_000, 100],
  ['max', 86_400_000, 0],
])('--speed %s keeps that part of the pauses of a recording', async (speed, apart, pause) => {
  const { code, results, chats } = await replay(recording(apart), zoo.ok, '--speed', speed)
  expect(code).toBe(0)
  expect(chats).toEqual([1, 2, 3])
  for (const [at, { sent }] of results.entries()) expect(sent).toBeGreaterThanOrEqual(at * pause - 3)
})

test('--concurrency has as many requests in flight as said, never more, and says nothing of listeners', async () => {
  const held: ServerResponse[] = []
  let answered = 0
  let most = 0
  const hold: Answering = response => {
    held.push(response)
    most = Math.max(most, held.length)
    // Nobody is answered before all that may be there are there.
    if (held.length < Math.min(12, 60 - answered)) return
    answered += held.length
    for (const one of held.splice(0)) json(one, { result: 'ok' })
  }
  const { code, stderr, results } = await replay(bodies(60).join('\n'), hold, '-c', '12')
  expect({ code, stderr, most }).toEqual({ code: 0, stderr: '', most: 12 })
  expect(results.map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1))
})

test('--retries sends a failure again until it passes, and results tell how often', async () => {
  const times = new Map<unknown, number>()
  const answer: Answering = (response, { body }) => {
    const time = (times.get(body.chat_id) ?? 0) + 1
    times.set(body.chat_id, time)
    if (body.chat_id === 3 || (body.chat_id === 2 && time < 3)) zoo.html500(response)
    else zoo.ok(response)
  }
  const { code, results, summary } = await replay(bodies(3).join('\n'), answer, '--retries', '2')
  expect(code).toBe(1)
  expect(results).toMatchObject([{ ok: true }, { ok: true, attempts: 3 }, { ok: false, attempts: 3, reason: 'status' }])
  expect(results[0]).not.toHaveProperty('attempts')
  expect(summary).toMatchObject({ passed: 2, failed: 1 })
  expect([...times.values()]).toEqual([1, 3, 3])
})

test('--bail sends nothing after the first failure', async () => {
  const { code, chats, summary } = await replay(
    bodies(6).join('\n'),
    (response, { body }) => (body.chat_id === 3 ? zoo.notOk(response) : zoo.ok(response)),
    '--bail',
  )
  expect(chats).toEqual([1, 2, 3])
  expect(summary).toMatchObject({ passed: 2, failed: 1 })
  expect(code).toBe(1)
})

test.each([
  ['lines', bodies(2).join('\n'), [1, 2]],
  ['lines with breaks of Windows and an empty one', `${bodies(2).join('\r\n\r\n')}\r\n`, [1, 2]],
  ['one body over several lines', '{\n  "event_name": "chat_updated",\n  "chat_id": 7\n}\n', [7]],
  ['the journal of an emulator', `{"seq":1,"at":5,"type":"chat.opened"}\n${recording(1)}`, [1, 2, 3]],
])('stdin may give %s', async (_, input, chats) => {
  expect(await replay(input, zoo.ok)).toMatchObject({ code: 0, chats })
})

test.each([
  ['is cut', `${bodies(2).join('\n')}\n{"event_name":"chat_upd`, 'stdin is not a webhook body: line 3, column 15: '],
  ['has no event_name', `${bodies(2).join('\n')}\n{"chat_id":3}`, 'stdin is not a webhook body: line 3: it has no event_name.'],
  ['is a list', `${bodies(2).join('\n')}\n[]`, 'stdin is not a webhook body: line 3: it is not a JSON object.'],
])('a line of stdin that %s is named when its turn comes: what stood before is sent', async (_, input, words) => {
  const { code, stderr, chats, summary } = await replay(input, zoo.ok)
  expect(stderr).toContain(words)
  expect(code).toBe(3)
  expect(chats).toEqual([1, 2])
  expect(summary).toMatchObject({ passed: 2, failed: 0 })
})

test.each([
  [['--watch'], '--watch needs files: stdin cannot be sent again.'],
  [['--repeat', '2'], '--repeat needs files: stdin cannot be read twice.'],
])('stdin with %j is wrong usage', async (args, words) => {
  const { code, stderr } = await replay('', zoo.ok, ...args)
  expect(stderr).toContain(words)
  expect(code).toBe(2)
})

test('--watch sends all of it again on Enter, a new file alone, and the fixture of a sidecar that changed', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  const file = (name: string) => join(folder.path, 'mine', name)
  mkdirSync(join(folder.path, 'mine'))
  for (const [at, body] of bodies(2).entries()) writeFileSync(file(`${at + 1}.json`), body)
  await using watching = start(['replay', 'mine', '--to', receiver.url, '--watch'], { cwd: folder.path, input: null })
  await watching.says('Watching')
  const chats = () => receiver.received.map(({ body }) => body.chat_id)
  const sent = (count: number) => receiver.wait(() => receiver.received.length >= count)
  expect(chats()).toEqual([1, 2])
  // The answer to Enter comes when the watcher is ready.
  watching.child.stdin.write('\n')
  await sent(4)
  expect(chats()).toEqual([1, 2, 1, 2])
  writeFileSync(file('3.json'), '{"event_name":"chat_updated","chat_id":3}')
  await sent(5)
  expect(chats().slice(4)).toEqual([3])
  writeFileSync(file('2.expect.json'), '{"body":{"result":"no"}}')
  await sent(6)
  expect(chats().slice(5)).toEqual([2])
  await watching.says('"result" is "ok", not "no".')
  watching.child.kill('SIGINT')
  // The exit code is that of what was sent last.
  expect(await watching.finished).toMatchObject({ code: 1 })
  expect(receiver.received).toHaveLength(6)
})

test('--update keeps what a sidecar asks beyond the answer, and leaves one alone that is right', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver(response => {
    response.setHeader('X-Version', '2')
    json(response, { result: 'later' })
  })
  const sidecar = join(folder.path, 'a.expect.json')
  writeFileSync(join(folder.path, 'a.json'), '{"event_name":"chat_updated"}')
  writeFileSync(sidecar, '{"status":200,"headers":{"X-Version":"1"},"within":"30s"}')
  const update = () => run(['replay', 'a.json', '--to', receiver.url, '--update'], { cwd: folder.path })
  expect(await update()).toMatchObject({ code: 0, stderr: 'Expectations: 1 written, 0 as they were.\n' })
  expect(JSON.parse(readFileSync(sidecar, 'utf8'))).toEqual({ status: 200, body: { result: 'later' }, headers: { 'X-Version': '2' }, within: 30_000 })
  expect(await update()).toMatchObject({ code: 0, stderr: 'Expectations: 0 written, 1 as they were.\n' })
})

test('--update of an answer that is no JSON keeps its status alone', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver(zoo.html500)
  writeFileSync(join(folder.path, 'a.json'), '{"event_name":"chat_updated"}')
  expect(await run(['replay', 'a.json', '--to', receiver.url, '--update'], { cwd: folder.path })).toMatchObject({ code: 0 })
  expect(readFileSync(join(folder.path, 'a.expect.json'), 'utf8')).toBe('{\n  "status": 500\n}\n')
})

test.each([
  ['no answer', 'a.json', zoo.reset, 4],
  ['a line of a recording', 'all.jsonl', zoo.notOk, 0],
  ['a fixture of the package', 'fixtures/webhooks/chat_accepted.json', zoo.notOk, 0],
])('--update of %s writes nothing', async (_, path, answer, exit) => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver(answer)
  for (const name of ['a.json', 'all.jsonl']) writeFileSync(join(folder.path, name), '{"event_name":"chat_updated"}')
  const { code, stderr } = await run(['replay', path, '--to', receiver.url, '--update'], { cwd: folder.path })
  expect(stderr).toBe('Expectations: 0 written, 0 as they were, 1 without a place: no answer, a recording, or a fixture of the package.\n')
  expect(code).toBe(exit)
  expect(existsSync(join(folder.path, 'a.expect.json'))).toBe(false)
})
