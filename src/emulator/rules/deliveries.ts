import type { DeliveryProfile } from '../../contracts/account.js'
import type { AttemptResult, Card, Fact, Timing } from '../../contracts/journal.js'
import type { DataReply, Verdict } from '../../contracts/webhooks/replies.js'
import type { Delivery } from '../world/world.js'
import type { Theme } from './rule.js'

/** What an attempt to deliver means: done, again later, or given up; and what the reply changes for the agent. */
export const deliveries: Theme = {
  decide: {
    'delivery.attempt': (world, { delivery: id, result, timing, verdict }, now) => {
      const delivery = world.deliveries[id]
      const profile = world.account?.delivery
      if (delivery === undefined || profile === undefined) return []
      const attempt = delivery.attempts + 1
      const of = profile.pauses.length + 1
      const pause = retryPause(profile, attempt, result)
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

/**
 * Milliseconds until the next attempt, or undefined when there is none.
 *
 * Jivo documents no retries of webhooks. The guess: only what may pass by itself is tried again, which is no answer, a
 * server error or "too many requests". `attempt` is the one that has just ended, from 1.
 */
export const retryPause = (profile: DeliveryProfile, attempt: number, result: AttemptResult): number | undefined => {
  const mayPass = result.kind === 'no-answer' ? result.reason !== 'blocked' : result.status >= 500 || result.status === 429
  return mayPass ? profile.pauses[attempt - 1] : undefined
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
  return [{ type: 'delivery.done', ...about, status }, ...effects]
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
