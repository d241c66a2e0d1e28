import { limits } from '../contacts.js'
import type { ViewProps } from '../view/visitor-actions.js'
import type { FieldErrors } from './form-check.js'
import { moreWords } from './words.js'

/** Names and kinds of the inputs; the names are those of Jivo's form. */
const kinds = {
  name: { name: 'name', type: 'text', autocomplete: 'name', placeholder: '' },
  phone: { name: 'tel', type: 'tel', autocomplete: 'tel', placeholder: '+7' },
  email: { name: 'email', type: 'email', autocomplete: 'email', placeholder: 'you@example.test' },
} as const

interface Props extends ViewProps {
  readonly field: keyof typeof kinds
  readonly errors: FieldErrors
  readonly takesFocus?: boolean
}

/** One line of a form, with what is wrong with it. */
export const Field = ({ field, errors, takesFocus = false, session, language, actions }: Props) => {
  const words = moreWords(language)
  const error = errors[field]
  return (
    <label class="jv-field">
      {words[field]}
      <input
        {...kinds[field]}
        class="jv-input"
        maxLength={limits[field]}
        value={session.draft[field]}
        data-jv-focus={takesFocus || undefined}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `jv-error-${field}`}
        onInput={event => actions.type(field, event.currentTarget.value)}
      />
      {error !== undefined && <Problem field={field} text={words[error]} />}
    </label>
  )
}

export const Problem = ({ field, text }: { readonly field: string; readonly text: string }) => (
  <jdiv class="jv-error" id={`jv-error-${field}`}>
    {text}
  </jdiv>
)
