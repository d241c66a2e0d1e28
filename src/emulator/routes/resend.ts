import type { Hono } from 'hono'
import type * as z from 'zod'
import { mostResent, type ResentDelivery, resendDeliveries } from '../../contracts/control.js'
import type { Event, EventOf } from '../../contracts/journal.js'
import type { Journal } from '../journal.js'
import { Refusal } from '../rules/rule.js'
import { hideUrl } from '../secrets.js'
import { readBody, route } from './answers.js'
import type { ControlDeps } from './control.js'

type Choice = z.infer<typeof resendDeliveries>

/** `POST /_dev/resend`: deliveries of the journal go out again, and the answer says how they ended as far as it waited. */
export const resendRoute = (app: Hono, { world, journal, dispatch, clock, secrets }: ControlDeps): void =>
  route(app, '/_dev/resend', {
    POST: async c => {
      const choice = await readBody(c, resendDeliveries)
      const { deliveries, failed, since, sinceTime, to, wait } = choice
      if (deliveries === undefined && failed !== true && since === undefined && sinceTime === undefined) {
        throw new Refusal(400, 'field', 'The body is wrong: name deliveries, or give failed, since or sinceTime.')
      }
      const chosen = await choose(journal, choice)
      const missing = deliveries?.find(id => !chosen.some(({ delivery }) => delivery === id))
      if (missing !== undefined && failed !== true && since === undefined && sinceTime === undefined) {
        throw new Refusal(404, 'no-delivery', `There is no delivery ${missing.slice(0, 60)} in the journal.`, 'deliveries')
      }
      const busy = new Set(chosen.flatMap(({ delivery }) => (world.deliveries[delivery] === undefined ? [] : [delivery])))
      const ends = watchEnds(journal, new Set(chosen.flatMap(({ delivery }) => (busy.has(delivery) ? [] : [delivery]))))
      try {
        const masked = to === undefined ? undefined : hideUrl(to, secrets)
        const events = await dispatch({ type: 'delivery.resend', deliveries: chosen, to: masked })
        const resent = events.filter(event => event.type === 'delivery.resent')
        if (wait > 0 && resent.length > 0) {
          let callOff = () => {}
          const tooLong = new Promise<void>(resolve => {
            callOff = clock.after(wait, resolve)
          })
          await Promise.race([ends.all, tooLong])
          callOff()
        }
        const rows = chosen.map((scheduled): ResentDelivery => {
          const { delivery, event } = scheduled
          const end = ends.of.get(delivery)
          const about = { delivery, event, to: masked ?? scheduled.to }
          if (busy.has(delivery)) return { ...about, to: world.deliveries[delivery]?.to ?? scheduled.to, outcome: 'busy' }
          if (end === undefined) return { ...about, outcome: 'pending' }
          const { attempts, took, status } = end
          const message = end.type === 'delivery.failed' ? { message: end.message } : {}
          return {
            ...about,
            outcome: end.type === 'delivery.done' ? 'done' : 'failed',
            attempts,
            took,
            ...(status === undefined ? {} : { status }),
            ...message,
          }
        })
        return c.json({ deliveries: rows })
      } finally {
        ends.stop()
      }
    },
  })

/** The deliveries that fit, oldest first, as they were scheduled. */
const choose = async (journal: Journal, { deliveries, failed, since = 0, sinceTime = 0 }: Choice): Promise<EventOf<'delivery.scheduled'>[]> => {
  const wanted = deliveries === undefined ? null : new Set(deliveries)
  const found = new Map<string, EventOf<'delivery.scheduled'>>()
  const failures = new Set<string>()
  for await (const event of journal.read(0)) {
    if (event.type === 'delivery.scheduled' || event.type === 'delivery.resent') {
      const fits = event.seq > since && event.at >= sinceTime && (wanted === null || wanted.has(event.delivery))
      if (fits && !found.has(event.delivery)) found.set(event.delivery, { ...event, type: 'delivery.scheduled' })
    } else if (event.type === 'delivery.failed') failures.add(event.delivery)
    else if (event.type === 'delivery.done') {
      failures.delete(event.delivery)
      // What arrived need not be held: a journal may be long.
      if (failed === true) found.delete(event.delivery)
    }
  }
  const chosen = [...found.values()].filter(({ delivery }) => failed !== true || failures.has(delivery))
  if (chosen.length > mostResent) {
    throw new Refusal(400, 'field', `${chosen.length} deliveries fit, more than ${mostResent} at a time; narrow them down with since.`, 'since')
  }
  return chosen
}

type End = EventOf<'delivery.done'> | EventOf<'delivery.failed'>

/** Listens for how deliveries end, from now on. */
const watchEnds = (journal: Journal, waiting: Set<string>) => {
  const of = new Map<string, End>()
  let settle = () => {}
  const all = new Promise<void>(resolve => {
    settle = resolve
  })
  const stop = journal.subscribe((events: readonly Event[]) => {
    for (const event of events) {
      if (event.type !== 'delivery.done' && event.type !== 'delivery.failed') continue
      if (waiting.delete(event.delivery)) of.set(event.delivery, event)
    }
    if (waiting.size === 0) settle()
  })
  return { of, all, stop }
}
