import { expect, test } from 'vitest'
import { deletedUntil, noteLoaderInfo, readLoaderInfo } from '../../src/widget/loader-info.js'
import { noteVisit } from '../../src/widget/visit.js'

const memory = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    get: (name: string) => kept.get(name) ?? null,
    set: (name: string, value: string) => void kept.set(name, value),
    remove: (name: string) => void kept.delete(name),
  }
}

const arrival = { now: 1_754_000_000_000, referrer: 'https://search.test/?q=kettle', host: 'shop.test', geo: ['RU', 'Tver Oblast', 'Tver'] }

test('a first page begins a visit, with the cookies that sites read', () => {
  const cookies = memory()
  noteVisit(cookies, 'abc', arrival)
  expect(Object.fromEntries(cookies.kept)).toEqual({
    jv_enter_ts_abc: '1754000000000',
    jv_visits_count_abc: '1',
    jv_pages_count_abc: '1',
    jv_refer_abc: 'https%3A%2F%2Fsearch.test%2F%3Fq%3Dkettle',
    jv_gui_state_abc: 'WIDGET',
    jv_country_abc: 'RU',
    jv_city_abc: 'Tver',
  })
})

test('a second page counts pages, and the next visit counts visits', () => {
  const cookies = memory()
  noteVisit(cookies, 'abc', arrival)
  noteVisit(cookies, 'abc', { ...arrival, referrer: 'http://shop.test/' })
  expect([cookies.get('jv_pages_count_abc'), cookies.get('jv_refer_abc')]).toEqual(['2', 'https%3A%2F%2Fsearch.test%2F%3Fq%3Dkettle'])
  cookies.remove('jv_enter_ts_abc')
  noteVisit(cookies, 'abc', { ...arrival, referrer: '' })
  expect([cookies.get('jv_visits_count_abc'), cookies.get('jv_pages_count_abc'), cookies.get('jv_refer_abc')]).toEqual(['2', '1', null])
})

test('a link within the site and a referrer that is no address are no referral', () => {
  const cookies = memory()
  noteVisit(cookies, 'abc', { ...arrival, referrer: 'http://shop.test/cart' })
  expect(cookies.get('jv_refer_abc')).toBeNull()
})

test('a deleted widget is remembered for a week', () => {
  const now = 1_754_000_000_000
  const week = 604_800_000
  expect(deletedUntil({ deletedInfo: { at: now } }, now + week - 1)).toBe(now + week)
  expect(deletedUntil({ deletedInfo: { at: now } }, now + week)).toBeNull()
  expect(deletedUntil({}, now)).toBeNull()
})

test('what the loader keeps is added to what it kept, and rubbish counts as nothing', () => {
  const cookies = memory()
  const storage = () => ({ getItem: cookies.get, setItem: cookies.set })
  cookies.set('jv_loader_info_abc', '[rubbish')
  noteLoaderInfo(storage, 'abc', { isChatStarted: true })
  noteLoaderInfo(storage, 'abc', { buildNumber: 7 })
  expect(readLoaderInfo(storage, 'abc')).toEqual({ isChatStarted: true, buildNumber: 7 })
})
