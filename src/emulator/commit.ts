import type { Event, Fact } from '../contracts/journal.js'
import { decide, react } from './rules/index.js'
import type { Input } from './rules/inputs.js'
import { fold } from './world/fold.js'
import type { World } from './world/world.js'

/** More events than any input can rightly cause; past it a rule feeds itself. */
const mostEvents = 10_000

/**
 * Turns one input into the events that follow from it, oldest first, and folds them into the world.
 *
 * What the input makes true comes first, then what follows from that, breadth first. Events that follow carry the `seq`
 * of their cause; of several facts that one input makes true, the later ones name the first as theirs. A fact that brings
 * a cause of its own keeps it.
 *
 * @param now milliseconds since 1970; all events of one input share it
 * @throws Refusal when the input cannot be; the world is then unchanged
 */
export const commit = (world: World, input: Input, now: number): Event[] => {
  const events: Event[] = []
  const queue: { fact: Fact; cause?: number }[] = []
  for (const fact of decide(world, input, now)) {
    queue.push(queue.length === 0 ? { fact } : { fact, cause: world.seq + 1 })
  }
  for (const { fact, cause } of queue) {
    if (events.length === mostEvents) throw new Error(`${input.type} caused more than ${mostEvents} events; the last is ${fact.type}`)
    const event: Event = { seq: world.seq + 1, at: now, ...(cause === undefined ? {} : { cause }), ...fact }
    fold(world, event)
    events.push(event)
    for (const next of react(world, event)) queue.push({ fact: next, cause: event.seq })
  }
  return events
}
