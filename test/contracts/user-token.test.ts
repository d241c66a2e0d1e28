import { execFileSync, spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import jsonwebtoken from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { judgeUserToken, longestToken } from '../../src/contracts/user-token.js'

const secret = 'a-secret-of-thirty-two-letters-or-more'
const now = Date.parse('2026-01-01T00:00:00Z')
const seconds = now / 1_000

const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
/** A token made by hand, so that nothing of it is put right. */
const minted = (claims: unknown, header: unknown = { alg: 'HS256', typ: 'JWT' }, key = secret) => {
  const signed = `${part(header)}.${part(claims)}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}
const good = minted({ id: 'ada17' })

test.each<[what: string, token: string, as: string, id: string, codes: string[]]>([
  ['a good one', good, 'shared', 'ada17', []],
  ['one with more claims', minted({ id: 'ada17', tier: 'gold', email: 'a@b.test' }), 'shared', 'ada17', []],
  ['one with dates that fit', minted({ id: 'ada17', iat: seconds - 5, nbf: seconds - 5, exp: seconds + 60 }), 'shared', 'ada17', []],
  ['an e-mail as id', minted({ id: 'ada@shop.test' }), 'shared', 'ada@shop.test', ['id-alphabet']],
  ['Cyrillic letters as id', minted({ id: 'ада' }), 'shared', 'ада', ['id-alphabet']],
  ['a number as id', minted({ id: 58213 }), 'shared', '58213', ['id-number']],
  ['one that expired', minted({ id: 'ada17', exp: seconds }), 'shared', 'ada17', ['expired']],
  ['one that is not good yet', minted({ id: 'ada17', nbf: seconds + 1 }), 'shared', 'ada17', ['early']],
  ['a date that is a text', minted({ id: 'ada17', exp: 'tomorrow' }), 'shared', 'ada17', ['bad-date']],
  ['a date outside of the calendar', minted({ id: 'ada17', exp: -1e300 }), 'shared', 'ada17', ['expired']],
  ['no id', minted({ sub: 'ada17' }), 'anonymous', '', ['no-id']],
  ['an empty id', minted({ id: '' }), 'anonymous', '', ['no-id']],
  ['a list as id', minted({ id: ['ada17'] }), 'anonymous', '', ['id-type']],
  ['an object as id', minted({ id: { ada: 17 } }), 'anonymous', '', ['id-type']],
  ['no claims of its own but inherited ones', minted('{"__proto__":{"id":"ada17"}}'), 'anonymous', '', ['no-id']],
  ['another secret', minted({ id: 'ada17' }, undefined, 'another-secret'), 'anonymous', '', ['signature']],
  ['a secret that was decoded as hex', minted({ id: 'ada17' }, undefined, Buffer.from(secret, 'hex').toString('latin1')), 'anonymous', '', ['signature']],
  ['a changed payload', good.replace(/\.[^.]+\./, `.${part({ id: 'boris42' })}.`), 'anonymous', '', ['signature']],
  ['no signature', `${part({ alg: 'HS256' })}.${part({ id: 'ada17' })}.`, 'anonymous', '', ['signature']],
  ['alg none', `${part({ alg: 'none' })}.${part({ id: 'ada17' })}.`, 'anonymous', '', ['alg']],
  ['alg nOnE with a signature', minted({ id: 'ada17' }, { alg: 'nOnE' }), 'anonymous', '', ['alg']],
  ['alg RS256', minted({ id: 'ada17' }, { alg: 'RS256' }), 'anonymous', '', ['alg']],
  ['alg HS512', minted({ id: 'ada17' }, { alg: 'HS512' }), 'anonymous', '', ['alg']],
  ['alg in a list', minted({ id: 'ada17' }, { alg: ['HS256'] }), 'anonymous', '', ['alg']],
  ['no alg', minted({ id: 'ada17' }, {}), 'anonymous', '', ['alg']],
  ['crit', minted({ id: 'ada17' }, { alg: 'HS256', crit: ['exp'] }), 'anonymous', '', ['critical']],
  ['two parts', good.split('.').slice(0, 2).join('.'), 'anonymous', '', ['parts']],
  ['a plain text', 'visitor-17', 'anonymous', '', ['parts']],
  ['nothing', '', 'anonymous', '', ['parts']],
  ['a header that is a list', minted({ id: 'ada17' }, ['HS256']), 'anonymous', '', ['encoding']],
  ['a payload that is no JSON', minted('id=ada17'), 'anonymous', '', ['encoding']],
  ['a payload that is not UTF-8', `${part({ alg: 'HS256' })}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.x`, 'anonymous', '', ['encoding']],
  ['padding', minted({ id: 'ada17' }).replace('.', '=.'), 'anonymous', '', ['encoding']],
  ['a space', ` ${good}`, 'anonymous', '', ['encoding']],
  ['a huge one', minted({ id: 'ada17', more: 'x'.repeat(longestToken) }), 'anonymous', '', ['too-long']],
])('%s', async (_, token, as, id, codes) => {
  const verdict = await judgeUserToken(token, secret, now)
  expect({ as: verdict.as, id: verdict.id, codes: verdict.problems.map(({ code }) => code) }).toEqual({ as, id, codes })
  for (const { message, source } of verdict.problems) {
    expect(message).toMatch(/^[A-Z].*\.$/)
    expect(source).not.toBe('')
    expect(message).not.toContain(good)
  }
})

test('without a secret every token is a text, and what it holds can still be read', async () => {
  expect(await judgeUserToken(good, null, now)).toEqual({ as: 'opaque', id: '', problems: [], header: { alg: 'HS256', typ: 'JWT' }, claims: { id: 'ada17' } })
  expect(await judgeUserToken('visitor-17', null, now)).toMatchObject({ as: 'opaque', problems: [], claims: null })
})

test('a secret of less than 32 bytes is warned of, and works', async () => {
  const { as, problems } = await judgeUserToken(minted({ id: 'ada17' }, undefined, 'short'), 'short', now)
  expect({ as, problems }).toMatchObject({ as: 'shared', problems: [{ code: 'short-secret', isFault: false, message: expect.stringContaining('5 bytes') }] })
})

test('tokens of jsonwebtoken are good', async () => {
  const token = jsonwebtoken.sign({ id: 'ada17' }, secret, { algorithm: 'HS256', expiresIn: '1h' })
  expect(await judgeUserToken(token, secret, Date.now())).toMatchObject({ as: 'shared', id: 'ada17', problems: [] })
})

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) console.warn('There is no python3 here, so tokens signed with its standard library were not tried.')

test.runIf(hasPython)("tokens of Python's standard library are good", async () => {
  const program = `
import base64, hashlib, hmac, json, sys
part = lambda raw: base64.urlsafe_b64encode(raw).rstrip(b'=')
signed = part(json.dumps({'alg': 'HS256', 'typ': 'JWT'}).encode()) + b'.' + part(json.dumps({'id': 'ada17', 'name': 'Ада'}).encode())
print((signed + b'.' + part(hmac.new(sys.argv[1].encode(), signed, hashlib.sha256).digest())).decode())`
  const token = execFileSync('python3', ['-c', program, secret], { encoding: 'utf8' }).trim()
  expect(await judgeUserToken(token, secret, now)).toMatchObject({ as: 'shared', id: 'ada17', problems: [], claims: { name: 'Ада' } })
})

test('100,000 broken tokens are judged, and none of them names anybody', async () => {
  let state = 20_261_124
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const letters = 'ABCxyz019-_=.. \n\u0000{}"\u00ff\ud83d'
  const text = () => Array.from({ length: random(60) }, () => letters[random(letters.length)]).join('')
  const json = () => part([{ alg: 'HS256' }, { id: 'x' }, '{"alg":"HS256"', [], null, 7, '"', '{"id":{}}', { alg: 'none' }][random(9)])
  const makers = [
    text,
    () => `${text()}.${text()}.${text()}`,
    () => `${json()}.${json()}.${text()}`,
    () => `${json()}.${json()}.${json()}`,
    () => {
      const at = random(good.length)
      const letter = letters[random(letters.length)] ?? ''
      return good.slice(0, at) + letter + good.slice(at + random(3))
    },
  ]
  // Two bits of the last letter mean nothing: four spellings are the same signature.
  const isGood = (token: string) =>
    token.slice(0, -1) === good.slice(0, -1) && Buffer.from(token.split('.')[2] ?? '', 'base64url').equals(Buffer.from(good.split('.')[2] ?? '', 'base64url'))
  let named = 0
  for (let count = 0; count < 100_000; count += 1) {
    const token = makers[count % makers.length]?.() ?? ''
    const { as } = await judgeUserToken(token, secret, now)
    if (as !== 'anonymous' && !isGood(token)) named += 1
  }
  expect(named).toBe(0)
}, 60_000)
