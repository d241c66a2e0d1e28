import type { Event } from '../contracts/journal.js'
import { cut, duration, plural, shortUrl } from './format.js'
import type { Lang } from './lang.js'

/** What happened, in words that name the values. */
export const summaryOf = (event: Event, lang: Lang): string => (lang === 'ru' ? russian(event) : english(event))

const english = (event: Event): string => {
  switch (event.type) {
    case 'emulator.started':
      return `version ${event.version}, seed ${event.seed}`
    case 'emulator.stopping':
      return event.pending === 0 ? 'nothing is pending' : `${event.pending} ${event.pending === 1 ? 'delivery goes' : 'deliveries go'} on with the next start`
    case 'journal.repaired':
      return `a cut-off line of ${event.dropped} ${event.dropped === 1 ? 'byte' : 'bytes'} at the end was dropped`
    case 'account.changed':
      return `agents ${event.account.mode}, webhooks to ${webhookOf(event.account.channels[0]?.webhook) ?? 'nowhere'}`
    case 'visitor.appeared':
      return `visitor ${event.visitor}${event.from === undefined ? '' : `, ${cut(event.from.id, 120)} in channel ${event.from.channel}`}${event.identity === undefined ? '' : `, ${cut(event.identity.id, 120)} by user token`}`
    case 'page.opened':
      return `visitor ${event.visitor} on ${quote(event.title || shortUrl(event.url))}`
    case 'page.returned':
    case 'page.closed':
      return `page ${event.page.slice(0, 8)}`
    case 'widget.changed':
      return `visitor ${event.visitor}: ${event.from ?? 'nothing'} to ${event.to}`
    case 'api.called':
      return `${call(event.method, event.args)} = ${json(event.result)}`
    case 'callback.requested':
      return `${call(event.callback, event.args)} on ${event.page === undefined ? 'every page' : `page ${event.page.slice(0, 8)}`}`
    case 'callback.scheduled':
    case 'callback.fired':
      return call(event.callback, event.args)
    case 'chat.started':
      return `chat ${event.chat} by visitor ${event.visitor}`
    case 'chat.accepted':
      return `chat ${event.chat} by ${event.hands === 'auto' ? `agent ${event.agent}, automatically` : 'you'}`
    case 'chat.taken':
      return event.by === undefined ? `chat ${event.chat} by you` : `chat ${event.chat} from agent ${event.by} to agent ${event.agent}`
    case 'chat.joined':
      return `chat ${event.chat}: agent ${event.agent}${event.by === event.agent ? '' : `, by agent ${event.by}`}`
    case 'client.noted':
      return `visitor ${event.visitor}: ${quote(event.text)}`
    case 'answer.suggested':
      return `chat ${event.chat}: ${quote(event.text)}`
    case 'chat.finished':
      return `chat ${event.chat} by ${event.by}`
    case 'message.sent':
      return `${{ visitor: `visitor ${event.visitor}`, agent: 'agent', bot: 'bot' }[event.by]}: ${quote(event.text)}`
    case 'contacts.given':
      return `visitor ${event.visitor}: ${Object.keys(event.contacts).join(', ') || 'nothing'} (${event.via})`
    case 'page.moved':
    case 'visitor.moved':
      return `visitor ${event.visitor} on ${quote(event.title || shortUrl(event.url))}`
    case 'typing.changed':
      return `${event.by === 'visitor' ? `visitor ${event.visitor}` : 'you'} ${event.on ? 'typing' : 'stopped typing'}${event.text === undefined ? '' : `: ${quote(event.text)}`}`
    case 'invitation.sent':
      return `visitor ${event.visitor}: ${quote(event.text)} (${event.via})`
    case 'rating.requested':
      return `chat ${event.chat}`
    case 'chat.rated':
      return `chat ${event.chat}: ${event.rate}`
    case 'attributes.given':
      return `visitor ${event.visitor}: ${Object.keys(event.attributes).join(', ')}`
    case 'rules.set':
      return `page ${event.page.slice(0, 8)}, ${event.actions} understood`
    case 'history.cleared':
      return `visitor ${event.visitor}`
    case 'bot.said':
      return `${event.event} from ${event.bot}`
    case 'chat.handed':
      return `chat ${event.chat}: ${{ invited: 'the bot invited an agent', failed: 'the bot did not answer', silent: 'the bot did not speak in time' }[event.reason]}`
    case 'agents.missed':
      return `chat ${event.chat}: the bot invited an agent, none is online`
    case 'page.identified':
      return `visitor ${event.from} is visitor ${event.visitor}`
    case 'token.set':
      return `visitor ${event.visitor}: ${event.token}${event.as === undefined ? '' : ` (${event.as})`}`
    case 'card.changed':
      return `visitor ${event.visitor}: ${cardKeys(event)} (${event.via})`
    case 'contacts.edited':
      return `visitor ${event.visitor}: ${Object.keys(event.contacts).join(', ')} by you`
    case 'attributes.edited':
      return `visitor ${event.visitor}: ${Object.keys(event.attributes).join(', ')} by you`
    case 'client.edited':
      return `visitor ${event.visitor}: ${Object.keys(event.client).join(', ')} by you`
    case 'chat.assigned':
      return `chat ${event.chat} to ${shortUrl(event.crmLink)}`
    case 'call.started':
      return `call ${event.call}, ${event.kind}, ${event.phone}`
    case 'call.changed':
      return `call ${event.call}: ${event.status}${event.reason === undefined ? '' : `, ${event.reason}`}`
    case 'offline.received':
      return `visitor ${event.visitor}: ${quote(event.message)}`
    case 'delivery.scheduled':
    case 'delivery.resent':
      return `${event.event} to ${shortUrl(event.to)}`
    case 'delivery.attempted':
      return `${event.event}, attempt ${event.attempt} of ${event.of}${event.result.kind === 'no-answer' ? `: ${event.result.message}` : ''}`
    case 'delivery.done':
      return `${event.event}${event.attempts > 1 ? ` at attempt ${event.attempts}` : ''}`
    case 'delivery.failed':
      return `${event.event} gave up after ${event.attempts} ${event.attempts === 1 ? 'attempt' : 'attempts'}: ${event.message}`
    case 'answer.awaited':
      return `chat ${event.chat}: the bot must speak within ${duration(event.until - event.at, 'en')}`
    case 'message.read':
      return `chat ${event.chat}: read by ${event.by}`
    case 'request.refused':
      return `${event.api} ${event.status} ${event.code}: ${event.message}`
    case 'warning.raised':
      return event.message
    default:
      return mainParts(event, { delivery: 'delivery', chat: 'chat', visitor: 'visitor', call: 'call' })
  }
}

const russian = (event: Event): string => {
  switch (event.type) {
    case 'emulator.started':
      return `версия ${event.version}, зерно ${event.seed}`
    case 'emulator.stopping':
      return event.pending === 0
        ? 'незавершённого нет'
        : `${event.pending} ${plural(event.pending, 'доставка продолжится', 'доставки продолжатся', 'доставок продолжатся')} при следующем запуске`
    case 'journal.repaired':
      return `отброшена оборванная строка в конце, байт: ${event.dropped}`
    case 'account.changed':
      return `операторы ${event.account.mode}, вебхуки ${webhookOf(event.account.channels[0]?.webhook)?.replace(/^/, 'на ') ?? 'никуда'}`
    case 'visitor.appeared':
      return `посетитель ${event.visitor}${event.from === undefined ? '' : `, ${cut(event.from.id, 120)} в канале ${event.from.channel}`}${event.identity === undefined ? '' : `, ${cut(event.identity.id, 120)} по токену`}`
    case 'page.opened':
      return `посетитель ${event.visitor} на «${cut(event.title || shortUrl(event.url), 120)}»`
    case 'page.returned':
    case 'page.closed':
      return `страница ${event.page.slice(0, 8)}`
    case 'widget.changed':
      return `посетитель ${event.visitor}: ${event.from ?? 'ничего'} → ${event.to}`
    case 'api.called':
      return `${call(event.method, event.args)} = ${json(event.result)}`
    case 'callback.requested':
      return `${call(event.callback, event.args)} на ${event.page === undefined ? 'всех страницах' : `странице ${event.page.slice(0, 8)}`}`
    case 'callback.scheduled':
    case 'callback.fired':
      return call(event.callback, event.args)
    case 'chat.started':
      return `чат ${event.chat}, посетитель ${event.visitor}`
    case 'chat.accepted':
      return `чат ${event.chat}: ${event.hands === 'auto' ? `оператор ${event.agent}, автоматически` : 'вы'}`
    case 'chat.taken':
      return event.by === undefined ? `чат ${event.chat}: вы` : `чат ${event.chat}: от оператора ${event.by} к оператору ${event.agent}`
    case 'chat.joined':
      return `чат ${event.chat}: оператор ${event.agent}${event.by === event.agent ? '' : `, позвал оператор ${event.by}`}`
    case 'client.noted':
      return `посетитель ${event.visitor}: «${cut(event.text, 120)}»`
    case 'answer.suggested':
      return `чат ${event.chat}: «${cut(event.text, 120)}»`
    case 'chat.finished':
      return `чат ${event.chat}: ${{ agent: 'оператор', visitor: 'посетитель', time: 'по времени' }[event.by]}`
    case 'message.sent':
      return `${{ visitor: `посетитель ${event.visitor}`, agent: 'оператор', bot: 'бот' }[event.by]}: «${cut(event.text, 120)}»`
    case 'contacts.given':
      return `посетитель ${event.visitor}: ${Object.keys(event.contacts).join(', ') || 'ничего'} (${event.via})`
    case 'page.moved':
    case 'visitor.moved':
      return `посетитель ${event.visitor} на «${cut(event.title || shortUrl(event.url), 120)}»`
    case 'typing.changed':
      return `${event.by === 'visitor' ? `посетитель ${event.visitor}` : 'вы'}: ${event.on ? 'печатает' : 'не печатает'}${event.text === undefined ? '' : `: «${cut(event.text, 120)}»`}`
    case 'invitation.sent':
      return `посетитель ${event.visitor}: «${cut(event.text, 120)}» (${event.via})`
    case 'rating.requested':
      return `чат ${event.chat}`
    case 'chat.rated':
      return `чат ${event.chat}: ${event.rate === 'positive' ? 'хорошо' : 'плохо'}`
    case 'attributes.given':
      return `посетитель ${event.visitor}: ${Object.keys(event.attributes).join(', ')}`
    case 'rules.set':
      return `страница ${event.page.slice(0, 8)}, понято: ${event.actions}`
    case 'history.cleared':
      return `посетитель ${event.visitor}`
    case 'bot.said':
      return `${event.event} от ${event.bot}`
    case 'chat.handed':
      return `чат ${event.chat}: ${{ invited: 'бот позвал оператора', failed: 'бот не ответил', silent: 'бот вовремя ничего не сказал' }[event.reason]}`
    case 'agents.missed':
      return `чат ${event.chat}: бот позвал оператора, но никого нет`
    case 'page.identified':
      return `посетитель ${event.from} — это посетитель ${event.visitor}`
    case 'token.set':
      return `посетитель ${event.visitor}: ${event.token}${event.as === undefined ? '' : ` (${{ opaque: 'просто текст', shared: 'общая история', anonymous: 'никого не называет' }[event.as]})`}`
    case 'card.changed':
      return `посетитель ${event.visitor}: ${cardKeys(event)} (${event.via})`
    case 'contacts.edited':
      return `посетитель ${event.visitor}: ${Object.keys(event.contacts).join(', ')} (вы)`
    case 'attributes.edited':
      return `посетитель ${event.visitor}: ${Object.keys(event.attributes).join(', ')} (вы)`
    case 'client.edited':
      return `посетитель ${event.visitor}: ${Object.keys(event.client).join(', ')} (вы)`
    case 'chat.assigned':
      return `чат ${event.chat} → ${shortUrl(event.crmLink)}`
    case 'call.started':
      return `звонок ${event.call}, ${{ callback: 'обратный', incoming: 'входящий', outgoing: 'исходящий' }[event.kind]}, ${event.phone}`
    case 'call.changed':
      return `звонок ${event.call}: ${event.status}${event.reason === undefined ? '' : `, ${event.reason}`}`
    case 'offline.received':
      return `посетитель ${event.visitor}: «${cut(event.message, 120)}»`
    case 'delivery.scheduled':
    case 'delivery.resent':
      return `${event.event} на ${shortUrl(event.to)}`
    case 'delivery.attempted':
      return `${event.event}, попытка ${event.attempt} из ${event.of}${event.result.kind === 'no-answer' ? `: ${event.result.message}` : ''}`
    case 'delivery.done':
      return `${event.event}${event.attempts > 1 ? ` с попытки ${event.attempts}` : ''}`
    case 'delivery.failed':
      return `${event.event} не принят за ${event.attempts} ${plural(event.attempts, 'попытку', 'попытки', 'попыток')}: ${event.message}`
    case 'answer.awaited':
      return `чат ${event.chat}: бот должен ответить за ${duration(event.until - event.at, 'ru')}`
    case 'message.read':
      return `чат ${event.chat}: прочитал ${{ visitor: 'посетитель', agent: 'оператор', bot: 'бот' }[event.by]}`
    case 'request.refused':
      return `${event.api} ${event.status} ${event.code}: ${event.message}`
    case 'warning.raised':
      return event.message
    default:
      return mainParts(event, { delivery: 'доставка', chat: 'чат', visitor: 'посетитель', call: 'звонок' })
  }
}

export type Who = 'visitor' | 'page' | 'agent' | 'bot' | 'jivo' | 'server'

const agentDid: ReadonlySet<string> = new Set([
  'chat.accepted',
  'chat.taken',
  'chat.assigned',
  'contacts.edited',
  'attributes.edited',
  'client.edited',
  'client.noted',
  'chat.joined',
  'delivery.resent',
])

/** Whose doing an event is. */
export const whoDid = (event: Event): Who => {
  if (agentDid.has(event.type)) return 'agent'
  switch (event.type) {
    case 'message.sent':
      return event.by
    case 'chat.finished':
      return event.by === 'time' ? 'jivo' : event.by
    case 'chat.started':
    case 'visitor.appeared':
    case 'offline.received':
    case 'widget.changed':
    case 'chat.rated':
    case 'visitor.moved':
      return 'visitor'
    case 'bot.said':
      return 'bot'
    case 'typing.changed':
    case 'message.read':
      return event.by
    case 'invitation.sent':
      return event.via === 'agent' ? 'agent' : 'page'
    case 'rating.requested':
      return 'jivo'
    case 'contacts.given':
      return event.via === 'webhook' ? 'server' : event.via === 'api' ? 'page' : 'visitor'
    case 'card.changed':
      return event.via === 'webhook' ? 'server' : 'page'
    case 'page.opened':
    case 'page.returned':
    case 'page.closed':
    case 'api.called':
    case 'token.set':
    case 'page.identified':
    case 'page.moved':
    case 'attributes.given':
    case 'rules.set':
    case 'history.cleared':
    case 'callback.fired':
      return 'page'
    case 'delivery.attempted':
    case 'delivery.done':
    case 'delivery.failed':
      return 'server'
    default:
      return 'jivo'
  }
}

export type Tone = 'ok' | 'fail' | 'pending' | 'plain'

/** Short result of an event for the list: a tone and a text that is a word of the table or a number. */
export interface Outcome {
  readonly tone: Tone
  readonly status: number | 'retry' | 'failed' | 'warn' | 'threw' | 'missing' | 'called' | 'noAnswer'
}

export const outcomeOf = (event: Event): Outcome | null => {
  switch (event.type) {
    case 'delivery.attempted': {
      const status = event.result.kind === 'answered' ? event.result.status : 'noAnswer'
      if (event.retryAt !== undefined) return { tone: 'pending', status }
      return { tone: status === 'noAnswer' || status < 200 || status > 299 ? 'fail' : 'plain', status }
    }
    case 'delivery.done':
      return { tone: 'ok', status: event.status }
    case 'delivery.failed':
      return { tone: 'fail', status: event.status ?? 'failed' }
    case 'request.refused':
      return { tone: 'fail', status: event.status }
    case 'warning.raised':
      return { tone: 'pending', status: 'warn' }
    case 'callback.fired':
      return event.outcome === 'threw' ? { tone: 'fail', status: 'threw' } : { tone: 'plain', status: event.outcome }
    default:
      return null
  }
}

/** How long the thing took, or nothing when it has no length. */
export const tookOf = (event: Event, lang: Lang): string => {
  if (event.type === 'delivery.attempted') return duration(event.timing.total, lang)
  return event.type === 'delivery.done' || event.type === 'delivery.failed' ? duration(event.took, lang) : ''
}

/** An event of a newer emulator, or one that needs no sentence: whom it is about, and how it stands. */
const mainParts = (event: object, names: Readonly<Record<string, string>>): string => {
  const values = event as Readonly<Record<string, unknown>>
  const isShort = (value: unknown) => typeof value === 'string' || typeof value === 'number'
  const named = Object.entries(names).flatMap(([key, name]) => (isShort(values[key]) ? [`${name} ${values[key]}`] : []))
  const plain = ['kind', 'status', 'phone', 'reason', 'event', 'crmLink', 'to'].flatMap(key => (isShort(values[key]) ? [cut(String(values[key]), 120)] : []))
  const lists = ['contacts', 'attributes', 'client'].flatMap(key =>
    typeof values[key] === 'object' && values[key] !== null ? [Object.keys(values[key]).join(', ')] : [],
  )
  return [...named, ...plain, ...lists].filter(Boolean).join(', ')
}

const webhookOf = (address: string | null | undefined) => (address == null ? null : shortUrl(address))

const cardKeys = ({ card }: { card: object }) => Object.keys(card).join(', ')

const quote = (text: string) => `“${cut(text, 120)}”`

const json = (value: unknown) => cut(JSON.stringify(value) ?? 'undefined', 120)

const call = (name: string, args: readonly unknown[]) => `${name}(${args.map(json).join(', ')})`
