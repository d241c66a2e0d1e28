import { useState } from 'preact/hooks'
import type { Draft } from '../session.js'
import { checkForm, type FieldErrors, type FormName } from './form-check.js'

interface CheckedForm {
  readonly errors: FieldErrors
  readonly onSubmit: (event: Event) => void
}

/** Says what is wrong once the visitor has tried to send; the first wrong field gets the focus. */
export const useCheckedForm = (draft: Draft, form: FormName, send: () => void): CheckedForm => {
  const [isTried, setTried] = useState(false)
  const errors = checkForm(draft, form)
  const onSubmit = (event: Event) => {
    event.preventDefault()
    if (Object.keys(errors).length === 0) return send()
    setTried(true)
    const target = event.currentTarget as HTMLElement
    requestAnimationFrame(() => target.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  return { errors: isTried ? errors : {}, onSubmit }
}

/** What a form sends: an empty field is left out. */
export const filled = ({ name, email, phone }: Draft): { name?: string; email?: string; phone?: string } =>
  Object.fromEntries(Object.entries({ name, email, phone }).flatMap(([key, value]) => (value.trim() === '' ? [] : [[key, value.trim()]])))
