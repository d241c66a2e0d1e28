import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import jsonwebtoken from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { run, temporaryFolder } from '../helpers/cli.js'
import { type Answering, type Received, startReceiver } from '../helpers/receiver.js'

const secret = 'Nn3vRk8sVf2qLw7bXz5cMt1yHd9gJp4aEu6oKi0rTs8eWl2xQv5mBz7nCy3fGh1j'
const accounts: Record<string, string> = { 'sid=1': 'cust1', 'sid=2': 'cust2' }
const sign = (claims: object, key = secret, options: jsonwebtoken.SignOptions = { expiresIn: '1h' }) => jsonwebtoken.sign(claims, key, options)

interface Endpoint {
  readonly body?: (id: string, received: Received) => string
  readonly headers?: Record<string, string>
  readonly stranger?: Answering
}

/** An endpoint of a shop that does everything right, but for what it is told. */
const endpoint =
  ({ body = id => JSON.stringify({ token: sign({ id }) }), headers = {}, stranger = response => response.writeHead(401).end() }: Endpoint = {}): Answering =>
  (response, received) => {
    const id = accounts[received.headers.cookie ?? '']
    if (id === undefined) stranger(response, received)
    else response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers }).end(body(id, received))
  }

const users = ['--user-a', 'Cookie: sid=1', '--user-b', 'Cookie: sid=2']

const check = async (answer: Answering, ...args: string[]) => {
  using folder = temporaryFolder()
  await using server = await startReceiver(answer)
  const env = { JIVO_DEV_JWT_SECRET: secret }
  const finished = await run(['check', 'token', '--to', server.url, '--json', '--timeout', '20s', ...users, ...args], { cwd: folder.path, env })
  const lines = finished.stdout.split('\n').filter(Boolean)
  const told = lines.map(line => JSON.parse(line))
  const results: { name: string; verdict: string; message: string; fix: string }[] = told.filter(({ type }) => type === 'check.token.result')
  const of = (verdict: string) => results.filter(result => result.verdict === verdict).map(({ name }) => name)
  return { ...finished, results, failed: of('failed'), warned: of('warned'), skipped: of('skipped'), summary: told.at(-1), received: server.received }
}

test('a good endpoint passes every check', async () => {
  const { code, stderr, results, failed, warned, skipped, received } = await check(endpoint())
  expect([code, stderr, failed, warned, skipped]).toEqual([0, '', [], [], []])
  expect(results.map(({ name }) => name)).toEqual([
    'first-user',
    'second-user',
    'form',
    'algorithm',
    'signature',
    'id',
    'id-stable',
    'id-different',
    'personal-data',
    'expiry',
    'cache',
    'anonymous',
    'cors',
    'transport',
  ])
  expect(received.map(({ headers }) => headers.cookie ?? 'nobody').sort()).toEqual(['nobody', 'sid=1', 'sid=1', 'sid=1', 'sid=1', 'sid=2', 'sid=2', 'sid=2'])
})

let visits = 0

test.each<[string, Endpoint, string[], string[], string]>([
  ['signs with another secret', { body: id => sign({ id }, 'other') }, ['signature'], [], 'not made with the secret'],
  ['does not sign', { body: id => sign({ id }, '', { algorithm: 'none' }) }, ['algorithm'], ['expiry'], '"none"'],
  ['signs with HS512', { body: id => sign({ id }, secret, { algorithm: 'HS512', expiresIn: '1h' }) }, ['algorithm'], [], '"HS512"'],
  ['gives numbers as ids', { body: id => sign({ id: Number(id.slice(4)) }) }, ['id'], [], 'the number 1'],
  ['gives e-mail addresses as ids', { body: id => sign({ id: `${id}@shop.example` }) }, ['id', 'personal-data'], [], 'more than Latin letters'],
  ['calls the id sub', { body: id => sign({ sub: id }) }, ['id'], [], 'There is no id'],
  ['takes the id from chance', { body: id => sign({ id: `${id}x${++visits}` }) }, ['id-stable'], [], 'several ids'],
  ['gives all users one id', { body: () => sign({ id: 'cust' }) }, ['id-different'], [], 'Both users got the id "cust"'],
  ['puts names into claims', { body: id => sign({ id, email: 'ada@shop.example', name: 'Ada' }) }, ['personal-data'], [], 'email (its name), name (its name)'],
  ['lets tokens live for ever', { body: id => sign({ id }, secret, {}) }, [], ['expiry'], 'There is no exp'],
  ['lets tokens live for a week', { body: id => sign({ id }, secret, { expiresIn: '7d' }) }, [], ['expiry'], '168 hours'],
  ['gives old tokens', { body: id => sign({ id, exp: 1_700_000_000 }, secret, {}) }, ['expiry'], [], 'expired at 2023'],
  ['lets caches keep them', { headers: { 'cache-control': 'public, max-age=60' } }, ['cache'], [], '"public, max-age=60"'],
  ['says nothing to caches', { headers: { 'cache-control': '' } }, ['cache'], [], 'There is no Cache-Control'],
  [
    'gives strangers a token',
    { stranger: response => response.end(JSON.stringify({ token: sign({ id: 'guest' }) })) },
    ['anonymous'],
    [],
    'with the id "guest"',
  ],
  ['fails on strangers', { stranger: response => response.writeHead(500).end() }, ['anonymous'], [], 'failed with the status 500'],
  ['lets any site read them', { headers: { 'access-control-allow-origin': '*' } }, ['cors'], [], 'Access-Control-Allow-Origin is *'],
])('an endpoint that %s fails there and nowhere else', async (_, bad, failures, warnings, words) => {
  const { code, failed, warned, results } = await check(endpoint(bad))
  expect([failed, warned]).toEqual([failures, warnings])
  expect(code).toBe(failures.length === 0 ? 0 : 1)
  const [first] = results.filter(({ name }) => name === [...failures, ...warnings][0])
  expect(first?.message).toContain(words)
  expect(first?.fix.length).toBeGreaterThan(10)
})

test('an endpoint that allows whatever origin asks is caught', async () => {
  const { failed } = await check((response, received) => {
    const { origin } = received.headers
    endpoint({ headers: origin === undefined ? {} : { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' } })(response, received)
  })
  expect(failed).toEqual(['cors'])
})

test('an endpoint that keeps the last user between requests is caught, as the users ask at the same time', async () => {
  let last = ''
  const waiting: (() => void)[] = []
  const { failed } = await check((response, received) => {
    const { cookie = '', origin } = received.headers
    last = accounts[cookie] ?? ''
    const answer = () => endpoint({ body: () => sign({ id: last }) })(response, received)
    if (cookie === '' || origin !== undefined) return answer()
    waiting.push(answer)
    // Answered when both users wait, as a slow query of a database would.
    if (waiting.length === 2) for (const one of waiting.splice(0)) one()
  })
  expect(failed).toContain('id-different')
})

test.each<[string, Answering, string, string]>([
  ['a page', response => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in</p>'), 'has a page', '{"token":"…"}'],
  ['403', response => response.writeHead(403).end(), 'status 403', '--user-a'],
  ['nothing', response => response.end(), 'an empty body', '--json-path'],
])('an endpoint that answers %s has no tokens to judge', async (_, answer, words, fix) => {
  const { code, failed, skipped, results } = await check(answer)
  expect(code).toBe(1)
  expect(failed).toEqual(['first-user', 'second-user'])
  expect(skipped).toHaveLength(9)
  expect(results[0]?.message).toContain(words)
  expect(results[0]?.fix).toContain(fix)
})

test('--json-path names the field, and --times and --method how to ask', async () => {
  const { code, results, received } = await check(
    endpoint({ body: id => JSON.stringify({ token: 'csrf', chat: { key: sign({ id }) } }) }),
    '--json-path',
    'chat.key',
    '--times',
    '5',
    '--method',
    'POST',
  )
  expect(code).toBe(0)
  expect(results[0]?.message).toBe('Got a token 5 times, from chat.key.')
  expect(received).toHaveLength(12)
})

test('the table, the report and the exit code of a server that is not there', async () => {
  using folder = temporaryFolder()
  const server = await startReceiver()
  const { url } = server
  await server[Symbol.asyncDispose]()
  const { code, stdout, stderr } = await run(['check', 'token', '--to', url, '--secret-file', 'none', ...users], {
    cwd: folder.path,
    env: { JIVO_DEV_JWT_SECRET: secret },
  })
  expect([code, stdout]).toEqual([3, ''])
  expect(stderr).toContain('Cannot read none')
  const away = await run(['check', 'token', '--to', url, '--report', 'junit=out.xml', ...users], { cwd: folder.path, env: { JIVO_DEV_JWT_SECRET: secret } })
  expect([away.code, away.stderr]).toEqual([4, 'Report: out.xml\n'])
  expect(away.stdout).toContain('✖ first-user')
  expect(away.stdout).toContain('nothing listens there')
  expect(readFileSync(join(folder.path, 'out.xml'), 'utf8')).toMatch(/<testcase name="form"[^>]*>\s*<skipped message="There are not enough tokens to say."\/>/)
})

test('tokens are printed nowhere', async () => {
  const { stdout, stderr, received } = await check(endpoint({ body: (id, { headers }) => sign({ id, who: headers.cookie }, 'other') }))
  expect(received.length).toBeGreaterThan(0)
  expect(stdout + stderr).not.toMatch(/eyJ/)
})

test.each([
  [['check', 'token'], 'Say which endpoint.'],
  [['check', 'token', '--to', 'http://127.0.0.1:9/'], 'Say what makes two users different'],
  [['check', 'tokens'], 'Did you mean token?'],
])('%j is wrong usage', async (args, words) => {
  using folder = temporaryFolder()
  const { code, stderr } = await run(args, { cwd: folder.path })
  expect(code).toBe(2)
  expect(stderr).toContain(words)
})
