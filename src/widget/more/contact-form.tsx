import type { ViewProps } from '../view/visitor-actions.js'
import { Field } from './field.js'
import { filled, useCheckedForm } from './use-checked-form.js'
import { moreWords } from './words.js'

/** Offered in the conversation; it can be passed over. */
export const ContactForm = (props: ViewProps) => {
  const { session, language, actions } = props
  const words = moreWords(language)
  const { errors, onSubmit } = useCheckedForm(session.draft, 'introduction', () => actions.introduce(filled(session.draft)))
  return (
    <form class="jv-form jv-card" noValidate aria-label={words.sendContacts} onSubmit={onSubmit}>
      <jdiv class="jv-lead">{words.leaveContacts}</jdiv>
      <Field field="name" errors={errors} {...props} />
      <Field field="phone" errors={errors} {...props} />
      <Field field="email" errors={errors} {...props} />
      <jdiv class="jv-buttons">
        <button type="submit" class="jv-button">
          {words.sendContacts}
        </button>
        <button type="button" class="jv-button jv-quiet" onClick={actions.skip}>
          {words.skip}
        </button>
      </jdiv>
    </form>
  )
}
