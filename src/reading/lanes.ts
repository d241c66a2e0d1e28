import type { Event, EventOf } from '../contracts/journal.js'
import type { Tone } from './summary.js'

/**
 * A conversation as a drawing: who said what to whom, from top to bottom. One step is one arrow between two lanes, or a point
 * on one of them.
 */

/** From left to right. `server` is whoever receives webhooks; a server of a Chat API channel stands in the visitor's place. */
const laneNames = ['visitor', 'jivo', 'bot', 'server'] as const
export type LaneName = (typeof laneNames)[number]

export interface Step {
  /** The events that it stands for, oldest first; the first is where it leads. */
  readonly events: readonly Event[]
  readonly from: LaneName
  /** The same as `from` for what happens in one place. */
  readonly to: LaneName
  /** `callback`: a call on the page. `point`: nothing goes anywhere. */
  readonly kind: 'message' | 'callback' | 'point'
  /** How a delivery or a callback went; who sends decides the colour of all the others. */
  readonly tone: Tone
  /** Who has the chat after it. */
  readonly holder: 'bot' | 'agent' | null
}

/** Most steps of one drawing; of a longer conversation it shows the newest. */
export const mostSteps = 1_000

export interface Lanes {
  readonly steps: readonly Step[]
  /** Lanes that something goes to or comes from; visitor and Jivo always stand there. */
  readonly lanes: readonly LaneName[]
  /** Steps at the beginning that are left out. */
  readonly leftOut: number
}

/** @param events everything that belongs to one chat, oldest first */
export const lanesOf = (events: readonly Event[]): Lanes => {
  const steps: Step[] = []
  const receivers = new Map<string, LaneName>()
  let holder: Step['holder'] = null
  for (const event of events) {
    holder = holderAfter(event, holder)
    if (event.type === 'delivery.scheduled' || event.type === 'delivery.resent') receivers.set(event.delivery, receiverOf(event))
    const arrow = arrowOf(event, receivers)
    if (arrow === null) continue
    const last = steps.at(-1)
    // Callbacks that a page calls one after another are one arrow.
    if (event.type === 'callback.fired' && last?.kind === 'callback' && last.tone === arrow.tone && isSamePage(last, event)) {
      steps[steps.length - 1] = { ...last, events: [...last.events, event], holder }
    } else steps.push({ ...arrow, events: [event], holder })
  }
  const shown = steps.slice(-mostSteps)
  const used = new Set<LaneName>(['visitor', 'jivo', ...shown.flatMap(({ from, to }) => [from, to])])
  return { steps: shown, lanes: laneNames.filter(name => used.has(name)), leftOut: steps.length - shown.length }
}

type Arrow = Pick<Step, 'from' | 'to' | 'kind' | 'tone'>

const message = (from: LaneName, to: LaneName, tone: Tone = 'plain'): Arrow => ({ from, to, kind: 'message', tone })
const point = (at: LaneName, tone: Tone = 'plain'): Arrow => ({ from: at, to: at, kind: 'point', tone })

const arrowOf = (event: Event, receivers: ReadonlyMap<string, LaneName>): Arrow | null => {
  switch (event.type) {
    case 'message.sent':
      return event.by === 'visitor' ? message('visitor', 'jivo') : message(event.by === 'bot' ? 'bot' : 'jivo', 'visitor')
    case 'bot.said':
      // What it says to the visitor is a message of its own.
      return event.event === 'BOT_MESSAGE' ? null : message('bot', 'jivo')
    case 'api.called':
    case 'chat.rated':
    case 'offline.received':
    case 'token.set':
    case 'attributes.given':
      return message('visitor', 'jivo')
    case 'contacts.given':
    case 'card.changed':
      return message(event.via === 'webhook' ? 'server' : event.via === 'bot' ? 'bot' : 'visitor', 'jivo')
    case 'invitation.sent':
    case 'rating.requested':
      return message('jivo', 'visitor')
    case 'callback.fired':
      return { from: 'jivo', to: 'visitor', kind: 'callback', tone: event.outcome === 'threw' ? 'fail' : 'plain' }
    case 'delivery.attempted': {
      const { result, retryAt } = event
      const isTaken = result.kind === 'answered' && result.status >= 200 && result.status <= 299
      return message('jivo', receivers.get(event.delivery) ?? 'server', isTaken && retryAt === undefined ? 'ok' : 'fail')
    }
    case 'delivery.failed':
      // An attempt that was answered well, and yet not taken, says so only here.
      return point(receivers.get(event.delivery) ?? 'server', 'fail')
    case 'chat.started':
    case 'chat.accepted':
    case 'chat.taken':
    case 'chat.joined':
    case 'chat.handed':
    case 'chat.finished':
    case 'chat.assigned':
    case 'agents.missed':
    case 'client.noted':
    case 'contacts.edited':
    case 'call.started':
    case 'call.changed':
      return point('jivo')
    case 'warning.raised':
      return point('jivo', 'pending')
    default:
      return null
  }
}

const holderAfter = (event: Event, holder: Step['holder']): Step['holder'] => {
  if (event.type === 'chat.started') return event.bot === undefined ? null : 'bot'
  if (event.type === 'chat.accepted' || event.type === 'chat.taken') return 'agent'
  if (event.type === 'chat.handed' || event.type === 'chat.finished') return null
  return holder
}

/** @see `delivery.scheduled` in the journal's contract for what `channel` may be */
const receiverOf = ({ channel }: EventOf<'delivery.scheduled'> | EventOf<'delivery.resent'>): LaneName =>
  channel.startsWith('chat.') ? 'visitor' : /^(\d+|crm)$/.test(channel) ? 'server' : 'bot'

const isSamePage = ({ events }: Step, { page }: EventOf<'callback.fired'>) => events.every(event => event.type === 'callback.fired' && event.page === page)
