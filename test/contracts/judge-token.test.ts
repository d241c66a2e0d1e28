import { spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import jsonwebtoken from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { judgeToken } from '../../src/contracts/judge-token.js'
import { readToken } from '../../src/contracts/read-token.js'
import { signToken } from '../../src/contracts/sign-token.js'
import { tokenCases } from '../../src/contracts/user-token.js'
import { seededRandom } from '../../src/replay/random.js'

const secret = 'Nn3vRk8sVf2qLw7bXz5cMt1yHd9gJp4aEu6oKi0rTs8eWl2xQv5mBz7nCy3fGh1j'
const now = Date.UTC(2026, 10, 24)
const seconds = now / 1_000

const base64url = (text: string | Buffer) => Buffer.from(text).toString('base64url')

/** A token of any header and payload, made without the libraries under test. */
const forged = (payload: string | Buffer, header = '{"alg":"HS256","typ":"JWT"}', key = secret) => {
  const input = `${base64url(header)}.${base64url(payload)}`
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`
}
const good = forged('{"id":"cust58213"}')
const [head = '', body = '', signature = ''] = good.split('.')

/** A token with `letters` that many letters in all. */
const ofLength = (letters: number) => {
  const token = forged(`{"id":"a","filling":"${'x'.repeat(Math.floor(((letters - head.length - 45) * 3) / 4) - 24)}"}`)
  return { token, is: token.length }
}

const judged = async (token: string, options = {}) => {
  const { verdict, id, problems } = await judgeToken(token, { secret, now, ...options })
  return [verdict, id, problems.map(({ code }) => code).join(' ')]
}

test.each([
  ['a signed id', good, 'shared', 'cust58213', ''],
  ['further claims', forged('{"id":"a","tier":"gold","n":[1,{"a":"a"}]}'), 'shared', 'a', ''],
  ['no typ', forged('{"id":"a"}', '{"alg":"HS256"}'), 'shared', 'a', ''],
  ['exp to come', forged(`{"id":"a","exp":${seconds + 1}}`), 'shared', 'a', ''],
  ['nbf just now', forged(`{"id":"a","nbf":${seconds}}`), 'shared', 'a', ''],
  ['keys that repeat in other objects', forged('{"id":"a","b":{"id":"a"},"c":[{"id":1},{"id":1}],"d":["id","id"]}'), 'shared', 'a', ''],
  ['an e-mail as id', forged('{"id":"a@shop.example"}'), 'shared-with-warning', 'a@shop.example', 'idAlphabet'],
  ['a Cyrillic id', forged('{"id":"аnna"}'), 'shared-with-warning', 'аnna', 'idAlphabet'],
  ['an id with a line break behind', forged('{"id":"anna\\n"}'), 'shared-with-warning', 'anna\n', 'idAlphabet'],
  ['a numeric id', forged('{"id":58213}'), 'shared-with-warning', '58213', 'idNumber'],
  ['exp now', forged(`{"id":"a","exp":${seconds}}`), 'shared-with-warning', 'a', 'expired'],
  ['nbf to come', forged(`{"id":"a","nbf":${seconds + 1}}`), 'shared-with-warning', 'a', 'notYet'],
  ['exp in milliseconds', forged(`{"id":"a","exp":${now}}`), 'shared-with-warning', 'a', 'date'],
  ['exp as text', forged('{"id":"a","exp":"tomorrow"}'), 'shared-with-warning', 'a', 'date'],
  ['exp without end', forged('{"id":"a","exp":1e999}'), 'shared-with-warning', 'a', 'date'],
  ['no id', forged('{"sub":"a"}'), 'anonymous', null, 'noId'],
  ['an id of the prototype', forged('{"__proto__":{"id":"a"}}'), 'anonymous', null, 'noId'],
  ['an empty id', forged('{"id":""}'), 'anonymous', null, 'idType'],
  ['a fraction as id', forged('{"id":1.5}'), 'anonymous', null, 'idType'],
  ['a number beyond precision', forged('{"id":90071992547409921}'), 'anonymous', null, 'idType'],
  ['a list as id', forged('{"id":["a"]}'), 'anonymous', null, 'idType'],
  ['an object as id', forged('{"id":{"$ne":null}}'), 'anonymous', null, 'idType'],
  ['null as id', forged('{"id":null}'), 'anonymous', null, 'idType'],
  ['another secret', forged('{"id":"a"}', undefined, 'other'), 'anonymous', null, 'signature'],
  ['another payload', `${head}.${base64url('{"id":"b"}')}.${signature}`, 'anonymous', null, 'signature'],
  ['no signature', `${head}.${body}.`, 'anonymous', null, 'signature'],
  ['alg none', `${base64url('{"alg":"none"}')}.${body}.`, 'anonymous', null, 'algorithm'],
  ['alg nOnE', `${base64url('{"alg":"nOnE"}')}.${body}.${signature}`, 'anonymous', null, 'algorithm'],
  ['alg hs256', forged('{"id":"a"}', '{"alg":"hs256"}'), 'anonymous', null, 'algorithm'],
  ['alg RS256', forged('{"id":"a"}', '{"alg":"RS256"}'), 'anonymous', null, 'algorithm'],
  ['a list as alg', forged('{"id":"a"}', '{"alg":["HS256"]}'), 'anonymous', null, 'algorithm'],
  ['no alg', forged('{"id":"a"}', '{}'), 'anonymous', null, 'algorithm'],
  ['crit', forged('{"id":"a"}', '{"alg":"HS256","crit":["b64"],"b64":false}'), 'anonymous', null, 'critical'],
  ['two ids', forged('{"id":"a","id":"b"}'), 'anonymous', null, 'duplicateKey'],
  ['two ids, one escaped', forged('{"id":"a","\\u0069d":"b"}'), 'anonymous', null, 'duplicateKey'],
  ['a key twice, far inside', forged('{"id":"a","b":[0,{"c":"}\\"","c":1}]}'), 'anonymous', null, 'duplicateKey'],
  ['bytes that are not UTF-8', forged(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), 'anonymous', null, 'utf8'],
  ['a byte order mark', forged('\ufeff{"id":"a"}'), 'anonymous', null, 'json'],
  ['a list as payload', forged('["id"]'), 'anonymous', null, 'json'],
  ['null as payload', forged('null'), 'anonymous', null, 'json'],
  ['text as payload', forged('id=a'), 'anonymous', null, 'json'],
  ['an empty text', '', 'anonymous', null, 'parts'],
  ['one part', 'cust58213', 'anonymous', null, 'parts'],
  ['four parts', `${good}.a`, 'anonymous', null, 'parts'],
  ['dots alone', '..', 'anonymous', null, 'json json'],
  ['padding', `${good}=`, 'anonymous', null, 'encoding'],
  ['a space', `${head}.${body} .${signature}`, 'anonymous', null, 'encoding'],
  ['the other alphabet', `${head}.${body}.+/${signature.slice(2)}`, 'anonymous', null, 'encoding'],
  ['a part that is cut off', `${head}.${body}.${signature}${'a'.repeat(2)}`, 'anonymous', null, 'encoding'],
  ['bits left over', `${head}.${body}.${signature.slice(0, -1)}${String.fromCharCode(signature.charCodeAt(42) + 1)}`, 'anonymous', null, 'encoding'],
  ['over 8 KiB', ofLength(8_300).token, 'anonymous', null, 'huge'],
])('%s', async (_, token, verdict, id, codes) => {
  expect(await judged(token)).toEqual([verdict, id, codes])
})

test('8 KiB are not too much', async () => {
  const { token, is } = ofLength(8_192)
  expect(is).toBeGreaterThan(8_180)
  expect(is).toBeLessThanOrEqual(8_192)
  expect(await judged(token)).toEqual(['shared', 'a', ''])
})

test.each(['cust58213', good, 'a.b.c'])('a channel without a secret takes %s as it is', async token => {
  const { verdict, id, problems } = await judgeToken(token, { secret: null, now })
  expect([verdict, id]).toEqual(['opaque', null])
  expect(problems.map(({ code }) => code)).toEqual(token === good ? ['noSecret'] : [])
})

test('a secret of less than 32 bytes works and is warned of; bytes count, not letters', async () => {
  const short = 'x'.repeat(31)
  expect(await judged(forged('{"id":"a"}', undefined, short), { secret: short })).toEqual(['shared-with-warning', 'a', 'shortSecret'])
  const cyrillic = 'ы'.repeat(16)
  expect(await judged(forged('{"id":"a"}', undefined, cyrillic), { secret: cyrillic })).toEqual(['shared', 'a', ''])
})

test.each(['{"id":"a@b"}', '{"id":1}', '{"id":"a","exp":1}', `{"id":"a","nbf":${seconds + 9}}`, '{"id":"a","iat":"now"}'])(
  '%s is refused strictly',
  async payload => {
    expect((await judged(forged(payload)))[0]).toBe('shared-with-warning')
    expect((await judged(forged(payload), { isStrict: true }))[0]).toBe('anonymous')
  },
)

test('dates are in milliseconds, and what is told is plain JSON', async () => {
  const told = await judgeToken(forged('{"id":"a","iat":1,"exp":1800000000.5}'), { secret, now })
  expect(told.dates).toEqual([
    { claim: 'iat', at: 1_000 },
    { claim: 'exp', at: 1_800_000_000_500 },
  ])
  expect(JSON.parse(JSON.stringify(told))).toEqual(told)
})

test('a message names neither the token nor the secret', async () => {
  const tokens = [good.slice(0, -3), `${head}.${body}.${'A'.repeat(43)}`, `${good}=`]
  const told = await Promise.all(tokens.map(token => judgeToken(token, { secret, now })))
  const text = JSON.stringify(told.map(({ problems }) => problems))
  for (const hidden of [signature.slice(0, 20), body, secret.slice(0, 10)]) expect(text).not.toContain(hidden)
  expect(text).toContain('encoding')
})

test('every case says how sure it is and where that comes from', () => {
  for (const { evidence, source, message } of Object.values(tokenCases)) {
    expect(['documented', 'observed', 'guessed']).toContain(evidence)
    expect(source.length).toBeGreaterThan(10)
    expect(message('x')).toMatch(/^[A-Za-z].*; .*\.$/)
  }
})

test.each(['cust58213', 'A', '0'])('what jsonwebtoken and jose sign for %s is shared', async id => {
  expect(await judged(jsonwebtoken.sign({ id, tier: 'золото' }, secret, { expiresIn: '1h' }), { now: Date.now() })).toEqual(['shared', id, ''])
  expect(await judged(await signToken({ id }, secret))).toEqual(['shared', id, ''])
})

const program = `
import base64, hashlib, hmac, json, sys
part = lambda data: base64.urlsafe_b64encode(data).rstrip(b'=')
head = part(json.dumps({'alg': 'HS256', 'typ': 'JWT'}).encode()) + b'.' + part(json.dumps({'id': 'cust58213', 'tier': 'золото'}).encode())
print((head + b'.' + part(hmac.new(sys.argv[1].encode(), head, hashlib.sha256).digest())).decode())
`
const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) console.log('Skipped: there is no python3 to sign a token with.')

test.skipIf(!hasPython)('what the standard library of Python signs is shared', async () => {
  const { stdout, stderr } = spawnSync('python3', ['-c', program, secret], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(await judged(stdout.trim())).toEqual(['shared', 'cust58213', ''])
})

/** Random texts, and good tokens of which something was changed, left out, doubled or moved. */
function* mutants(count: number) {
  const random = seededRandom(7)
  const upTo = (most: number) => Math.floor(random() * most)
  const seeds = [good, forged('{"id":"a","b":[{"c":"\\u0000"}],"exp":1}'), forged('['.repeat(2_000)), `${base64url('{"alg":"none"}')}.${body}.`, 'a.b.c', '']
  const letters = 'eyJhbGciOiJIUzI1NiJ9.._-+/= \n\u0000ы\ud83d{}[]":,\\'
  const letter = () => letters[upTo(letters.length)] ?? ''
  const shuffledJson = () =>
    Array.from({ length: upTo(30) }, () => ['{', '}', '[', ']', '"', ':', ',', '\\', 'id', '"id"', '1e9', 'null', '"a"'][upTo(13)]).join('')
  for (let made = 0; made < count; made += 1) {
    const kind = upTo(10)
    if (kind === 0) yield Array.from({ length: upTo(60) }, letter).join('')
    else if (kind < 3) yield badlySigned(shuffledJson())
    else {
      let token = seeds[upTo(seeds.length)] ?? ''
      for (let change = upTo(4); change >= 0; change -= 1) {
        const at = upTo(token.length)
        const end = at + upTo(6)
        token =
          [token.slice(0, at) + letter() + token.slice(at + 1), token.slice(0, at) + token.slice(end), token.slice(0, end) + token.slice(at), token.slice(at)][
            upTo(4)
          ] ?? ''
      }
      yield token
    }
  }
}
const badlySigned = (payload: string) => `${head}.${base64url(payload)}.${signature}`

test('100,000 random and mutated tokens are judged without an error in seconds, and none that was changed is good', async () => {
  const isGood = new Set(['{"id":"cust58213"}', '{"id":"a","b":[{"c":"\\u0000"}],"exp":1}'].map(payload => forged(payload)))
  const verdicts = new Map<string, number>()
  const began = performance.now()
  for (const token of mutants(100_000)) {
    const judgement = await judgeToken(token, { secret, now })
    if (judgement.verdict !== 'anonymous' && !isGood.has(token)) throw new Error(`${token} is ${judgement.verdict}`)
    JSON.stringify(judgement)
    verdicts.set(judgement.verdict, (verdicts.get(judgement.verdict) ?? 0) + 1)
  }
  expect([...verdicts.values()].reduce((sum, count) => sum + count, 0)).toBe(100_000)
  expect([...verdicts.keys()].sort()).toEqual(['anonymous', 'shared', 'shared-with-warning'])
  expect(performance.now() - began).toBeLessThan(15_000)
})

test.each([
  ['dots', '.'.repeat(1_000_000)],
  ['letters', 'e'.repeat(1_000_000)],
  ['signs', `${'='.repeat(1_000_000)}a`],
  ['lists', forged('['.repeat(4_000) + ']'.repeat(2_000))],
  ['nested objects', forged(`${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`)],
  ['quotes', forged(`{"${'\\"'.repeat(2_500)}":1}`)],
])('a token of nothing but %s is read at once', async (_, token) => {
  const began = performance.now()
  for (let time = 0; time < 20; time += 1) readToken(token)
  expect((await judged(token))[0]).toBe('anonymous')
  expect(performance.now() - began).toBeLessThan(2_000)
})
