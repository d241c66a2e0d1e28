import { useState } from 'preact/hooks'
import type { EventOf } from '../../contracts/journal.js'
import { deliveryFacts } from '../../reading/delivery-facts.js'
import { duration, exactClock } from '../../reading/format.js'
import { type DeliveryEvent, lastOf } from '../../reading/rounds.js'
import { whatToTry } from '../../reading/what-to-try.js'
import { useApp } from '../app-context.js'
import { EvidenceLegend } from '../evidence-mark.js'
import { Icon } from '../icons.js'
import { JsonView } from '../json-view.js'
import { Rich } from '../rich.js'
import { useSchema } from '../schema.js'
import { AnswerView } from './answer-view.js'
import { Attempts } from './attempts.js'
import { ContractView } from './contract-view.js'
import { DeliveryOutcome } from './delivery-outcome.js'

type Tab = 'request' | 'answer' | 'contract' | 'event'

/** The whole of a delivery, whichever of its events is open. */
export const DeliveryView = ({ event }: { readonly event: DeliveryEvent }) => {
  const { store, words, settings } = useApp()
  const facts = deliveryFacts(event, store.history.ofDelivery(event.delivery), store.world.deliveries[event.delivery])
  const { to, body, name, attempts, attempt, failed, pending, scheduled, whole, others } = facts
  const isLast = attempt === attempts.at(-1)
  const advice = event.type === 'delivery.done' ? null : whatToTry(attempt, isLast ? failed : undefined, to, words, settings.lang)
  return (
    <>
      {advice !== null && (
        <section class={`advice ${failed !== undefined ? 'fail' : 'pending'}`}>
          <Icon name={failed !== undefined ? 'bang' : 'wait'} class="l" />
          <div>
            <h3>{advice.title}</h3>
            {failed !== undefined && isLast && (
              <p class="server-words" lang="en">
                {failed.message}
              </p>
            )}
            <p>
              <b>{words.whatToTry}.</b> <Rich text={advice.text} />
            </p>
            {failed !== undefined && scheduled !== undefined && <p class="t2">{words.nothingLost(scheduled.seq)}</p>}
          </div>
        </section>
      )}
      <section class="block">
        <h3>
          <span class="to">
            {words.deliveryTo} <code>{to}</code>
          </span>
          {whole !== null && (
            <span class="t3 num">
              {words.attempts(attempts.length)}, {duration(whole, settings.lang)}
            </span>
          )}
        </h3>
        {attempts.length === 0 ? <p class="t3">{words.noAttempts}</p> : <Attempts attempts={attempts} failed={failed} opened={event.seq} />}
        {pending !== undefined && attempts.length > 0 && <p class="legend pending-t">{words.nextDue(exactClock(pending.dueAt).slice(0, 8))}</p>}
        {others.map(round => {
          const last = lastOf(round)
          return (
            last !== undefined && (
              <div class="round" key={last.seq}>
                <span class="t3">{last.seq > event.seq ? words.acts.later : words.acts.earlier}</span>
                <DeliveryOutcome delivery={event.delivery} after={(round[0]?.seq ?? 1) - 1} />
              </div>
            )
          )
        })}
      </section>
      <Exchange event={event} body={body} name={name} attempt={attempt} />
    </>
  )
}

interface ExchangeProps {
  readonly event: DeliveryEvent
  readonly body: Readonly<Record<string, unknown>> | undefined
  /** `event_name` of the body. */
  readonly name: string
  readonly attempt: EventOf<'delivery.attempted'> | undefined
}

const Exchange = ({ event, body, name: eventName, attempt }: ExchangeProps) => {
  const { words } = useApp()
  const fields = useSchema(eventName)
  const [tab, setTab] = useState<Tab>(event.type === 'delivery.failed' && event.status !== undefined ? 'answer' : 'request')
  const status = attempt?.result.kind === 'answered' ? attempt.result.status : null
  const tabs: [Tab, string][] = [
    ['request', words.request],
    ['answer', words.answer],
    ...(fields === null ? [] : [['contract', words.contract] satisfies [Tab, string]]),
    ['event', words.eventBody],
  ]
  const onKeyDown = (key: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key.key]
    if (step === undefined) return
    key.preventDefault()
    const [next = 'request'] = tabs[(tabs.findIndex(([name]) => name === tab) + step + tabs.length) % tabs.length] ?? []
    setTab(next)
    document.getElementById(`tab-${next}`)?.focus()
  }
  return (
    <>
      <div class="u-tabs">
        <div role="tablist" tabIndex={-1} aria-label={words.exchange} onKeyDown={onKeyDown}>
          {tabs.map(([name, label]) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={tab === name}
              aria-controls="exchange"
              tabIndex={tab === name ? 0 : -1}
              onClick={() => setTab(name)}
            >
              {label} {name === 'answer' && status !== null && <span class={status < 200 || status > 299 ? 'fail-t num' : 'num'}>{status}</span>}
            </button>
          ))}
        </div>
        {(tab === 'request' || tab === 'contract') && fields !== null && <EvidenceLegend />}
      </div>
      <div role="tabpanel" id="exchange" aria-labelledby={`tab-${tab}`}>
        {tab === 'event' && <JsonView value={event} label={words.eventBody} />}
        {tab === 'request' && (body === undefined ? <p class="hint">{words.noBody}</p> : <JsonView value={body} label={words.request} fields={fields} />)}
        {tab === 'contract' && fields !== null && <ContractView fields={fields} />}
        {tab === 'answer' && <AnswerView attempt={attempt} />}
      </div>
    </>
  )
}
