import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { run, temporaryFolder } from '../helpers/cli.js'
import { json, startReceiver, zoo } from '../helpers/receiver.js'
import { installArtillery } from './install.js'

let artillery: ReturnType<typeof installArtillery>
beforeAll(() => {
  artillery = installArtillery()
})

/** Runs the load test in a folder with the real Artillery. Null when the registry could not give it. */
const load = async (folder: string, env: Record<string, string> = {}) => {
  if ('missing' in artillery) return null
  const child = spawn(process.execPath, [artillery.command, 'run', 'load-test.yml', '--output', 'told.json'], {
    cwd: folder,
    env: { ...process.env, JIVO_DEV_TO: '', ...env, ARTILLERY_DISABLE_TELEMETRY: 'true', NO_COLOR: '1' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      output += text
    })
  const code = await new Promise<number | null>(resolve => child.on('close', resolve))
  const { aggregate } = JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8'))
  return { code, output, counters: aggregate.counters as Record<string, number> }
}

const reason = () => ('missing' in artillery ? artillery.missing : '')

test('the exported load test sends every body once, byte for byte, to the address in JIVO_DEV_TO', async ({ skip }) => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  const bodies = Array.from({ length: 20 }, (_, at) => `{"event_name": "chat_updated",  "chat_id": ${at}, "text": "{{ $uuid }} ёж \\ud83d\\ude00"}`)
  writeFileSync(join(folder.path, 'all.jsonl'), bodies.join('\n'))
  const args = ['replay', 'all.jsonl', '--export', 'artillery=load', '--rate', '20', '--header', 'X-Test: yes']
  expect(await run(args, { cwd: folder.path })).toMatchObject({ code: 0 })
  const told = await load(join(folder.path, 'load'), { JIVO_DEV_TO: `${receiver.url}/deep?key=1` })
  if (told === null) return skip(reason())
  expect(told).toMatchObject({ code: 0, counters: { 'http.requests': 20, 'http.codes.200': 20, 'vusers.failed': 0 } })
  expect(receiver.received.map(({ text }) => text).sort()).toEqual([...bodies].sort())
  expect(new Set(receiver.received.map(({ path, headers }) => `${path} ${headers['content-type']} ${headers['x-test']}`))).toEqual(
    new Set(['/jivo/deep?key=1 application/json; charset=utf-8 yes']),
  )
})

test('the exported load test fails what replay would fail, each by its reason', async ({ skip }) => {
  using folder = temporaryFolder()
  const answers: Record<string, Parameters<typeof startReceiver>[0]> = {
    status: zoo.html500,
    redirect: zoo.redirect,
    result: zoo.notOk,
    reply: response => json(response, { result: 'ok', custom_data: { title: 'Plan' } }),
    'not-json': zoo.html200,
    'too-long': zoo.huge,
    header: zoo.ok,
    body: zoo.ok,
    late: response => setTimeout(() => json(response, { result: 'ok' }), 300),
    reset: zoo.reset,
    expected: zoo.html500,
    ok: zoo.ok,
  }
  const sidecars: Record<string, object> = {
    header: { headers: { 'X-Version': '2' } },
    body: { body: { result: 'ok', items: [1] } },
    late: { within: '200ms' },
    expected: { status: [500, 502] },
  }
  await using receiver = await startReceiver((response, received) => answers[String(received.body.kind)]?.(response, received))
  mkdirSync(join(folder.path, 'mine'))
  for (const kind of Object.keys(answers)) writeFileSync(join(folder.path, 'mine', `${kind}.json`), JSON.stringify({ event_name: 'chat_accepted', kind }))
  for (const [kind, sidecar] of Object.entries(sidecars)) writeFileSync(join(folder.path, 'mine', `${kind}.expect.json`), JSON.stringify(sidecar))
  // Whoever waits for an answer longer than a busy machine needs still fails by its reason.
  const args = ['replay', 'mine', '--to', receiver.url, '--timeout', '30s']
  expect(await run([...args, '--export', 'artillery=load', '--rate', '12'], { cwd: folder.path })).toMatchObject({ code: 0 })
  const told = await load(join(folder.path, 'load'))
  if (told === null) return skip(reason())
  const failed = Object.keys(told.counters).filter(name => name.startsWith('errors.'))
  expect(failed.sort()).toEqual([
    'errors.ECONNRESET',
    'errors.verdict body mine/body.json',
    'errors.verdict header mine/header.json',
    'errors.verdict late mine/late.json',
    'errors.verdict not-json mine/not-json.json',
    'errors.verdict reply mine/reply.json',
    'errors.verdict result mine/result.json',
    'errors.verdict status mine/redirect.json',
    'errors.verdict status mine/status.json',
    'errors.verdict too-long mine/too-long.json',
  ])
  expect(told).toMatchObject({ code: 1, counters: { 'http.requests': 12, 'verdict.failed': 9, 'vusers.failed': 10 } })

  const replayed = await run([...args, '--json'], { cwd: folder.path })
  const results = replayed.stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(
    results
      .filter(({ ok }) => ok === false)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['body', 'header', 'late', 'not-json', 'redirect', 'reply', 'reset', 'result', 'status', 'too-long'].map(kind => `mine/${kind}.json`))
})
