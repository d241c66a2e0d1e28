import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { ReceiverState } from '../contracts/control.js'
import { shortUrl } from '../reading/format.js'
import { editAccount, type Failure, readJson } from './api.js'
import { useApp } from './app-context.js'
import { FailureNote } from './desk/failure-note.js'
import { retryAfter } from './live.js'
import { Rich } from './rich.js'

/** What stands in the empty field: most examples listen there. */
const example = 'http://127.0.0.1:3000/jivo'

/** Where the webhooks of the site go, whether somebody listens there, and a form that changes it at once. */
export const WebhookAddress = ({ address }: { readonly address: string | null }) => {
  const { words } = useApp()
  const [isOpen, setOpen] = useState(false)
  if (address === null || isOpen) return <AddressForm address={address} close={() => setOpen(false)} />
  return (
    <div class="hook">
      <p class="hook-line">
        <code>{address}</code>
        <button class="btn sm" type="button" onClick={() => setOpen(true)}>
          {words.webhookForm.change}
        </button>
      </p>
      <Heard address={address} />
    </div>
  )
}

const AddressForm = ({ address, close }: { readonly address: string | null; readonly close: () => void }) => {
  const { words } = useApp()
  const w = words.webhookForm
  const [failure, setFailure] = useState<Failure | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const submit = async () => {
    const webhook = (field.current?.value ?? '').trim()
    const isAddress = /^https?:\/\//.test(webhook) && URL.canParse(webhook)
    const failed = isAddress ? await editAccount({ webhook }) : { code: 'own', message: w.wrong }
    setFailure(failed)
    if (failed === null) close()
    else field.current?.focus()
  }
  return (
    <form
      class="hook"
      onSubmit={event => {
        event.preventDefault()
        void submit()
      }}
    >
      <label for={id}>{w.label}</label>
      <input ref={field} id={id} class="in mono" type="text" inputMode="url" spellcheck={false} autocomplete="off" defaultValue={address ?? example} />
      {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
      <p class="hook-line">
        <button class="btn sm" type="submit">
          {w.send}
        </button>
        {address !== null && (
          <button class="btn sm quiet" type="button" onClick={close}>
            {w.keep}
          </button>
        )}
      </p>
      <p class="t3">
        <Rich text={w.until('--webhook URL')} />
      </p>
    </form>
  )
}

/** Looks again by itself: a server that is being written comes and goes. */
const Heard = ({ address }: { readonly address: string }) => {
  const { words } = useApp()
  const [state, setState] = useState<ReceiverState | null>(null)
  useEffect(() => {
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      const known = (await readJson('/_dev/receiver')) as ReceiverState | null
      if (isGone) return
      setState(known)
      timer = setTimeout(() => void look(), retryAfter)
    }
    void look()
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [address])
  if (state === null || state.webhook !== address || state.listens === null) return null
  const host = shortUrl(address).split('/')[0] ?? ''
  const { heard, silent } = words.webhookForm
  return (
    <p class="status-line" role="status">
      <i class={`pip ${state.listens ? 'ok' : 'fail'}`} />
      <span>
        <Rich text={state.listens ? heard(host) : `${words.tryThis.refused(host)} ${silent}`} />
      </span>
    </p>
  )
}
