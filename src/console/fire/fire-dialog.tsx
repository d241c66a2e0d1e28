import { useEffect, useRef, useState } from 'preact/hooks'
import { type Failure, readJson, triggerWebhook } from '../api.js'
import { type Edited, useApp } from '../app-context.js'
import { CopyButton } from '../copy-button.js'
import { crmAddress } from '../desk/client.js'
import { FailureNote } from '../desk/failure-note.js'
import { Icon } from '../icons.js'
import { useSchema } from '../schema.js'
import { maskedParts } from '../timeline/curl.js'
import { DeliveryOutcome } from '../timeline/delivery-outcome.js'
import { fixtureText } from '../timeline/fixture-file.js'
import { draftOf, dropDraft, keepChosen, keepDraft, lastChosen } from './body-drafts.js'
import { isCrmEvent } from './event-names.js'
import { EventPicker } from './event-picker.js'
import { FieldList } from './field-list.js'
import { checkBody, type JsonProblem } from './json-check.js'
import { JsonEditor } from './json-editor.js'

interface Props {
  /** The body of an earlier delivery; any event when null. */
  readonly edited: Edited | null
  readonly close: () => void
}

interface Sent {
  readonly delivery: string
  readonly after: number
}

/** Writes one webhook and sends it, and shows what comes of it. A real dialog: the browser keeps the focus inside. */
export const FireDialog = ({ edited, close }: Props) => {
  const { words } = useApp()
  const { fire } = words
  const dialog = useRef<HTMLDialogElement>(null)
  const [event, setEvent] = useState(edited?.event ?? lastChosen())
  useEffect(() => {
    dialog.current?.showModal()
    dialog.current?.querySelector<HTMLElement>(edited === null ? '[type=search]' : 'textarea')?.focus()
  }, [])
  const choose = (name: string) => {
    keepChosen(name)
    setEvent(name)
  }
  const draft = edited === null ? event : `delivery ${edited.delivery}`
  return (
    <dialog class={`sheet fire ${edited === null ? '' : 'edited'}`} ref={dialog} aria-labelledby="fire-title" onClose={close}>
      <header>
        <h2 id="fire-title">{edited === null ? fire.title : fire.editedTitle(edited.event)}</h2>
        <button class="btn quiet ico" type="button" aria-label={words.close} onClick={() => dialog.current?.close()}>
          <Icon name="cross" />
        </button>
      </header>
      {edited === null && <EventPicker chosen={event} choose={choose} />}
      <BodyForm key={draft} event={event} draft={draft} original={edited?.body ?? null} close={() => dialog.current?.close()} />
    </dialog>
  )
}

interface BodyProps {
  readonly event: string
  /** Under which name what is typed is kept. */
  readonly draft: string
  readonly original: Record<string, unknown> | null
  readonly close: () => void
}

const BodyForm = ({ event, draft, original, close }: BodyProps) => {
  const { words } = useApp()
  const { fire } = words
  const [start, setStart] = useState<{ text: string; isReady: boolean } | null>(original === null ? null : { text: fixtureText(original), isReady: true })
  const [typed, setTyped] = useState(draftOf(draft))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [sent, setSent] = useState<Sent | 'unknown' | null>(null)
  const [isSending, setSending] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const fields = useSchema(event)

  useEffect(() => {
    if (original !== null) return
    let isWanted = true
    void readJson(`/console/${event}.json`).then(body => {
      if (isWanted) setStart({ text: fixtureText(body ?? { event_name: event }), isReady: body !== null })
    })
    return () => {
      isWanted = false
    }
  }, [])

  const text = typed ?? start?.text ?? ''
  const isLoading = typed === undefined && start === null
  const checked = checkBody(text)
  const problem = checked.ok || isLoading ? null : checked.problem
  const send = async () => {
    if (isSending || isLoading) return
    if (!checked.ok) {
      field.current?.focus()
      return
    }
    setSending(true)
    const answer = await triggerWebhook(checked.body)
    setSending(false)
    setFailure(answer.ok ? null : answer.failure)
    if (!answer.ok) {
      setSent(null)
      return
    }
    const begun = answer.events.find(other => 'delivery' in other)
    setSent(begun === undefined ? 'unknown' : { delivery: begun.delivery, after: begun.seq - 1 })
  }
  const input = (next: string) => {
    keepDraft(draft, next)
    setTyped(next)
    setFailure(null)
  }
  const reset = () => {
    dropDraft(draft)
    setTyped(undefined)
    setFailure(null)
    field.current?.focus()
  }

  const name = checked.ok ? checked.body.event_name : event
  return (
    <form
      class="body-form"
      onSubmit={submitted => {
        submitted.preventDefault()
        void send()
      }}
    >
      <div class="body-box">
        <JsonEditor
          value={text}
          label={fire.bodyOf(event)}
          describedBy="body-problem"
          badLine={problem !== null && 'line' in problem ? problem.line : null}
          onInput={input}
          onSend={() => void send()}
          field={field}
        />
        <p id="body-problem" class={`verdict ${problem === null ? 't3' : 'fail-t'}`} role="status">
          {isLoading ? fire.loading : problem === null ? fire.good : problemText(problem, fire)}
          {!isLoading && start?.isReady === false && typed === undefined && ` · ${fire.noFixture}`}
        </p>
      </div>
      <FieldList fields={fields} />
      <footer>
        {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
        <div class="sent" role="status">
          {sent === 'unknown' && <p>{words.outcome.accepted}</p>}
          {sent !== null && sent !== 'unknown' && <DeliveryOutcome delivery={sent.delivery} after={sent.after} onOpen={close} />}
        </div>
        <Target event={name} />
        {checked.ok && maskedParts('', checked.body).length > 0 && <p class="t2">{fire.maskedToken}</p>}
        <div class="form-end">
          <button class="btn" type="button" disabled={typed === undefined} onClick={reset}>
            {fire.reset}
          </button>
          <span class="grow" />
          <button class="btn primary" type="submit" disabled={!checked.ok} aria-disabled={isSending}>
            {isSending ? fire.sending : fire.send} <kbd>Ctrl ↵</kbd>
          </button>
        </div>
      </footer>
    </form>
  )
}

const problemText = (problem: JsonProblem, { problem: texts, place }: ReturnType<typeof useApp>['words']['fire']): string =>
  'line' in problem ? place(problem.line, problem.column, texts[problem.kind]) : texts[problem.kind]

/** Where the body will go, or how to make it go somewhere. */
const Target = ({ event }: { readonly event: string }) => {
  const { store, words } = useApp()
  const { fire } = words
  const address = store.world.account?.channels.find(({ webhook }) => webhook !== null)?.webhook ?? null
  const crm = crmAddress(store.world)
  const isCrm = isCrmEvent(event)
  if (!isCrm && address === null) return <Warning text={fire.noAddress} command="jivo-dev emulate --webhook http://127.0.0.1:3000/jivo" />
  if (isCrm && crm === null) return <Warning text={fire.noCrmAddress} command="jivo-dev emulate --crm-webhook http://127.0.0.1:3000/crm" />
  return (
    <p class="target t2">
      {fire.to} <code>{isCrm ? crm : address}</code>
    </p>
  )
}

const Warning = ({ text, command }: { readonly text: string; readonly command: string }) => (
  <div class="target pending-t">
    <Icon name="warn" class="s" />
    <p>
      {text} <code>{command}</code> <CopyButton text={command} />
    </p>
  </div>
)
