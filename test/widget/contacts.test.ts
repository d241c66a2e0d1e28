import { expect, test } from 'vitest'
import { areUnknown, mergeContacts, noContacts, readContacts } from '../../src/widget/contacts.js'

test('a key that is left out keeps its value, null takes it away', () => {
  const known = { ...noContacts, name: 'Vera', email: 'v@example.test' }
  expect(mergeContacts(known, { phone: '+7', email: null, name: undefined })).toEqual({ ...noContacts, name: 'Vera', phone: '+7' })
})

test('whoever left neither phone nor e-mail cannot be answered', () => {
  expect(areUnknown({ ...noContacts, name: 'Vera' })).toBe(true)
  expect(areUnknown({ ...noContacts, phone: '+7' })).toBe(false)
})

test.each([
  ['text', 'expected an object with name, email, phone, description, got a string'],
  [null, 'expected an object with name, email, phone, description, got null'],
  [[], 'expected an object with name, email, phone, description, got an array'],
  [{ phone: 7 }, 'phone: expected a string, got a number'],
  [{ name: 'x'.repeat(1_001) }, 'name: longer than 1000 characters'],
])('%j is not an argument of setContactInfo', (value, reason) => {
  expect(readContacts(value)).toEqual({ reason })
})

test('keys that nobody knows mean nothing', () => {
  expect(readContacts({ name: 'Vera', email: null, client_name: 'x' })).toEqual({ name: 'Vera', email: null })
})
