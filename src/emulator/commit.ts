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
  if (wasHeard(world, input)) return []
  const events: Event[] = []
  const queue: { fact: Fact; cause?: number }[] = []
  for (const fact of ordered(decide(world, input, now), input)) {
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

/** A page sends again what may have been lost with its connection. */
const wasHeard = (world: World, input: Input): boolean => 'order' in input && input.order !== undefined && input.order <= (world.pages[input.page]?.heard ?? 0)

/** The first fact that names the page says which of its frames came. */
const ordered = (facts: readonly Fact[], input: Input): readonly Fact[] => {
  if (!('order' in input) || input.order === undefined) return facts
  const { order } = input
  const first = facts.findIndex(fact => 'page' in fact && fact.page === input.page)
  return facts.map((fact, at) => (at === first ? { ...fact, order } : fact))
}
