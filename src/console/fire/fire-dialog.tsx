import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { maskedParts } from '../../reading/curl.js'
import { fixtureText } from '../../reading/fixture-file.js'
import { type Failure, readJson, triggerWebhook } from '../api.js'
import { type Edited, useApp } from '../app-context.js'
import { CopyButton } from '../copy-button.js'
import { crmAddress } from '../desk/client.js'
import { FailureNote } from '../desk/failure-note.js'
import { EvidenceLegend } from '../evidence-mark.js'
import { Icon } from '../icons.js'
import { Rich } from '../rich.js'
import { useContract } from '../schema.js'
import { DeliveryOutcome } from '../timeline/delivery-outcome.js'
import { type Draft, draftOf, dropDraft, keepChosen, keepDraft, keepMode, lastChosen, lastMode, type Mode } from './body-drafts.js'
import { BodyFields, idOf, problemWords } from './body-fields.js'
import { changesBelow, dotted, type Path, textOf } from './body-path.js'
import { problemsIn } from './contract.js'
import { isCrmEvent } from './event-names.js'
import { EventPicker } from './event-picker.js'
import { FieldList } from './field-list.js'
import { FormBar } from './form-bar.js'
import { checkBody, type JsonProblem, objectIn } from './json-check.js'
import { JsonEditor } from './json-editor.js'
import { useBodyEdit, useFocus } from './use-body-edit.js'

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
    dialog.current?.querySelector<HTMLElement>('[type=search]')?.focus()
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
  const contract = useContract(event)
  const [start, setStart] = useState<Start | null>(original === null ? null : { body: original, isReady: true })
  const [typed, setTyped] = useState(draftOf(draft))
  const [wanted, setWanted] = useState(lastMode())
  const [failure, setFailure] = useState<Failure | null>(null)
  const [sent, setSent] = useState<Sent | 'unknown' | null>(null)
  const [isSending, setSending] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)

  useEffect(() => {
    if (original !== null) return
    let isWanted = true
    void readJson(`/console/${event}.json`).then(body => {
      if (isWanted) setStart({ body: body ?? { event_name: event }, isReady: body !== null })
    })
    return () => {
      isWanted = false
    }
  }, [])

  const { text, boxes } = typed ?? { text: start === null ? '' : fixtureText(start.body), boxes: {} }
  const isLoading = (typed === undefined && start === null) || contract === undefined
  const checked = checkBody(text)
  const object = useMemo(() => objectIn(text), [text])
  const schema = contract?.schema
  const problems = useMemo(() => (object === null || schema === undefined ? [] : problemsIn(object, schema)), [object, schema])
  const inBoxes = Object.keys(boxes).map(key => JSON.parse(key) as Path)
  const mode = object === null || schema === undefined ? 'text' : wanted

  const send = async (isMeant = false) => {
    if (isSending || isLoading) return
    const [wrong] = [...inBoxes, ...problems.map(({ path }) => path)]
    if (!checked.ok || inBoxes.length > 0 || (wrong !== undefined && !isMeant)) {
      setAsked(checked.ok && inBoxes.length === 0)
      setFailure(null)
      if (mode === 'text') field.current?.focus()
      else if (wrong !== undefined) goTo(wrong)
      return
    }
    setAsked(false)
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
  const keep = (next: Draft) => {
    keepDraft(draft, next)
    setTyped(next)
    setFailure(null)
    setAsked(false)
  }
  const reset = () => {
    dropDraft(draft)
    setTyped(undefined)
    setFailure(null)
    setAsked(false)
    field.current?.focus()
  }
  const choose = (next: Mode) => {
    keepMode(next)
    setWanted(next)
    // What is no JSON yet goes into the text as it was typed, to be mended there.
    if (next === 'text' && inBoxes.length > 0) keep({ text: textOf(object, boxes), boxes: {} })
  }
  const [search, setSearch] = useState('')
  const form = useFocus()
  const goTo = (path: Path) => {
    setSearch('')
    // What is deep in a part that is edited as JSON has no field of its own.
    form.focus(...path.map((_, at) => idOf(path.slice(0, path.length - at))))
  }
  const edit = useBodyEdit({ body: object, start: start?.body ?? object, problems, boxes, search, keep, focus: form.focus })

  const problem = checked.ok || isLoading ? null : checked.problem
  const name = checked.ok ? checked.body.event_name : event
  return (
    <form
      class="body-form"
      ref={form.ref}
      onSubmit={submitted => {
        submitted.preventDefault()
        void send()
      }}
      onKeyDown={pressed => {
        if (pressed.key !== 'Enter') return
        const isSend = pressed.ctrlKey || pressed.metaKey
        // Enter in a field of one line would send the body by accident.
        if (isSend || pressed.target instanceof HTMLInputElement) pressed.preventDefault()
        if (isSend) void send()
      }}
    >
      <FormBar
        mode={mode}
        choose={choose}
        hasForm={object !== null && schema !== undefined}
        isKnown={schema !== undefined}
        search={search}
        setSearch={next => {
          setSearch(next)
          form.ref.current?.querySelector('.fields-box')?.scrollTo(0, 0)
        }}
        changes={isLoading ? [] : changesBelow(object, start?.body ?? object)}
        mistakes={[...inBoxes, ...problems.map(({ path }) => path)]}
        goTo={goTo}
      />
      {mode === 'form' && schema !== undefined && !isLoading ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        <section class="fields-box" tabIndex={0} aria-label={fire.bodyOf(event)}>
          <EvidenceLegend />
          <BodyFields edit={edit} schema={schema} path={[]} />
          <p class="hint no-field">{fire.noField}</p>
        </section>
      ) : (
        <>
          <div class="body-box">
            <JsonEditor
              value={text}
              label={fire.bodyOf(event)}
              describedBy="body-problem"
              badLine={problem !== null && 'line' in problem ? problem.line : null}
              onInput={next => keep({ text: next, boxes: {} })}
              field={field}
            />
          </div>
          <FieldList fields={contract?.fields ?? null} />
        </>
      )}
      <footer>
        <p id="body-problem" class={`verdict ${problem === null && problems.length + inBoxes.length === 0 ? 't3' : 'fail-t'}`} role="status">
          {isLoading ? (
            fire.loading
          ) : problem !== null ? (
            problemText(problem, fire)
          ) : contract === null ? (
            `${fire.good}. ${fire.noFields}`
          ) : inBoxes[0] !== undefined ? (
            <Mistake path={inBoxes[0]} text={fire.notJson} more={inBoxes.length + problems.length - 1} />
          ) : problems[0] !== undefined ? (
            <Mistake path={problems[0].path} text={problemWords(problems[0], fire)} more={problems.length - 1} />
          ) : (
            fire.asContract
          )}
          {!isLoading && start?.isReady === false && typed === undefined && ` · ${fire.noFixture}`}
        </p>
        {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
        {isAsked && (
          <div class="failure" role="alert">
            <Icon name="warn" class="s" />
            <p>{fire.unlike(problems.length)}</p>
            <button class="btn sm" type="button" onClick={() => void send(true)}>
              {fire.sendAnyway}
            </button>
          </div>
        )}
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

interface Start {
  readonly body: unknown
  /** Whether the build has a ready body for the event. */
  readonly isReady: boolean
}

const Mistake = ({ path, text, more }: { readonly path: Path; readonly text: string; readonly more: number }) => {
  const { fire } = useApp().words
  return (
    <>
      <code>{dotted(path)}</code>: <Rich text={text} />
      {more > 0 && ` ${fire.andMore(more)}`}
    </>
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
