import { expect, test } from 'vitest'
import type { NewsFrame } from '../../src/contracts/page-channel.js'
import { createReading } from '../../src/widget/reading.js'
import { welcomeFrame } from '../helpers/welcome.js'

const welcome = (seq: number): NewsFrame => ({ ...welcomeFrame, seq })
const callback = (seq: number): NewsFrame => ({ type: 'callback', seq, callback: 'jivo_onAccept', args: [] })

test('the first welcome says where to go on from', () => {
  const reading = createReading()
  expect(reading.after()).toBeUndefined()
  reading.isNews(welcome(5))
  expect(reading.after()).toBe(5)
})

test('a later welcome alone proves nothing about the callbacks before it', () => {
  const reading = createReading()
  reading.isNews(welcome(5))
  reading.isNews(welcome(20))
  expect(reading.after()).toBe(5)
  expect(reading.isNews(callback(8))).toBe(true)
  expect(reading.after()).toBe(8)
})

test('a callback comes once', () => {
  const reading = createReading()
  reading.isNews(welcome(5))
  expect(reading.isNews(callback(8))).toBe(true)
  expect(reading.isNews(callback(8))).toBe(false)
})

test('a journal that begins anew is read from its beginning', () => {
  const reading = createReading()
  reading.isNews(welcome(50))
  reading.isNews(callback(51))
  reading.isNews(welcome(3))
  expect(reading.after()).toBe(3)
  expect(reading.isNews(callback(51))).toBe(true)
})
