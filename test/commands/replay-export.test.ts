import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, temporaryFolder } from '../helpers/cli.js'

/** Exports a recording of three bodies and returns the script. */
const script = async (...args: string[]) => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'all.jsonl'), [1, 2, 3].map(chat_id => JSON.stringify({ event_name: 'chat_updated', chat_id })).join('\n'))
  const { code, stderr } = await run(['replay', 'all.jsonl', '--export', 'artillery=load', ...args], { cwd: folder.path })
  expect(code).toBe(0)
  const bodies = readFileSync(join(folder.path, 'load/bodies.jsonl'), 'utf8').trim().split('\n')
  return { stderr, text: readFileSync(join(folder.path, 'load/load-test.yml'), 'utf8'), chats: bodies.map(line => JSON.parse(JSON.parse(line).body).chat_id) }
}

test('a load test needs no address: it names a usual one and how to give another', async () => {
  const { stderr, text, chats } = await script()
  expect(stderr).toBe('Load test with 3 bodies: load\n  cd load && JIVO_DEV_TO=http://127.0.0.1:3000/jivo npx artillery@2 run load-test.yml\n')
  expect(text).toContain('target: "http://127.0.0.1:3000"')
  expect(chats).toEqual([1, 2, 3])
})

test.each([
  ['the address and its query', ['--to', 'https://shop.example:8443/in?key=1'], ['target: "https://shop.example:8443"', 'url: "/in?key=1"']],
  ['the user and the password of the address as a header', ['--to', 'http://vera:kettle@127.0.0.1/'], [`"authorization": "Basic ${btoa('vera:kettle')}"`]],
  ['every body as often as it is repeated', ['--repeat', '4', '--rate', '6'], ['duration: 2\n', 'arrivalCount: 12\n']],
  ['the time for an answer in seconds', ['--timeout', '250ms'], ['timeout: 0.25\n']],
  ['a limit of users where one is asked for', ['--concurrency', '7'], ['maxVusers: 7\n']],
])('a load test has %s', async (_, args, lines) => {
  const { text } = await script(...args)
  for (const line of lines) expect(text).toContain(line)
})

test('a load test has no limit of users otherwise: Artillery would skip the bodies beyond it', async () => {
  expect((await script()).text).not.toContain('maxVusers')
})

test('a load test of a shuffle has the order of its seed', async () => {
  const shuffled = ['--order', 'shuffle', '--seed', '5']
  const [one, two] = [await script(...shuffled), await script(...shuffled)]
  expect(one.chats).toEqual(two.chats)
  expect([...one.chats].sort()).toEqual([1, 2, 3])
})

test('a load test of nothing is an error', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'one.json'), '{"event_name":"chat_updated"}')
  expect(await run(['replay', 'one.json', '--only', 'chat_accepted', '--export', 'artillery=load'], { cwd: folder.path })).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('None of the fixtures was chosen'),
  })
})
