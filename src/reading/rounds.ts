import type { Event } from '../contracts/journal.js'

export type DeliveryEvent = Extract<Event, { delivery: string }>

/** One round of a delivery: from when it was scheduled, or sent again, to when that ended. */
export type Round = readonly DeliveryEvent[]

const beginsRound = ({ type }: DeliveryEvent): boolean => type === 'delivery.scheduled' || type === 'delivery.resent'

/** A delivery keeps its id when it is sent again, so its events may tell of several rounds. Oldest first. */
export const roundsOf = (events: readonly Event[]): Round[] => {
  const rounds: DeliveryEvent[][] = []
  for (const event of events) {
    if (!('delivery' in event)) continue
    const last = rounds.at(-1)
    if (last === undefined || beginsRound(event)) rounds.push([event])
    else last.push(event)
  }
  return rounds
}

/** How a round ended, or the newest that is known of it. */
export const lastOf = (round: Round): DeliveryEvent | undefined =>
  round.findLast(({ type }) => type === 'delivery.done' || type === 'delivery.failed') ?? round.at(-1)
