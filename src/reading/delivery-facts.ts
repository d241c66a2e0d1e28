import type { Event, EventOf } from '../contracts/journal.js'
import type { Delivery } from '../emulator/world/world.js'
import { type DeliveryEvent, type Round, roundsOf } from './rounds.js'

/** All that is known of the round that an event of a delivery belongs to. */
export interface DeliveryFacts {
  readonly delivery: string
  /** `event_name` of the body. */
  readonly name: string
  readonly to: string
  /** Undefined where the event that holds it is not among the known ones. */
  readonly body: Readonly<Record<string, unknown>> | undefined
  readonly attempts: readonly EventOf<'delivery.attempted'>[]
  /** The attempt that is meant: the event's own, otherwise the last. */
  readonly attempt: EventOf<'delivery.attempted'> | undefined
  readonly failed: EventOf<'delivery.failed'> | undefined
  /** Set while this round has not ended. */
  readonly pending: Delivery | undefined
  readonly scheduled: EventOf<'delivery.scheduled'> | undefined
  /** Milliseconds from the beginning of the first attempt to the end of the last; null before any. */
  readonly whole: number | null
  readonly others: readonly Round[]
}

/** @param all every known event of the delivery, oldest first */
export const deliveryFacts = (event: DeliveryEvent, all: readonly Event[], inOutbox: Delivery | undefined): DeliveryFacts => {
  const rounds = roundsOf(all)
  const own = rounds.find(round => round.some(({ seq }) => seq === event.seq)) ?? [event]
  const scheduled = all.find((part): part is EventOf<'delivery.scheduled'> => part.type === 'delivery.scheduled')
  const attempts = own.filter((part): part is EventOf<'delivery.attempted'> => part.type === 'delivery.attempted')
  const pending = own === rounds.at(-1) ? inOutbox : undefined
  const first = attempts[0]
  const last = attempts.at(-1)
  return {
    delivery: event.delivery,
    name: scheduled?.event ?? event.event,
    to: (own.find(part => 'to' in part) as { to?: string } | undefined)?.to ?? scheduled?.to ?? pending?.to ?? '',
    body: scheduled?.body ?? own.find(part => part.type === 'delivery.resent')?.body ?? pending?.body,
    attempts,
    attempt: event.type === 'delivery.attempted' ? event : last,
    failed: own.find((part): part is EventOf<'delivery.failed'> => part.type === 'delivery.failed'),
    pending,
    scheduled,
    whole: first === undefined || last === undefined ? null : last.at - first.at + first.timing.total,
    others: rounds.filter(round => round !== own),
  }
}
