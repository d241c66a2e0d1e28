import { useState } from 'preact/hooks'
import type { Visitor } from '../../emulator/world/world.js'
import { clock } from '../../reading/format.js'
import { changeCall, type Failure, startCall } from '../api.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { hashOf, timeline } from '../router.js'
import { type Call, type CallStatus, callsOf, nextCallStates } from './client.js'
import { EditForm, Opener, TextField } from './edit-form.js'
import { FailureNote } from './failure-note.js'
import { webAddress } from './visitor.js'

const opener = 'start-call'

/** Calls of the visitor: each with its life so far and what may come next. */
export const CallsSection = ({ visitor }: { readonly visitor: Visitor }) => {
  const { store, words } = useApp()
  const [isOpen, setOpen] = useState(false)
  const calls = callsOf(store.world, visitor.number)
  return (
    <div class="sec">
      <h3>
        {words.calls}
        <Opener id={opener} label={words.startCall} icon="plus" isOpen={isOpen} toggle={() => setOpen(!isOpen)} />
      </h3>
      {isOpen && <StartForm visitor={visitor} close={() => setOpen(false)} />}
      {calls.length === 0 && !isOpen && <p class="t3">{words.noCalls}</p>}
      <ul class="calls">
        {calls.map(call => (
          <CallView key={call.id} call={call} />
        ))}
      </ul>
    </div>
  )
}

const StartForm = ({ visitor, close }: { readonly visitor: Visitor; readonly close: () => void }) => {
  const { words } = useApp()
  const [kind, setKind] = useState('callback')
  const [phone, setPhone] = useState(visitor.contacts.phone ?? '')
  return (
    <EditForm
      opener={opener}
      label={words.startCall}
      hint={words.edit.followsCall}
      submit={words.startCall}
      save={() => startCall(visitor.number, kind, phone)}
      close={close}
    >
      <label class="pair">
        <span>{words.callType}</span>
        <select class="in" value={kind} onChange={event => setKind(event.currentTarget.value)}>
          {Object.entries(words.callTypes).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <TextField label={words.phone} type="tel" isNeeded value={phone} change={setPhone} />
    </EditForm>
  )
}

const CallView = ({ call }: { readonly call: Call }) => {
  const { store, words } = useApp()
  const { id, kind, phone, status, reason, recordUrl } = call
  const [asked, setAsked] = useState<'end' | 'error' | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const life = store.history.ofCall(id)
  const next = nextCallStates(call)
  const record = webAddress(recordUrl)
  const go = async (to: Exclude<CallStatus, 'start'>) => {
    if (to === 'end' || to === 'error') setAsked(to)
    else setFailure(await changeCall(id, { status: to }))
  }
  return (
    <li>
      <p class="call">
        <Icon name="phone" class="s" />
        {life[0] !== undefined && <span class="num t3">{clock(life[0].at)}</span>}
        <span>{words.callTypes[kind] ?? kind}</span>
        <b class="num">{phone}</b>
        <span class={`tag ${status === 'error' ? 'fail' : status === 'end' ? '' : 'ok'}`}>{words.callStates[status]}</span>
      </p>
      {life.length > 0 && (
        <ol class="life">
          {life.map(event => (
            <li key={event.seq}>
              {words.callStates[statusOf(event)]} <a href={hashOf(timeline(event.seq))}>#{event.seq}</a>
            </li>
          ))}
        </ol>
      )}
      {reason !== undefined && reason !== '' && <p class="t2">{reason}</p>}
      {recordUrl !== undefined &&
        recordUrl !== '' &&
        (record === null ? (
          <p>
            <code>{recordUrl}</code> <span class="tag pending">{words.badLink}</span>
          </p>
        ) : (
          <p>
            <a href={record} target="_blank" rel="noreferrer">
              {words.record} <Icon name="out" class="xs" />
            </a>
          </p>
        ))}
      {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
      {asked === null ? (
        next.length > 0 && (
          <div class="form-end">
            {next.map(state => (
              <button key={state} class="btn sm" type="button" id={`call-${id}-${state}`} onClick={() => void go(state)}>
                {words.callNext[state]}
              </button>
            ))}
          </div>
        )
      ) : (
        <EndForm call={id} status={asked} close={() => setAsked(null)} />
      )}
    </li>
  )
}

/** A call that began says so by its type, any other event of it by its status. */
const statusOf = (event: object): CallStatus => ('status' in event ? (event.status as CallStatus) : 'start')

const EndForm = ({ call, status, close }: { readonly call: number; readonly status: 'end' | 'error'; readonly close: () => void }) => {
  const { words } = useApp()
  const [text, setText] = useState('')
  const more = text.trim() === '' ? {} : status === 'end' ? { recordUrl: text.trim() } : { reason: text.trim() }
  return (
    <EditForm
      opener={`call-${call}-${status}`}
      label={status === 'end' ? words.endCall : words.failCall}
      hint={words.edit.followsCall}
      submit={status === 'end' ? words.endCall : words.failCall}
      save={() => changeCall(call, { status, ...more })}
      close={close}
    >
      <label class="tall">
        {status === 'end' ? words.recordUrl : words.errorReason}
        <input class="in" type="text" autocomplete="off" value={text} onInput={event => setText(event.currentTarget.value)} />
      </label>
    </EditForm>
  )
}
