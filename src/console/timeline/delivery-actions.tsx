import { useRef, useState } from 'preact/hooks'
import { curlOf, maskedParts } from '../../reading/curl.js'
import { fixtureName, fixtureText } from '../../reading/fixture-file.js'
import { type Failure, resendDelivery } from '../api.js'
import { useApp } from '../app-context.js'
import { FailureNote } from '../desk/failure-note.js'
import { Icon } from '../icons.js'
import { useKeys } from '../keys.js'
import { listOf } from '../words.js'
import { DeliveryOutcome } from './delivery-outcome.js'
import { download } from './download.js'

interface Props {
  readonly delivery: string
  readonly event: string
  readonly to: string
  readonly body: Record<string, unknown>
  /** The one thing to do next, when the delivery failed. */
  readonly isFailed: boolean
}

type Note = { readonly kind: 'sent'; readonly after: number } | { readonly kind: 'told'; readonly text: string; readonly command?: string } | null

/** What can be done with a delivery: send it again, take it elsewhere, keep its body. */
export const DeliveryActions = ({ delivery, event, to, body, isFailed }: Props) => {
  const { store, words, openFire } = useApp()
  const { acts } = words
  const [note, setNote] = useState<Note>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const isBusy = useRef(false)

  const resend = async () => {
    if (isBusy.current) return
    isBusy.current = true
    const after = store.world.seq
    const answer = await resendDelivery(delivery)
    isBusy.current = false
    setFailure(answer.ok ? null : answer.failure)
    if (answer.ok) setNote(answer.isBusy ? { kind: 'told', text: acts.busy } : { kind: 'sent', after })
  }
  // Only webhooks can be sent by hand: what a bot or a channel is sent belongs to a chat as it is.
  const canEdit = typeof body.event_name === 'string'
  const edit = () => canEdit && openFire({ delivery, event, body })
  const copy = async () => {
    const parts = maskedParts(to, body)
    const masked =
      parts.length === 0
        ? null
        : acts.masked(
            listOf(
              parts.map(part => acts[part]),
              words,
            ),
          )
    const command = curlOf(to, body, masked)
    const more = masked === null ? '' : ` ${masked}`
    try {
      await navigator.clipboard.writeText(command)
      setNote({ kind: 'told', text: `${acts.copied}${more}` })
    } catch {
      setNote({ kind: 'told', text: `${acts.notCopied}${more}`, command })
    }
  }
  const save = () => {
    const name = fixtureName(event)
    download(name, fixtureText(body))
    setNote({ kind: 'told', text: acts.saved(name) })
  }
  useKeys({ r: () => void resend(), e: edit, c: () => void copy(), s: save })

  return (
    <>
      <fieldset class="acts" aria-label={acts.label}>
        <button class={`btn sm ${isFailed ? 'primary' : ''}`} type="button" onClick={() => void resend()}>
          <Icon name="again" class="s" />
          {acts.resend} <kbd>r</kbd>
        </button>
        {canEdit && (
          <button class="btn sm" type="button" onClick={edit}>
            <Icon name="pencil" class="s" />
            {acts.edited} <kbd>e</kbd>
          </button>
        )}
        <button class="btn sm" type="button" onClick={() => void copy()}>
          <Icon name="copy" class="s" />
          {acts.curl} <kbd>c</kbd>
        </button>
        <button class="btn sm" type="button" onClick={save}>
          <Icon name="save" class="s" />
          {acts.fixture} <kbd>s</kbd>
        </button>
      </fieldset>
      {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
      <div class="acts-note" role="status">
        {note?.kind === 'sent' && <DeliveryOutcome delivery={delivery} after={note.after} />}
        {note?.kind === 'told' && <p>{note.text}</p>}
      </div>
      {note?.kind === 'told' && note.command !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        <section class="command" tabIndex={0} aria-label={acts.command}>
          <pre>{note.command}</pre>
        </section>
      )}
    </>
  )
}
