import type { Draft } from '../session.js'
import type { WordKey } from './words.js'

export type FieldErrors = { readonly [Field in keyof Draft]?: WordKey }

/** Digits of the shortest number that can be called from abroad. */
const fewestDigits = 7

export type FormName = 'introduction' | 'offline' | 'call'

/** What keeps a form from being sent, by field. The offline form has a message too, a call needs the number alone. */
export const checkForm = ({ email, phone, message }: Draft, form: FormName): FieldErrors => {
  const errors: { -readonly [Field in keyof Draft]?: WordKey } = {}
  if (form === 'call') {
    const problem = phone.trim() === '' ? 'noPhone' : phone.replace(/\D/g, '').length < fewestDigits ? 'shortPhone' : null
    return problem === null ? {} : { phone: problem }
  }
  if (email.trim() !== '' && !/^[^\s@]+@[^\s@]+$/.test(email.trim())) errors.email = 'badEmail'
  if (phone.trim() !== '' && phone.replace(/\D/g, '').length < fewestDigits) errors.phone = 'shortPhone'
  if (email.trim() === '' && phone.trim() === '') errors.email = 'noAddress'
  if (form === 'offline' && message.trim() === '') errors.message = 'noMessage'
  return errors
}
