import { expect, test } from 'vitest'
import { checkForm } from '../../src/widget/more/form-check.js'

const empty = { name: '', email: '', phone: '', message: '' }

test('a form needs an e-mail or a phone, a call a phone', () => {
  expect(checkForm({ ...empty, name: 'Vera' }, 'introduction')).toEqual({ email: 'noAddress' })
  expect(checkForm({ ...empty, phone: '+7 900 555-01-42' }, 'introduction')).toEqual({})
  expect(checkForm({ ...empty, email: 'v@example.test' }, 'offline')).toEqual({ message: 'noMessage' })
  expect([checkForm(empty, 'call'), checkForm({ ...empty, phone: '+7 9' }, 'call'), checkForm({ ...empty, phone: '+7 900 555-01-42' }, 'call')]).toEqual([
    { phone: 'noPhone' },
    { phone: 'shortPhone' },
    {},
  ])
  expect(checkForm({ ...empty, email: 'v', phone: '12', message: 'x' }, 'offline')).toEqual({ email: 'badEmail', phone: 'shortPhone' })
})
