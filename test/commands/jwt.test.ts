import { createHmac, generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jwtVerify } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { afterAll, expect, test } from 'vitest'
import { run, temporaryFolder } from '../helpers/cli.js'
import { type Received, startReceiver } from '../helpers/receiver.js'

const folder = temporaryFolder()
const cwd = folder.path
afterAll(() => folder[Symbol.dispose]())
const secret = 'Nn3vRk8sVf2qLw7bXz5cMt1yHd9gJp4aEu6oKi0rTs8eWl2xQv5mBz7nCy3fGh1j'
const env = { JIVO_DEV_JWT_SECRET: secret }
writeFileSync(join(cwd, 'secret.txt'), `${secret}\n`)
writeFileSync(join(cwd, 'project.yaml'), 'channels:\n  - type: telegram\n  - type: site\n    jwtSecret: $' + '{OWN_SECRET}\n')

const jwt = (args: string[], options: { env?: Record<string, string>; input?: string } = {}) => run(['jwt', ...args], { cwd, ...options })

test('what sign prints is a token of those claims and nothing else', async () => {
  const { code, stdout, stderr } = await jwt(
    ['sign', '--id', 'cust58213', '--claim', 'tier=gold', '--claim', 'n:=5', '--claim', 'eq=a:=b', '--expires', '1h'],
    { env },
  )
  expect([code, stderr]).toEqual([0, ''])
  const { iat, exp, ...claims } = jsonwebtoken.verify(stdout.trim(), secret) as jsonwebtoken.JwtPayload
  expect(claims).toEqual({ id: 'cust58213', tier: 'gold', n: 5, eq: 'a:=b' })
  expect((exp ?? 0) - (iat ?? 0)).toBe(3_600)
})

test.each([
  ['a file', ['--secret-file', 'secret.txt'], {}, ''],
  ['a variable', [], env, ''],
  ['the project', ['--config', 'project.yaml'], { OWN_SECRET: secret }, ''],
  ['a file, before the variable', ['--secret-file', 'secret.txt'], { JIVO_DEV_JWT_SECRET: 'other' }, ''],
  [
    'the command line, which is warned of',
    ['--secret', secret],
    {},
    'The secret is in the history of your shell now; --secret-file FILE and JIVO_DEV_JWT_SECRET keep it out.\n',
  ],
])('the secret comes from %s', async (_, args, variables, told) => {
  const { code, stdout, stderr } = await jwt(['sign', '--id', 'a', ...args], { env: variables })
  expect([code, stderr]).toEqual([0, told])
  expect(jsonwebtoken.verify(stdout.trim(), secret)).toMatchObject({ id: 'a' })
})

test('sign warns of an id that the documents do not allow, and signs it', async () => {
  const { code, stdout, stderr } = await jwt(['sign', '--id', 'a@shop.example', '--json'], { env })
  expect([code, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'shared-with-warning', problems: [{ code: 'idAlphabet' }] })
  expect((await jwt(['sign', '--id', 'a@shop.example'], { env })).stderr).toContain('"a@shop.example" has more than Latin letters')
})

test.each([
  [['sign', '--id', 'a'], 2, 'No secret of a channel is known.'],
  [['sign'], 2, "required option '--id <id>' not specified"],
  [['sign', '--id', 'a', '--claim', 'tier'], 2, 'Expected name=text or name:=JSON'],
  [['sign', '--id', 'a', '--claim', 'n:=oops'], 2, 'The value of n is not JSON'],
  [['sign', '--id', 'a', '--claim', 'id=b'], 2, 'The claim id is said by --id.'],
  [['sign', '--id', 'a', '--secret-file', 'absent.txt'], 3, 'Cannot read absent.txt: it does not exist.'],
  [['sign', '--id', 'a', '--secret', 'a', '--secret-file', 'secret.txt'], 2, 'Both --secret and --secret-file'],
  [['verify', '-', '--secret-file', 'secret.txt'], 2, 'stdin gave no token.'],
  [['attack', '--secret-file', 'secret.txt'], 2, 'Say either --to URL or --out FOLDER.'],
  [['attack', '--secret-file', 'secret.txt', '--out', 'x', '--to', 'http://127.0.0.1:9/'], 2, 'Say either --to URL or --out FOLDER.'],
  [['attack', '--secret-file', 'secret.txt', '--out', 'x', '--only', 'nothing'], 2, 'There is no attack named nothing.'],
  [['sing'], 2, 'Did you mean sign?'],
])('jwt %j ends with %i and says what to do', async (args, exit, words) => {
  const { code, stdout, stderr } = await jwt(args)
  expect([code, stdout]).toEqual([exit, ''])
  expect(stderr).toContain(words)
})

const expired = jsonwebtoken.sign({ id: 'a', exp: 1_700_000_000 }, secret, { noTimestamp: true })

test.each([
  ['good', jsonwebtoken.sign({ id: 'cust58213' }, secret), [], 0, '✔ Every browser with this token sees one history, that of "cust58213".'],
  ['expired', expired, [], 0, 'It expired at 2023-11-14T22:13:20.000Z'],
  ['expired, strictly', expired, ['--strict'], 1, 'It expired at 2023-11-14T22:13:20.000Z'],
  ['of another secret', jsonwebtoken.sign({ id: 'a' }, 'other'), [], 1, '○ The signature was not made with the secret of this channel'],
  ['unsigned', jsonwebtoken.sign({ id: 'a' }, '', { algorithm: 'none' }), [], 1, '● The algorithm is "none", not "HS256"'],
])('verify of a token that is %s', async (_, token, args, exit, words) => {
  const { code, stdout, stderr } = await jwt(['verify', '-', ...args], { env, input: `${token}\n` })
  expect([code, stderr]).toEqual([exit, ''])
  expect(stdout).toContain(words)
  expect(stdout).not.toContain(token.split('.')[1])
  const { verdict, claims } = JSON.parse((await jwt(['verify', token, '--json', ...args], { env })).stdout)
  expect([verdict === 'anonymous', claims.id]).toEqual([exit === 1, jsonwebtoken.decode(token, { json: true })?.id])
})

test('inspect explains header, claims and dates, and does not print the token or the secret', async () => {
  const token = jsonwebtoken.sign({ id: 'cust58213', tier: 'gold\u001b[31m', exp: 1_700_000_000 }, secret)
  const { code, stdout, stderr } = await jwt(['inspect', token], { env })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('alg  "HS256"')
  expect(stdout).toMatch(/exp {3}1700000000 +○ \d+ days ago, 2023-11-14T22:13:20.000Z/)
  expect(stdout).toMatch(/tier {2}"gold\\u001b\[31m" +● Jivo ignores it/)
  expect(stdout).toContain('Signature  made with the secret of the channel')
  for (const hidden of [token.split('.')[2] ?? '', secret]) expect(stdout).not.toContain(hidden)
})

test('inspect needs no secret, and then says what it could not see', async () => {
  const { code, stdout } = await jwt(['inspect', jsonwebtoken.sign({ id: 7 }, 'any'), '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'opaque', signature: 'not checked', problems: [{ code: 'noSecret' }, { code: 'idNumber' }] })
})

test('a text that is no JWT is explained, too', async () => {
  const { code, stdout } = await jwt(['inspect', 'cust58213'])
  expect(code).toBe(0)
  expect(stdout).toContain('A plain text to Jivo')
  expect(stdout).toContain('Header  cannot be read')
})

test('secret makes 64 letters and digits, others each time, and sign takes them', async () => {
  const [first, second] = await Promise.all([jwt(['secret']), jwt(['secret', '--json'])])
  expect(first.stdout).toMatch(/^[A-Za-z0-9]{64}\n$/)
  const { secret: other } = JSON.parse(second.stdout)
  expect(other).toMatch(/^[A-Za-z0-9]{64}$/)
  expect(other).not.toBe(first.stdout.trim())
  expect((await jwt(['sign', '--id', 'a'], { env: { JIVO_DEV_JWT_SECRET: other } })).stderr).toBe('')
})

test('attack --out writes a token a file and what a verifier must do with each', async () => {
  const { code, stdout, stderr } = await jwt(['attack', '--out', 'attacks', '--claim', 'iss=shop'], { env: { ...env, JIVO_DEV_TO: 'http://127.0.0.1:9/' } })
  expect([code, stderr]).toEqual([0, ''])
  const index: { file: string; name: string; must: string }[] = JSON.parse(readFileSync(join(cwd, 'attacks/index.json'), 'utf8'))
  expect(stdout).toContain(`${index.length} tokens in attacks`)
  expect(readdirSync(join(cwd, 'attacks')).sort()).toEqual([...index.map(({ file }) => file), 'index.json'].sort())
  const read = (name: string) => readFileSync(join(cwd, 'attacks', `${name}.jwt`), 'utf8')
  expect(jsonwebtoken.verify(read('good-token'), secret, { algorithms: ['HS256'], issuer: 'shop' })).toMatchObject({ id: 'cust58213' })
  for (const { name } of index.filter(({ must, name }) => must === 'refuse' && name !== 'crit')) {
    const taken = (() => {
      try {
        return (jsonwebtoken.verify(read(name), secret, { algorithms: ['HS256'] }) as jsonwebtoken.JwtPayload).id
      } catch {
        return undefined
      }
    })()
    expect([name, taken]).toEqual([name, undefined])
  }
})

const key = new TextEncoder().encode(secret)
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
writeFileSync(join(cwd, 'public.pem'), pem)

const part = (token: string, at: number) => JSON.parse(Buffer.from(token.split('.')[at] ?? '', 'base64url').toString())
const good = async (token: string) => void (await jwtVerify(token, key, { algorithms: ['HS256'] }))

/** Verifiers of developers: they throw where they refuse. */
const verifiers = {
  good,
  acceptsNone: async (token: string) => {
    if (String(part(token, 0).alg).toLowerCase() !== 'none') await good(token)
  },
  onlyDecodes: async (token: string) => {
    if (typeof part(token, 1).id !== 'string') throw new Error('no id')
  },
  confusesKeys: async (token: string) => {
    const [head, payload, signature] = token.split('.')
    const isSignedBy = (secret: string) => createHmac('sha256', secret).update(`${head}.${payload}`).digest('base64url') === signature
    if (part(token, 0).alg !== 'HS256' || !isSignedBy(pem)) await good(token)
  },
}

/** A server that asks for a token in one place, and answers `refusal` where its verifier throws. */
const startVerifier = (
  verify: (token: string) => Promise<void>,
  refusal = 401,
  tokenOf = ({ headers }: Received) => String(headers.authorization).slice('Bearer '.length),
) =>
  startReceiver((response, received) => {
    verify(tokenOf(received)).then(
      () => response.writeHead(200).end('{}'),
      () => response.writeHead(refusal).end(),
    )
  })

const attack = async (url: string, ...args: string[]) => {
  const finished = await jwt(['attack', '--to', url, '--json', '--timeout', '20s', ...args], { env })
  const lines = finished.stdout.split('\n').filter(Boolean)
  const told = lines.map(line => JSON.parse(line))
  const results: { name: string; verdict: string; message: string; status?: number }[] = told.filter(({ type }) => type === 'jwt.attack.result')
  return { ...finished, results, summary: told.at(-1), failed: results.filter(({ verdict }) => verdict === 'failed').map(({ name }) => name) }
}

test('a verifier that checks everything passes', async () => {
  await using server = await startVerifier(verifiers.good)
  const { code, failed, summary, results } = await attack(server.url)
  expect([code, failed]).toEqual([0, []])
  expect(results.length).toBeGreaterThan(80)
  expect(summary).toMatchObject({ type: 'jwt.attack.summary', failed: 0, passed: results.length })
  expect(server.received.length).toBe(results.length)
})

test.each([
  [
    'acceptsNone',
    ['none-lower', 'none-lower-signed', 'none-mixed', 'none-mixed-signed', 'none-title', 'none-title-signed', 'none-upper', 'none-upper-signed', 'alg-twice'],
  ],
  ['confusesKeys', ['public-key-as-secret']],
] as const)('a verifier that %s fails by just those', async (name, expected) => {
  await using server = await startVerifier(verifiers[name])
  const { code, failed } = await attack(server.url, '--public-key', 'public.pem')
  expect(code).toBe(1)
  expect([...failed].sort()).toEqual([...expected].sort())
})

test('a verifier that only decodes fails by nearly all', async () => {
  await using server = await startVerifier(verifiers.onlyDecodes)
  const { code, failed } = await attack(server.url)
  expect(code).toBe(1)
  for (const name of ['none-lower', 'wrong-secret', 'payload-swapped', 'expired', 'signature-empty', 'jwk-rsa', 'kid-sql']) expect(failed).toContain(name)
})

test('a verifier that answers 500 for what it throws has refused nothing', async () => {
  await using server = await startVerifier(verifiers.good, 500)
  const { code, failed, results } = await attack(server.url, '--only', 'none-lower', '--only', 'dots')
  expect([code, failed]).toEqual([1, ['none-lower', 'dots']])
  expect(results[1]?.message).toContain('The server failed with the status 500')
})

test('a server that refuses everything says nothing, and gets no attack', async () => {
  await using server = await startVerifier(async () => Promise.reject(new Error('no')))
  const { code, results } = await attack(server.url)
  expect(code).toBe(1)
  expect(results).toMatchObject([{ name: 'good-token', verdict: 'failed', status: 401 }])
  expect(server.received.length).toBe(1)
})

test('where nobody listens the exit code is 4', async () => {
  const server = await startVerifier(verifiers.good)
  await server[Symbol.asyncDispose]()
  expect((await attack(server.url)).code).toBe(4)
})

test.each([
  ['query', [], ({ path }: Received) => new URL(path, 'http://a').searchParams.get('token') ?? ''],
  [
    'cookie',
    ['--token-name', 'sid', '-H', 'Cookie: a=1'],
    ({ headers }: Received) => decodeURIComponent(/^a=1; sid=(.*)$/.exec(headers.cookie ?? '')?.[1] ?? ''),
  ],
  ['body', ['--token-name', 'jwt', '--method', 'PUT'], ({ body }: Received) => String(body.jwt)],
  ['header', ['--token-name', 'X-Token'], ({ headers }: Received) => String(headers['x-token'])],
])('the token goes into the %s', async (place, args, tokenOf) => {
  await using server = await startVerifier(verifiers.good, 403, tokenOf)
  const { code, failed } = await attack(server.url, '--token-in', place, ...args)
  expect([code, failed]).toEqual([0, []])
})

test('the table has a line an attack and the report a case', async () => {
  await using server = await startVerifier(verifiers.acceptsNone)
  const { code, stdout, stderr } = await jwt(['attack', '--to', server.url, '--only', 'none-lower', '--only', 'dots', '--report', 'junit=attack.xml'], { env })
  expect([code, stderr]).toEqual([1, 'Report: attack.xml\n'])
  const lines = stdout.split('\n')
  expect(lines[0]).toBe('✔ good-token        200  Accepted a good token.')
  expect(lines[1]).toBe('✖ none-lower        200  Accepted: the header says alg none, and there is no signature.')
  expect(lines[2]?.trim()).toBe('Name HS256 as the only algorithm where the token is verified.')
  expect(lines[3]).toBe('✔ dots              401  Refused: nothing but dots.')
  expect(stdout).toContain('3 passed, 1 failed in ')
  const report = readFileSync(join(cwd, 'attack.xml'), 'utf8')
  expect(report).toContain('tests="4" failures="1"')
  expect(report).toMatch(/<testcase name="none-lower"[^>]*>\s*<failure type="failed" message="Accepted: the header/)
})
