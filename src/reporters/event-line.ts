import type { Event } from '../contracts/journal.js'
import { cut, oneLine } from './paint.js'

/** One line an event: time, seq, type, text. Columns are padded, the text is last; nothing in it controls a terminal. */
export const eventLine = (event: Event): string => {
  const time = new Date(event.at).toTimeString().slice(0, 8)
  const milliseconds = String(event.at % 1000).padStart(3, '0')
  return `${time}.${milliseconds} ${String(event.seq).padStart(5)}  ${event.type.padEnd(19)} ${oneLine(summaryOf(event))}`
}

/** What happened, in words that name the values. */
export const summaryOf = (event: Event): string => {
  switch (event.type) {
    case 'emulator.started':
      return `version ${event.version}, seed ${event.seed}`
    case 'emulator.stopping':
      return event.pending === 0 ? 'nothing is pending' : `${count(event.pending, 'delivery', 'deliveries')} go on with the next start`
    case 'journal.repaired':
      return `a cut-off line of ${count(event.dropped, 'byte')} at the end was dropped`
    case 'account.changed':
      return `agents ${event.account.mode}, webhooks to ${event.account.channels[0]?.webhook ?? 'nowhere'}`
    case 'visitor.appeared':
      return `visitor ${event.visitor}${event.from === undefined ? '' : ` ${event.from.id} in channel ${event.from.channel}`}${event.identity === undefined ? '' : ` ${event.identity.id} by user token`}`
    case 'visitor.moved':
      return `visitor ${event.visitor} ${event.url} ${quote(event.title)}`
    case 'page.opened':
      return `visitor ${event.visitor} ${event.url} ${quote(event.title)}`
    case 'page.returned':
    case 'page.closed':
      return `page ${event.page.slice(0, 8)}`
    case 'widget.changed':
      return `visitor ${event.visitor} ${event.from ?? 'nothing'} > ${event.to}`
    case 'api.called':
      return `visitor ${event.visitor} ${call(event.method, event.args)} = ${json(event.result)}`
    case 'callback.requested':
      return `${call(event.callback, event.args)} on ${event.page === undefined ? 'every page' : `page ${event.page.slice(0, 8)}`}`
    case 'callback.scheduled':
      return `page ${event.page.slice(0, 8)} ${call(event.callback, event.args)}`
    case 'callback.fired':
      return `page ${event.page.slice(0, 8)} ${call(event.callback, event.args)} ${outcome(event)}`
    case 'chat.started':
      return `chat ${event.chat} by visitor ${event.visitor}`
    case 'chat.accepted':
      return `chat ${event.chat} by agent ${event.agent}${event.hands === 'auto' ? ', by itself' : ''}`
    case 'chat.taken':
      return `chat ${event.chat} by ${event.by === undefined ? 'a person as' : `agent ${event.by} to`} agent ${event.agent}`
    case 'chat.joined':
      return `chat ${event.chat} agent ${event.agent}${event.by === event.agent ? '' : ` by agent ${event.by}`}`
    case 'chat.finished':
      return `chat ${event.chat} by ${event.by}`
    case 'message.sent':
      return `chat ${event.chat} ${{ agent: `agent ${event.agent ?? ''}`, bot: event.bot ?? 'bot', visitor: `visitor ${event.visitor}` }[event.by]}: ${quote(event.text)}`
    case 'contacts.given':
      return `visitor ${event.visitor} ${Object.keys(event.contacts).join(', ') || 'nothing'} (${event.via})`
    case 'page.identified':
      return `page ${event.page.slice(0, 8)} visitor ${event.from} > visitor ${event.visitor}`
    case 'page.moved':
      return `visitor ${event.visitor} ${event.url} ${quote(event.title)}`
    case 'typing.changed':
      return `${event.by === 'visitor' ? `visitor ${event.visitor}` : 'agent'} ${event.on ? `types ${event.text === undefined ? '' : quote(event.text)}` : 'stops typing'}`.trim()
    case 'invitation.sent':
      return `visitor ${event.visitor} ${quote(event.text)} (${event.via})`
    case 'rating.requested':
      return `chat ${event.chat}`
    case 'chat.rated':
      return `chat ${event.chat} ${event.rate} by visitor ${event.visitor}`
    case 'attributes.given':
      return `visitor ${event.visitor} ${Object.keys(event.attributes).join(', ')}`
    case 'rules.set':
      return `page ${event.page.slice(0, 8)} ${count(event.actions, 'automatic action')}`
    case 'history.cleared':
      return `visitor ${event.visitor}`
    case 'bot.said':
      return `chat ${event.chat} ${event.bot} ${event.event}`
    case 'chat.handed':
      return `chat ${event.chat} from ${event.bot} to the agents: ${{ invited: 'it invited one', failed: 'it did not answer', silent: 'it did not speak in time' }[event.reason]}`
    case 'answer.awaited':
      return `chat ${event.chat} ${event.bot} must speak within ${milliseconds(event.until - event.at)}`
    case 'message.read':
      return `chat ${event.chat} ${event.message} by ${event.by}`
    case 'request.refused':
      return `${event.api} ${event.who} ${event.status} ${event.code}: ${event.message}`
    case 'agents.missed':
      return `chat ${event.chat} ${event.bot} invited an agent, and none is online`
    case 'token.set':
      return `visitor ${event.visitor} ${event.token}${event.as === undefined ? '' : ` (${event.as})`}`
    case 'card.changed':
      return `visitor ${event.visitor} ${Object.keys(event.card).join(', ')} (${event.via}${event.cause === undefined ? '' : `, #${event.cause}`})`
    case 'contacts.edited':
      return `visitor ${event.visitor} ${Object.keys(event.contacts).join(', ')} by agent ${event.agent}`
    case 'attributes.edited':
      return `visitor ${event.visitor} ${Object.keys(event.attributes).join(', ')} by agent ${event.agent}`
    case 'client.edited':
      return `visitor ${event.visitor} ${Object.keys(event.client).join(', ')} by agent ${event.agent}`
    case 'client.noted':
      return `visitor ${event.visitor} ${quote(event.text)} by agent ${event.agent}`
    case 'answer.suggested':
      return `chat ${event.chat} ${quote(event.text)}`
    case 'chat.assigned':
      return `chat ${event.chat} by agent ${event.agent} > ${event.crmLink}`
    case 'call.started':
      return `call ${event.call} ${event.kind} ${event.phone}`
    case 'call.changed':
      return `call ${event.call} ${event.status}${event.reason === undefined ? '' : ` ${quote(event.reason)}`}`
    case 'offline.received':
      return `visitor ${event.visitor} ${quote(event.message)}`
    case 'delivery.scheduled':
    case 'delivery.resent':
      return `${event.delivery} ${event.event} > ${event.to}`
    case 'delivery.attempted': {
      const { result, timing } = event
      const what = result.kind === 'answered' ? String(result.status) : `no answer (${result.reason})`
      return `${event.delivery} ${event.event} ${event.attempt}/${event.of} ${what} ${milliseconds(timing.total)}`
    }
    case 'delivery.done':
      return `${event.delivery} ${event.event} ${event.status} ${milliseconds(event.took)}`
    case 'delivery.failed':
      return `${event.delivery} ${event.event} after ${count(event.attempts, 'attempt')}: ${event.message}`
    case 'warning.raised':
      return event.message
  }
}

const count = (number: number, one: string, many = `${one}s`) => `${number} ${number === 1 ? one : many}`

/** `41 ms`, or `3.00 s` from a second on. */
export const milliseconds = (time: number): string => (time < 1_000 ? `${time < 10 ? time.toFixed(1) : Math.round(time)} ms` : `${(time / 1_000).toFixed(2)} s`)

const quote = (text: string) => JSON.stringify(cut(text, 120))

const json = (value: unknown) => cut(JSON.stringify(value) ?? 'undefined', 120)

const call = (name: string, args: readonly unknown[]) => `${name}(${args.map(json).join(', ')})`

const outcome = ({ outcome, error }: { outcome: string; error?: string | undefined }) =>
  outcome === 'threw' ? `threw ${cut(error?.split('\n')[0] ?? 'something', 120)}` : outcome === 'missing' ? 'is not defined there' : 'called'
