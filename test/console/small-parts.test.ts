import { expect, test } from 'vitest'
import { browserOf, initials, sourceOf, webAddress } from '../../src/console/desk/visitor.js'
import { createKeyReader, latinKey, type Pressed } from '../../src/console/keys.js'
import { account, desk, hashOf, offlineMessage, parsePlace, timeline } from '../../src/console/router.js'
import { parseSettings } from '../../src/console/settings.js'
import { count, cut, duration, elapsed, plural } from '../../src/reading/format.js'
import { outcomeOf, summaryOf } from '../../src/reading/summary.js'
import { attempted, done, journal, said } from '../helpers/events.js'

test('every place has an address that leads back to it', () => {
  for (const place of [
    desk(),
    desk(9001),
    desk(9001, true),
    offlineMessage(17),
    timeline(),
    timeline(214),
    timeline(214, 'chat:9001 "a b" & 100%'),
    timeline(null, 'чат+'),
    account(),
    account('quirks'),
  ]) {
    expect(parsePlace(hashOf(place))).toEqual(place)
  }
})

test('the address of a filter can be read', () => {
  expect(hashOf(timeline(214, 'type:delivery chat:9001'))).toBe('#/timeline/214?filter=type:delivery+chat:9001')
})

test.each(['', '#', '#/', '#/nowhere', '#/desk/x', '#/desk/offline/x'])('the address "%s" is the desk', hash => {
  expect(parsePlace(hash)).toEqual(desk())
})

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({ key, isModified: false, focus: 'page', at: 0, ...more })
const names = new Set(['j', 'g d', 'Space', 'Enter', 'Escape', '?'])

test('two keys in a row are one name, if the second comes soon', () => {
  const read = createKeyReader()
  expect(read(press('g'), names, 'on')).toBeNull()
  expect(read(press('d', { at: 500 }), names, 'on')).toBe('g d')
  expect(read(press('g'), names, 'on')).toBeNull()
  expect(read(press('d', { at: 5_000 }), names, 'on')).toBeNull()
})

test('keys are off in fields, with a modifier, and where a control has its own', () => {
  const read = createKeyReader()
  expect(read(press('j'), names, 'on')).toBe('j')
  expect(read(press('j', { focus: 'field' }), names, 'on')).toBeNull()
  expect(read(press('j', { isModified: true }), names, 'on')).toBeNull()
  expect(read(press(' ', { focus: 'control' }), names, 'on')).toBeNull()
  expect(read(press(' '), names, 'on')).toBe('Space')
  expect(read(press('Escape', { focus: 'field' }), names, 'on')).toBe('Escape')
})

test('single letters can be switched off, the sheet cannot', () => {
  const read = createKeyReader()
  expect(read(press('j'), names, 'off')).toBeNull()
  expect(read(press('?'), names, 'off')).toBe('?')
})

test('a letter of another layout counts by its place', () => {
  expect(latinKey({ key: 'о', code: 'KeyJ', shiftKey: false })).toBe('j')
  expect(latinKey({ key: 'А', code: 'KeyF', shiftKey: true })).toBe('F')
  expect(latinKey({ key: 'j', code: 'KeyC', shiftKey: false })).toBe('j')
  expect(latinKey({ key: 'Enter', code: 'Enter', shiftKey: false })).toBe('Enter')
})

test('settings that were spoilt are the defaults, and the language is that of the browser', () => {
  expect(parseSettings('{"theme":"green"', 'ru-RU')).toEqual({ lang: 'ru', theme: 'system', letters: 'on' })
  expect(parseSettings('{"lang":"ru","theme":"dark","letters":"off"}', 'en')).toEqual({ lang: 'ru', theme: 'dark', letters: 'off' })
  expect(parseSettings('null', 'de')).toEqual({ lang: 'en', theme: 'system', letters: 'on' })
})

test('numbers and times are written as people read them', () => {
  expect(count(1_204)).toBe('1\u00a0204')
  expect(duration(0.64, 'en')).toBe('0.6\u00a0ms')
  expect(duration(41.2, 'ru')).toBe('41\u00a0мс')
  expect(duration(3_000, 'ru')).toBe('3,00\u00a0с')
  expect(elapsed(252_000)).toBe('4:12')
  expect(elapsed(3_852_000)).toBe('1:04:12')
  expect(elapsed(-5)).toBe('0:00')
  expect([1, 2, 5, 11, 21, 112].map(number => plural(number, 'один', 'два', 'много'))).toEqual(['один', 'два', 'много', 'много', 'один', 'много'])
  expect(cut('a\n b', 10)).toBe('a b')
})

test('only web addresses become links', () => {
  expect(webAddress('https://crm.example.test/1')).toBe('https://crm.example.test/1')
  for (const text of ['javascript:alert(1)', 'data:text/html,x', '//example.test', 'crm', '', undefined]) expect(webAddress(text)).toBeNull()
})

test('initials are two letters, whatever the name', () => {
  expect(initials('Vera Lind')).toBe('VL')
  expect(initials('Посетитель 5')).toBe('П5')
  expect(initials('  ...  ')).toBe('?')
})

test('a browser is named with its system', () => {
  expect(browserOf('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36')).toBe('Chrome 130, Linux')
  expect(
    browserOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'),
  ).toBe('Safari 18, iOS')
  expect(browserOf('curl/8.5.0')).toBe('curl/8.5.0')
})

test('a part of the card came with the last event that had it', () => {
  const [first, second] = journal(
    { type: 'card.changed', visitor: 1, via: 'api', card: { customData: [] } },
    { type: 'card.changed', visitor: 1, via: 'webhook', card: { crmLink: 'x' } },
  )
  const changes = [first, second].filter(event => event?.type === 'card.changed')
  expect(sourceOf(changes, 'customData')?.seq).toBe(1)
  expect(sourceOf(changes, 'crmLink')?.seq).toBe(2)
  expect(sourceOf(changes, 'page')).toBeUndefined()
})

test('a failed attempt that will be tried again is no failure yet', () => {
  const [retried, last, success, message] = journal(attempted('d1', 500, 9_999), attempted('d1', 500), done('d1', 9001), said(9001, 'visitor', 'x'))
  if (retried === undefined || last === undefined || success === undefined || message === undefined) throw new Error('events are missing')
  expect(outcomeOf(retried)).toEqual({ tone: 'pending', status: 500 })
  expect(outcomeOf(last)).toEqual({ tone: 'fail', status: 500 })
  expect(outcomeOf(success)).toEqual({ tone: 'ok', status: 200 })
  expect(outcomeOf(message)).toBeNull()
  expect(summaryOf(message, 'ru')).toBe('посетитель 1: «x»')
})
