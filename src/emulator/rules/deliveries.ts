import type { DeliveryProfile } from '../../contracts/account.js'
import type { AttemptResult, Card, Fact, Timing } from '../../contracts/journal.js'
import type { DataReply, Verdict } from '../../contracts/webhooks/replies.js'
import type { Delivery, World } from '../world/world.js'
import { Refusal, type Theme } from './rule.js'

/** What an attempt to deliver means: done, again later, or given up; and what the reply changes for the agent. */
export const deliveries: Theme = {
  decide: {
    'webhook.trigger': (world, { address, event, body }) => {
      const channel = channelOfBody(world, body)
      const to = address === 'crm' ? world.account?.crmWebhook : channel?.webhook
      if (to == null || channel === undefined) {
        const [what, flag] = address === 'crm' ? ['CRM webhooks', '--crm-webhook'] : ['webhooks', '--webhook']
        throw new Refusal(409, 'no-webhook', `There is no address for ${what}: start the emulator with ${flag} URL.`)
      }
      const chat = typeof body.chat_id === 'number' && Number.isSafeInteger(body.chat_id) ? body.chat_id : undefined
      const visitor = chat === undefined ? undefined : world.chats[chat]?.visitor
      return [
        {
          type: 'delivery.scheduled',
          delivery: `d${world.seq + 1}`,
          channel: address === 'crm' ? 'crm' : channel.id,
          event,
          to,
          ...(visitor === undefined ? {} : { visitor }),
          ...(chat === undefined ? {} : { chat }),
          body: { ...body },
        },
      ]
    },

    'delivery.resend': (world, { deliveries, to }) =>
      deliveries
        // One that is still on its way arrives without this.
        .filter(({ delivery }) => world.deliveries[delivery] === undefined)
        .map(({ seq, at: _, type: __, cause: ___, ...scheduled }) => ({ ...scheduled, type: 'delivery.resent', to: to ?? scheduled.to, cause: seq })),

    'delivery.attempt': (world, { delivery: id, result, timing, verdict }, now) => {
      const delivery = world.deliveries[id]
      if (delivery === undefined || world.account === null) return []
      const profile = profileOf(world, delivery.channel)
      const attempt = delivery.attempts + 1
      const of = profile.pauses.length + 1
      const pause = retryPause(profile, attempt, result, verdict?.ok === true)
      const attempted: Fact = {
        type: 'delivery.attempted',
        delivery: id,
        event: delivery.event,
        attempt,
        of,
        result,
        timing,
        ...(pause === undefined ? {} : { retryAt: now + pause }),
        cause: delivery.seq,
      }
      return pause === undefined ? [attempted, ...conclude(delivery, attempt, result, timing, verdict)] : [attempted]
    },
  },
}

interface Profile extends Pick<DeliveryProfile, 'timeout' | 'pauses'> {
  /** `not-taken`: everything but a status from 200 to 299, and one from 400 to 499, which says that it is of no use. */
  readonly retryOn: DeliveryProfile['retryOn'] | 'not-taken'
}

/**
 * How a bot is asked: 3 s, and two more attempts until it answers as usual. Bot API, transport. That nothing lies between the
 * attempts is a guess, from the 9 seconds that Jivo names for all three.
 */
const botProfile: Profile = { retryOn: 'not-ok', timeout: 3_000, pauses: [0, 0] }

/**
 * How the server of a channel of the Chat API is told. Chat API, answers: nothing again after a refusal, otherwise up to three
 * times, 3 to 60 s apart. That Jivo itself does what it asks of others, these pauses and the time to answer in are guesses.
 */
const chatProfile: Profile = { retryOn: 'not-taken', timeout: 3_000, pauses: [3_000, 15_000, 60_000] }

/** Names the customer's server of a channel of the Chat API among all that deliveries go to; the digits alone are its webhooks. */
export const chatAddress = (digits: string): string => `chat.${digits}`

/** How deliveries to a channel are tried. */
export const profileOf = ({ account }: World, channel: string): Profile => {
  if (channel.startsWith(chatAddress(''))) return chatProfile
  return account?.bots.some(({ id }) => id === channel) || account == null ? botProfile : account.delivery
}

/**
 * Milliseconds until the next attempt, or undefined when there is none.
 *
 * Jivo documents no retries of webhooks: what is tried again, and when, is the guess of the profile. `attempt` is the one
 * that has just ended, from 1; `isOk` says whether its answer was good.
 */
export const retryPause = ({ retryOn, pauses }: Profile, attempt: number, result: AttemptResult, isOk: boolean): number | undefined => {
  // An address that is never sent to does not become another one.
  const isFinal = isOk || (result.kind === 'no-answer' && result.reason === 'blocked')
  return !isFinal && isWorthMore[retryOn](result) ? pauses[attempt - 1] : undefined
}

/** Whether what was not good is tried again. */
const isWorthMore: Readonly<Record<Profile['retryOn'], (result: AttemptResult) => boolean>> = {
  trouble: result => result.kind === 'no-answer' || result.status >= 500 || result.status === 429,
  'not-ok': () => true,
  'not-taken': result => result.kind === 'no-answer' || result.status < 400 || result.status > 499,
}

/** The channel that a body names in `widget_id`, by its digits or its public id; otherwise the first. */
const channelOfBody = (world: World, { widget_id: id }: Readonly<Record<string, unknown>>) => {
  const channels = world.account?.channels ?? []
  return channels.find(channel => channel.id === id || channel.publicId === id) ?? channels[0]
}

const conclude = (delivery: Delivery, attempts: number, result: AttemptResult, timing: Timing, verdict: Verdict | null): Fact[] => {
  const { id, event, visitor, chat } = delivery
  const about = {
    delivery: id,
    event,
    ...(visitor === undefined ? {} : { visitor }),
    ...(chat === undefined ? {} : { chat }),
    attempts,
    took: timing.total,
  }
  if (result.kind === 'no-answer') return [{ type: 'delivery.failed', ...about, reason: result.reason, message: result.message }]
  const { status } = result
  if (verdict === null || !verdict.ok) {
    return [{ type: 'delivery.failed', ...about, status, reason: verdict?.reason ?? 'status', message: verdict?.message ?? '' }]
  }
  const effects = visitor === undefined ? [] : replyEffects(visitor, chat, event, verdict.reply)
  const warnings: Fact[] =
    verdict.warning === undefined ? [] : [{ type: 'warning.raised', code: 'answer', message: verdict.warning, ...(visitor === undefined ? {} : { visitor }) }]
  return [{ type: 'delivery.done', ...about, status }, ...warnings, ...effects]
}

/** What a reply changes. Only `chat_accepted` and `chat_updated` may carry data. */
const replyEffects = (visitor: number, chat: number | undefined, event: string, reply: DataReply): Fact[] => {
  if (event !== 'chat_accepted' && event !== 'chat_updated') return []
  const { custom_data, crm_link, enable_assign, contact_info, page } = reply
  const card: Card = {
    ...(custom_data === undefined ? {} : { customData: custom_data }),
    ...(crm_link === undefined ? {} : { crmLink: crm_link }),
    ...(enable_assign === undefined ? {} : { enableAssign: enable_assign }),
    ...(page === undefined ? {} : { page }),
  }
  const about = { visitor, ...(chat === undefined ? {} : { chat }), via: 'webhook' as const }
  const facts: Fact[] = []
  if (Object.keys(card).length > 0) facts.push({ type: 'card.changed', ...about, card })
  if (contact_info !== undefined) facts.push({ type: 'contacts.given', ...about, contacts: contact_info })
  return facts
}
