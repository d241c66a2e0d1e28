import { longestMessage } from '../contacts.js'
import { Icon } from '../view/icon.js'
import type { ViewProps } from '../view/visitor-actions.js'
import { Field, Problem } from './field.js'
import { filled, useCheckedForm } from './use-checked-form.js'
import { moreWords } from './words.js'

export const OfflinePanel = (props: ViewProps) => (props.session.offline.step === 'sent' ? <Sent {...props} /> : <OfflineForm {...props} />)

const OfflineForm = (props: ViewProps) => {
  const { session, words, language, actions } = props
  const more = moreWords(language)
  const { draft, offline, link } = session
  const isSending = offline.step === 'sending'
  const { errors, onSubmit } = useCheckedForm(draft, 'offline', () => {
    if (!isSending) actions.leave(filled(draft), draft.message.trim())
  })
  return (
    <form class="jv-form jv-scroll" noValidate aria-label={words.leaveMessage} aria-busy={isSending} onSubmit={onSubmit}>
      <Field field="name" errors={errors} takesFocus {...props} />
      <Field field="email" errors={errors} {...props} />
      <Field field="phone" errors={errors} {...props} />
      <label class="jv-field">
        {more.message}
        <textarea
          class="jv-input jv-area"
          name="text"
          rows={4}
          maxLength={longestMessage}
          value={draft.message}
          aria-invalid={errors.message !== undefined}
          aria-describedby={errors.message === undefined ? undefined : 'jv-error-message'}
          onInput={event => actions.type('message', event.currentTarget.value)}
        />
        {errors.message !== undefined && <Problem field="message" text={more[errors.message]} />}
      </label>
      <button type="submit" class="jv-button" aria-disabled={isSending}>
        <Icon name={isSending ? 'clock' : 'send'} size={16} />
        {isSending ? (link === 'lost' ? words.waits : words.sending) : more.sendMessage}
      </button>
      {offline.step === 'refused' && (
        <div class="jv-error" role="alert">
          {offline.reason}
        </div>
      )}
      <jdiv class="jv-fine">{link === 'lost' ? words.noConnection : more.offlineFine}</jdiv>
    </form>
  )
}

const Sent = ({ session, language, actions }: ViewProps) => {
  const more = moreWords(language)
  return (
    <div class="jv-middle" role="status">
      <jdiv class="jv-disc">
        <Icon name="check" size={30} />
      </jdiv>
      <h3 class="jv-heading">{more.sent}</h3>
      <jdiv class="jv-lead">{session.offline.step === 'sent' && more.addressIs(session.offline.address)}</jdiv>
      <button type="button" class="jv-button jv-quiet" data-jv-focus onClick={actions.again}>
        {more.another}
      </button>
    </div>
  )
}
