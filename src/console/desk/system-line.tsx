import type { ComponentProps } from 'preact'
import type { Event } from '../../contracts/journal.js'
import { cut, duration, exactClock, shortUrl } from '../../reading/format.js'
import { whatToTry } from '../../reading/what-to-try.js'
import { useApp } from '../app-context.js'
import { Icon, type IconName } from '../icons.js'
import { Rich } from '../rich.js'
import { hashOf, timeline } from '../router.js'
import { listOf } from '../words.js'
import { broughtBy, type Line } from './conversation-lines.js'
import { deskWords } from './words.js'

/** One sentence about what happened; the whole line leads to the event. */
export const SystemLine = ({ event }: { readonly event: Extract<Line, { kind: 'system' }>['event'] }) => {
  const { store, words, settings } = useApp()
  const { world, history } = store
  const own = deskWords(settings.lang)
  const agentName = (id: number) => world.account?.agents.find(agent => agent.id === id)?.name ?? words.agent
  const fields = (keys: readonly string[]) =>
    listOf(
      keys.map(key => words.fields[key] ?? key),
      words,
    )
  switch (event.type) {
    case 'chat.started': {
      const opened = history.events.findLast(other => other.type === 'page.opened' && other.page === event.page && other.seq < event.seq)
      const title = opened?.type === 'page.opened' ? cut(opened.title || shortUrl(opened.url), 80) : ''
      return <Row event={event} icon="visitor" tone="visitor-t" text={words.line['chat.started'](typed(title))} />
    }
    case 'chat.accepted':
      return <Row event={event} icon="desk" tone="agent-t" text={words.line['chat.accepted'](agentName(event.agent), event.hands)} />
    case 'chat.taken':
      return (
        <Row
          event={event}
          icon="desk"
          tone="agent-t"
          text={event.by === undefined ? words.line['chat.taken'] : own.handedOver(agentName(event.by), agentName(event.agent))}
        />
      )
    case 'chat.joined':
      return (
        <Row
          event={event}
          icon="invite"
          tone="agent-t"
          text={event.by === event.agent ? own.joined(agentName(event.agent)) : own.broughtIn(agentName(event.by), agentName(event.agent))}
        />
      )
    case 'chat.finished':
      return <Row event={event} icon="tick" tone="t3" text={words.line['chat.finished'](event.by)} />
    case 'contacts.given':
      return <Row event={event} icon="visitor" tone="visitor-t" text={words.line['contacts.given'](fields(Object.keys(event.contacts)), event.via)} />
    case 'contacts.edited':
      return <Row event={event} icon="desk" tone="agent-t" text={words.line['contacts.edited'](fields(Object.keys(event.contacts)))} />
    case 'chat.assigned':
      return <Row event={event} icon="desk" tone="agent-t" text={words.line['chat.assigned'](typed(event.crmLink))} />
    case 'call.started':
      return <Row event={event} icon="phone" tone="agent-t" text={words.line['call.started'](event.kind, typed(event.phone))} />
    case 'call.changed':
      return <Row event={event} icon="phone" tone="agent-t" text={words.line['call.changed'](event.status, typed(event.reason ?? ''))} />
    case 'rating.requested':
      return <Row event={event} icon="star" tone="agent-t" text={own.ratingRequested} />
    case 'chat.rated':
      return <Row event={event} icon="star" tone="visitor-t" text={own.rated[event.rate]} />
    case 'card.changed':
      return <Row event={event} icon="page" tone="visitor-t" text={words.line['card.changed'](fields(Object.keys(event.card)))} />
    case 'delivery.done': {
      const brought = event.cause === undefined ? [] : broughtBy(history.effectsOf(event.cause))
      const what = brought.length === 0 ? '' : fields(brought)
      return (
        <Row event={event} icon="tick" tone="ok-t" text={words.line['delivery.done'](event.event, event.status, duration(event.took, settings.lang), what)} />
      )
    }
    case 'delivery.failed': {
      const attempt = history.ofDelivery(event.delivery).findLast(other => other.type === 'delivery.attempted')
      const advice = whatToTry(attempt?.type === 'delivery.attempted' ? attempt : undefined, event, '', words, settings.lang)
      const why = lowerFirst(advice?.title ?? event.reason)
      return <Row event={event} icon="bang" tone="fail-t" text={words.line['delivery.failed'](event.event, event.attempts, why)} action={words.openFailure} />
    }
  }
}

export const RetryLine = ({ line: { event, attempts, dueAt } }: { readonly line: Extract<Line, { kind: 'retry' }> }) => {
  const { words } = useApp()
  return <Row event={event} icon="wait" tone="pending-t" text={words.line.retry(event.event, attempts, exactClock(dueAt).slice(0, 8))} />
}

interface RowProps {
  readonly event: Event
  readonly icon: IconName
  readonly tone: NonNullable<ComponentProps<'span'>['class']>
  readonly text: string
  readonly action?: string
}

export const Row = ({ event: { seq }, icon, tone, text, action }: RowProps) => (
  <a class="sys" href={hashOf(timeline(seq))}>
    <Icon name={icon} class={`s ${tone}`} />
    <span>
      <Rich text={text} /> {action !== undefined && <b class="fail-t">{action}</b>}
    </span>
    <span class="seq">#{seq}</span>
  </a>
)

/** What people typed, inside a sentence where backticks mean code. */
const typed = (text: string) => cut(text, 120).replaceAll('`', 'ʼ')

const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1)
