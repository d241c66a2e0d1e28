import { Icon } from '../view/icon.js'
import type { ViewProps } from '../view/visitor-actions.js'
import { Field } from './field.js'
import { useCheckedForm } from './use-checked-form.js'
import { moreWords } from './words.js'

/** The form that asks for a call, then the life of the call. */
export const CallPanel = (props: ViewProps) => (props.session.call === null ? <CallForm {...props} /> : <CallLife {...props} />)

const CallForm = (props: ViewProps) => {
  const { session, language, actions } = props
  const words = moreWords(language)
  const { errors, onSubmit } = useCheckedForm(session.draft, 'call', () => actions.call(session.draft.phone.trim()))
  return (
    <form class="jv-form jv-scroll" noValidate aria-label={words.callBack} onSubmit={onSubmit}>
      <Field field="phone" errors={errors} takesFocus {...props} />
      <button type="submit" class="jv-button">
        <Icon name="phone" size={16} />
        {words.callMe}
      </button>
      <WriteInstead {...props} />
    </form>
  )
}

const CallLife = (props: ViewProps) => {
  const { session, language, actions } = props
  const { call, settings } = session
  const words = moreWords(language)
  if (call === null) return null
  const { status } = call
  const reason = settings.callback === 'on' ? call.reason : words.noBalance
  const isOver = status === 'end' || status === 'error'
  const [heading, lead] = {
    start: [words.calling, call.phone],
    agent_connected: [words.pickUp, words.agentCalled],
    client_connected: [words.talking, call.phone],
    end: [words.callOver, call.phone],
    error: [words.notReached, reason ?? ''],
  }[status] as [string, string]
  const steps: [name: string, isDone: boolean][] = [
    [words.callStarted, true],
    [words.agentCalled, status !== 'start'],
    [status === 'start' || status === 'agent_connected' ? words.waiting : words.talking, status === 'client_connected' || status === 'end'],
  ]
  return (
    <jdiv class="jv-life">
      <div class="jv-middle" role="status">
        <jdiv class={`jv-disc ${status === 'error' ? 'jv-bad' : status === 'end' ? '' : 'jv-calls'}`}>
          <Icon name={status === 'end' ? 'check' : 'phone'} size={30} />
        </jdiv>
        <h3 class="jv-heading">{heading}</h3>
        <jdiv class="jv-lead">{lead}</jdiv>
      </div>
      {status !== 'error' && (
        <ol class="jv-steps">
          {steps.map(([name, isDone]) => (
            <li key={name} class={`jv-step ${isDone ? 'jv-done' : ''}`}>
              <Icon name={isDone ? 'check' : 'clock'} size={16} />
              {name}
            </li>
          ))}
        </ol>
      )}
      <jdiv class="jv-form">
        {isOver && (
          <button type="button" class="jv-button" data-jv-focus onClick={actions.callSeen}>
            {words.callAgain}
          </button>
        )}
        <WriteInstead {...props} />
      </jdiv>
    </jdiv>
  )
}

const WriteInstead = ({ language, actions, session }: ViewProps) => (
  <button
    type="button"
    class="jv-button jv-quiet"
    data-jv-focus={session.call !== null || undefined}
    onClick={() => {
      actions.open('chat')
    }}
  >
    {moreWords(language).writeInstead}
  </button>
)
