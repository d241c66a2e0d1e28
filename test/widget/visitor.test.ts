import { expect, test } from 'vitest'
import { readUtm, recallVisitor } from '../../src/widget/visitor.js'

const memory = () => {
  const kept = new Map<string, string>()
  return { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => void kept.set(name, value) }
}

test('a browser is known again, with the labels of its first visit', () => {
  const storage = memory()
  const first = recallVisitor(() => storage, 'abc', '?utm_source=mail&utm_medium=letter')
  expect(first.key).toMatch(/^k[0-9a-f]{16,64}$/)
  expect(recallVisitor(() => storage, 'abc', '?utm_source=other')).toEqual({ key: first.key, utm: { source: 'mail', medium: 'letter' } })
  expect(recallVisitor(() => storage, 'other', '').key).not.toBe(first.key)
})

test('a direct first visit stays direct', () => {
  const storage = memory()
  recallVisitor(() => storage, 'abc', '')
  expect(recallVisitor(() => storage, 'abc', '?utm_source=mail')).not.toHaveProperty('utm')
})

test('a browser without storage has a visitor all the same', () => {
  const forbidden = () => {
    throw new Error('SecurityError')
  }
  expect(recallVisitor(forbidden, 'abc', '?utm_term=tea')).toEqual({ key: expect.stringMatching(/^k[0-9a-f]+$/), utm: { term: 'tea' } })
})

test('a kept key that is no key is replaced', () => {
  const storage = memory()
  storage.setItem('jv_client_id_abc', '__proto__')
  expect(recallVisitor(() => storage, 'abc', '').key).toMatch(/^k[0-9a-f]+$/)
})

test('labels are read from the query; empty and unknown ones are left out', () => {
  expect(readUtm('?utm_source=a%20b&utm_campaign=&utm_id=7&x=1')).toEqual({ source: 'a b' })
  expect(readUtm('?x=1')).toBeUndefined()
})
