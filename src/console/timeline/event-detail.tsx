import type { Event } from '../../contracts/journal.js'
import { dayAndTime, exactClock } from '../../reading/format.js'
import type { DeliveryEvent } from '../../reading/rounds.js'
import { outcomeOf, summaryOf, whoDid } from '../../reading/summary.js'
import { useApp } from '../app-context.js'
import { CopyButton } from '../copy-button.js'
import { Icon } from '../icons.js'
import { JsonView } from '../json-view.js'
import { addressOf, desk, hashOf, type Place } from '../router.js'
import { DeliveryActions } from './delivery-actions.js'
import { DeliveryView } from './delivery-view.js'
import { statusText, toneIcons, whoIcons } from './event-row.js'

/** Most effects that are listed; a long chain is one click further. */
const mostEffects = 12

interface Props {
  readonly seq: number
  readonly event: Event | undefined
  /** Where another event is shown, with all else as it is here; null is the list alone. */
  readonly at: (seq: number | null) => Place
  readonly move: (step: number) => void
  readonly close: () => void
}

/** One event: what it is, why it happened, what followed, and all that it says. */
export const EventDetail = ({ seq, event, at, move, close }: Props) => {
  const { store, words, settings } = useApp()
  const outcome = event === undefined ? null : outcomeOf(event)
  const icon = outcome === null ? null : outcome.status === 'warn' ? 'warn' : toneIcons[outcome.tone]
  const chat = event === undefined ? undefined : store.history.chatOf(event)
  return (
    <article class="detail" aria-label={words.eventTitle(seq)}>
      <header>
        <div class="d-title">
          <a class="btn quiet ico sm only-phone" href={hashOf(at(null))} aria-label={words.backToList}>
            <Icon name="left" class="s" />
          </a>
          {outcome !== null && (
            <span class={`tag ${outcome.tone}`}>
              {icon !== null && <Icon name={icon} class="xs" />}
              {statusText(outcome, words)}
            </span>
          )}
          <h2 class="cut">{event?.type ?? words.eventTitle(seq)}</h2>
          <span class="t3 num">#{seq}</span>
          <span class="grow" />
          {event !== undefined && <CopyButton text={JSON.stringify(event, null, 2)} label={words.copyEvent} />}
          <CopyButton text={addressOf(at(seq))} label={words.copyLink} icon="link" />
          <button class="btn quiet ico sm" type="button" aria-label={words.previous} title={words.previous} onClick={() => move(-1)}>
            <Icon name="up" class="s" />
          </button>
          <button class="btn quiet ico sm" type="button" aria-label={words.next} title={words.next} onClick={() => move(1)}>
            <Icon name="down" class="s" />
          </button>
          <button class="btn quiet ico sm no-phone" type="button" aria-label={words.close} title={words.close} onClick={close}>
            <Icon name="cross" class="s" />
          </button>
        </div>
        {event !== undefined && (
          <p class="d-sum">
            <span class="t3 num">
              {dayAndTime(event.at, Date.now(), settings.lang).replace(/\d\d:\d\d$/, '')}
              {exactClock(event.at)}
            </span>{' '}
            {summaryOf(event, settings.lang)}
          </p>
        )}
        {event !== undefined && 'delivery' in event && <Actions event={event} />}
      </header>
      {event === undefined ? (
        <p class="hint">{store.link === 'loading' ? words.loading : words.noSuchEvent(seq)}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        <section class="scroll" tabIndex={0} aria-label={words.eventDetails} key={seq}>
          <section class="block">
            <h3>
              {words.causeAndEffect}
              {chat !== undefined && (
                <a class="src" href={hashOf(desk(chat))}>
                  {words.chat(chat)}
                </a>
              )}
            </h3>
            <Chain event={event} at={at} />
          </section>
          {'delivery' in event ? <DeliveryView event={event} /> : <JsonView value={event} label={words.eventBody} />}
        </section>
      )}
    </article>
  )
}

/** Nothing where the body is too old to be here. */
const Actions = ({ event }: { readonly event: DeliveryEvent }) => {
  const { store } = useApp()
  const scheduled = store.history.ofDelivery(event.delivery).find(part => part.type === 'delivery.scheduled')
  const source = scheduled?.type === 'delivery.scheduled' ? scheduled : store.world.deliveries[event.delivery]
  if (source === undefined) return null
  return (
    <DeliveryActions
      key={event.delivery}
      delivery={event.delivery}
      event={source.event}
      to={source.to}
      body={source.body}
      isFailed={event.type === 'delivery.failed'}
    />
  )
}

const Chain = ({ event, at }: { readonly event: Event; readonly at: Props['at'] }) => {
  const { store, words } = useApp()
  const { history } = store
  const { cause } = event
  const effects = history.effectsOf(event.seq)
  return (
    <div class="chain">
      {cause === undefined ? <span class="t3">{words.fromOutside}</span> : <ChainLink seq={cause} event={history.get(cause)} at={at} />}
      <Icon name="right" class="s" />
      <ChainLink seq={event.seq} event={event} at={at} isCurrent />
      <Icon name="right" class="s" />
      {effects.length === 0 && <span class="t3">{words.thenNothing}</span>}
      {effects.slice(0, mostEffects).map(effect => (
        <ChainLink key={effect.seq} seq={effect.seq} event={effect} at={at} />
      ))}
      {effects.length > mostEffects && <span class="t3">{words.moreEffects(effects.length - mostEffects)}</span>}
    </div>
  )
}

interface ChainLinkProps {
  readonly seq: number
  readonly event: Event | undefined
  readonly at: Props['at']
  readonly isCurrent?: boolean
}

const ChainLink = ({ seq, event, at, isCurrent = false }: ChainLinkProps) => {
  const isBad = event !== undefined && outcomeOf(event)?.tone === 'fail'
  const who = event === undefined ? 'jivo' : whoDid(event)
  return (
    <a href={hashOf(at(seq))} aria-current={isCurrent ? 'true' : undefined}>
      <Icon name={isBad ? 'bang' : whoIcons[who]} class={`s ${isBad ? 'fail' : who}-t`} />
      {event?.type} <span class="t3">#{seq}</span>
    </a>
  )
}
