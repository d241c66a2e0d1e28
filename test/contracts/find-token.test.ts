import { expect, test } from 'vitest'
import { personalData } from '../../src/checks/personal-data.js'
import { findToken } from '../../src/contracts/find-token.js'

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6ImEifQ.c2ln'

test.each([
  ['the body alone', `${jwt}\n`, undefined, 'the body'],
  ['a JSON text', JSON.stringify(jwt), undefined, 'the body'],
  ['token', JSON.stringify({ csrf: 'x', token: jwt }), undefined, 'token'],
  ['a usual name far inside', JSON.stringify({ data: [{ user: { jwt } }] }), undefined, 'data.0.user.jwt'],
  ['the usual name before others', JSON.stringify({ access_token: 'other', token: jwt }), undefined, 'token'],
  ['an unusual name', JSON.stringify({ csrf: 'x', chat: jwt }), undefined, 'chat'],
  ['the path that is named', JSON.stringify({ token: 'other', data: { chat: jwt } }), 'data.chat', 'data.chat'],
])('the token is found in %s', (_, body, path, where) => {
  expect(findToken(body, path)).toEqual({ token: jwt, where })
})

test.each([
  ['', undefined],
  ['<!doctype html><p>Sign in</p>', undefined],
  ['not signed in', undefined],
  ['{}', undefined],
  ['{"token":null}', undefined],
  ['{"token":""}', undefined],
  ['null', undefined],
  ['42', undefined],
  [JSON.stringify({ token: jwt }), 'data.token'],
  [JSON.stringify({ token: jwt }), 'constructor.name'],
  [jwt, 'token'],
])('there is no token in %s', (body, path) => {
  expect(findToken(body, path)).toBeNull()
})

test.each([
  [{ id: 'cust58213', tier: 'gold', visits: 5, exp: 1_800_000_000, iss: 'shop.example' }, []],
  [{ id: '79161234567' }, []],
  [{ email: 'a' }, ['email (its name)']],
  [{ 'E-Mail': 'a', firstName: 'A', last_name: 'B' }, ['E-Mail (its name)', 'firstName (its name)', 'last_name (its name)']],
  [{ email: null, phone: '', email_verified: true, name: false }, []],
  [{ id: 'ada@shop.example' }, ['id (an e-mail address)']],
  [{ contact: '+7 916 123-45-67' }, ['contact (a phone number)']],
  [{ contact: '8 (916) 123-45-67' }, ['contact (a phone number)']],
  [{ user: { about: ['x', { phone: 1 }] } }, ['user.about.1.phone (its name)']],
])('what looks personal in %j is %j', (claims, found) => {
  expect(personalData(claims)).toEqual(found)
})

test('long texts are looked through at once', () => {
  const began = performance.now()
  for (const letter of ['a', 'a@', 'a.', '+1 ', '@.']) personalData({ id: letter.repeat(8_000), [letter]: letter.repeat(8_000) })
  expect(performance.now() - began).toBeLessThan(2_000)
})
