import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import { type Attack, makeAttacks } from '../../src/checks/attack-tokens.js'
import type { CheckResult } from '../../src/checks/check-result.js'
import { judgeAttack, runAttacks } from '../../src/checks/run-attacks.js'
import { judgeToken } from '../../src/contracts/judge-token.js'

const secret = 'Nn3vRk8sVf2qLw7bXz5cMt1yHd9gJp4aEu6oKi0rTs8eWl2xQv5mBz7nCy3fGh1j'
const now = Date.now()
const claims = { id: 'cust58213', exp: Math.floor(now / 1_000) + 3_600 }
const publicKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString()

let made: Awaited<ReturnType<typeof makeAttacks>>
beforeAll(async () => {
  made = await makeAttacks({ claims, secret, publicKey, now })
})

test('there are some eighty, each with a name of its own that is a name of a file anywhere, a token of its own, and a reason', () => {
  const { attacks } = made
  expect(attacks.length).toBeGreaterThan(80)
  for (const { name, tries, source, must, fix } of attacks) {
    expect(name).toMatch(/^[a-z0-9-]+$/)
    expect([tries.length > 5, source.length > 5, fix === '' ? 'either' : 'refuse']).toEqual([true, true, must])
  }
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
  expect(new Set(attacks.map(({ token }) => token)).size).toBe(attacks.length)
  expect(attacks.map(({ token }) => token)).not.toContain(made.good)
})

test('a verifier of jose accepts the good token and refuses each that must be refused', async () => {
  const key = new TextEncoder().encode(secret)
  const isAccepted = (token: string) =>
    jwtVerify(token, key, { algorithms: ['HS256'] }).then(
      () => true,
      () => false,
    )
  expect(await isAccepted(made.good)).toBe(true)
  const accepted = await Promise.all(made.attacks.map(async ({ name, token, must }) => ((await isAccepted(token)) && must === 'refuse' ? [name] : [])))
  expect(accepted.flat()).toEqual([])
})

test('the judge shares no history of the victim', async () => {
  for (const { token, must, name } of made.attacks) {
    const { verdict, id } = await judgeToken(token, { secret, now, isStrict: true })
    if (must === 'refuse') expect([name, verdict]).toEqual([name, 'anonymous'])
    expect([name, id === 'victim1']).toEqual([name, false])
  }
})

test('a token signed with the public key is right for who takes that key as a secret', async () => {
  const token = made.attacks.find(({ name }) => name === 'public-key-as-secret')?.token ?? ''
  expect(createPublicKey(publicKey).asymmetricKeyType).toBe('rsa')
  expect((await judgeToken(token, { secret: publicKey, now })).verdict).toBe('shared')
})

const answered = (status: number) => ({ result: { kind: 'answered', status, contentType: '', body: '' } as const, took: 1 })
const attack = (must: Attack['must']): Attack => ({ name: 'a', token: 'a.b.c', tries: 'something', must, source: 'RFC', fix: 'Verify it.' })

test.each([
  [400, 'refuse', 'passed', 'Refused'],
  [401, 'either', 'passed', 'Refused'],
  [200, 'refuse', 'failed', 'Accepted: something'],
  [204, 'either', 'passed', 'may be'],
  [302, 'refuse', 'failed', 'neither'],
  [429, 'refuse', 'failed', 'limit'],
  [500, 'refuse', 'failed', 'server failed'],
  [503, 'either', 'failed', 'server failed'],
] as const)('the status %i for a token of the kind %s is %s', (status, must, verdict, words) => {
  const told = judgeAttack(attack(must), answered(status))
  expect(told).toMatchObject({ verdict, status, message: expect.stringContaining(words) })
  expect(told.fix === '').toBe(verdict === 'passed')
})

const runWith = async (statusOf: (token: string, number: number) => number, stopAt = 0) => {
  const stop = new AbortController()
  const results: CheckResult[] = []
  let number = 0
  await runAttacks({
    good: 'good',
    attacks: [attack('refuse')],
    send: async token => {
      number += 1
      if (number === stopAt) stop.abort()
      return answered(statusOf(token, number))
    },
    onResult: result => results.push(result),
    signal: stop.signal,
  })
  return results.map(({ name, verdict }) => `${name} ${verdict}`)
}

test('nothing is sent after a good token that was refused', async () => {
  expect(await runWith(() => 401)).toEqual(['good-token failed'])
})

test('a server that locks the good one out after the bad ones has not passed', async () => {
  expect(await runWith((_, number) => (number === 1 ? 200 : 401))).toEqual(['good-token passed', 'a passed', 'good-token-again failed'])
})

test('a server that tells good from bad passes', async () => {
  expect(await runWith(token => (token === 'good' ? 200 : 401))).toEqual(['good-token passed', 'a passed', 'good-token-again passed'])
})

test('what is in flight when the run is stopped is not judged, and nothing follows', async () => {
  expect(await runWith(() => 200, 1)).toEqual([])
  expect(await runWith(token => (token === 'good' ? 200 : 500), 2)).toEqual(['good-token passed'])
})
