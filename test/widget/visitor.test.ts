import { expect, test } from 'vitest'
import { createMarkStore } from '../../src/widget/cookies.js'
import { forgetVisitor, readUtm, recallVisitor } from '../../src/widget/visitor.js'

const memory = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
}

const jar = () => {
  const { kept, getItem: get, setItem, removeItem: remove } = memory()
  return { kept, get, set: (name: string, value: string) => setItem(name, value), remove }
}

const noJar = { get: () => null, set: () => {}, remove: () => {} }

const forbidden = () => {
  throw new Error('SecurityError')
}

test('a browser is known again, with the labels of its first visit', () => {
  const store = memory()
  const first = recallVisitor(store, 'abc', '?utm_source=mail&utm_medium=letter')
  expect(first.key).toMatch(/^k[0-9a-f]{16,64}$/)
  expect(recallVisitor(store, 'abc', '?utm_source=other')).toEqual({ key: first.key, utm: { source: 'mail', medium: 'letter' } })
  expect(recallVisitor(store, 'other', '').key).not.toBe(first.key)
})

test('a direct first visit stays direct', () => {
  const store = memory()
  recallVisitor(store, 'abc', '')
  expect(recallVisitor(store, 'abc', '?utm_source=mail').utm).toBeUndefined()
})

test('the mark is a cookie that looks like one of Jivo, and a site that deletes it has a new visitor', () => {
  const cookies = jar()
  const storage = memory()
  const store = createMarkStore(cookies, () => storage)
  const { key } = recallVisitor(store, 'abc', '', 1_754_000_000_000)
  expect([...cookies.kept]).toEqual([
    ['jv_client_id_abc', `1754000000000.${key.slice(1)}`],
    ['jv_utm_abc', ''],
  ])
  expect(storage.kept.size).toBe(0)
  expect(recallVisitor(store, 'abc', '').key).toBe(key)
  cookies.remove('jv_client_id_abc')
  expect(recallVisitor(store, 'abc', '').key).not.toBe(key)
})

test('a visitor who is forgotten is somebody new', () => {
  const store = createMarkStore(jar(), memory)
  const { key } = recallVisitor(store, 'abc', '')
  forgetVisitor(store, 'abc')
  expect(recallVisitor(store, 'abc', '').key).not.toBe(key)
})

test('without cookies the mark is in localStorage', () => {
  const storage = memory()
  const { key } = recallVisitor(
    createMarkStore(noJar, () => storage),
    'abc',
    '',
  )
  expect(
    recallVisitor(
      createMarkStore(noJar, () => storage),
      'abc',
      '',
    ).key,
  ).toBe(key)
})

test('a browser that keeps nothing has a visitor as long as the page', () => {
  const store = createMarkStore(noJar, forbidden)
  const first = recallVisitor(store, 'abc', '?utm_term=tea')
  expect(first).toEqual({ key: expect.stringMatching(/^k[0-9a-f]+$/), utm: { term: 'tea' } })
  expect(recallVisitor(store, 'abc', '')).toEqual(first)
})

test('a kept mark that is no mark is replaced', () => {
  const store = memory()
  store.setItem('jv_client_id_abc', '__proto__')
  expect(recallVisitor(store, 'abc', '').key).toMatch(/^k[0-9a-f]+$/)
})

test('labels are read from the query; empty and unknown ones are left out', () => {
  expect(readUtm('?utm_source=a%20b&utm_campaign=&utm_id=7&x=1')).toEqual({ source: 'a b' })
  expect(readUtm('?x=1')).toBeUndefined()
})
