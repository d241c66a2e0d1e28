import type { Context, Hono } from 'hono'
import { acceptChat, type FiredCallback, finishChat, fireCallback, replyToChat } from '../../contracts/control.js'
import type { Event, EventOf } from '../../contracts/journal.js'
import type { Clock } from '../clock.js'
import type { Journal } from '../journal.js'
import type { Input } from '../rules/inputs.js'
import { Refusal } from '../rules/rule.js'
import type { World } from '../world/world.js'
import { readBody, route } from './answers.js'

export interface ControlDeps {
  readonly world: Readonly<World>
  readonly journal: Journal
  readonly dispatch: (input: Input) => Promise<readonly Event[]>
  readonly clock: Clock
  readonly randomId: (prefix: string) => string
}

/** How long `fire` waits for pages to say what the callback did, in milliseconds. */
const patience = 2_000

/** The routes under `/_dev`: they watch the emulator and play the agent. For the console and the command line. */
export const controlRoutes = (app: Hono, { world, journal, dispatch, clock, randomId }: ControlDeps): void => {
  route(app, '/_dev/state', {
    GET: async c => {
      await journal.settled()
      return c.json(world)
    },
  })

  route(app, '/_dev/events', { GET: c => streamEvents(c, journal) })

  route(app, '/_dev/chats/:chat/accept', {
    POST: async c => {
      await readBody(c, acceptChat)
      return c.json({ events: await dispatch({ type: 'agent.accept', chat: chatId(c) }) })
    },
  })

  route(app, '/_dev/chats/:chat/messages', {
    POST: async c => {
      const { id = randomId('m'), text } = await readBody(c, replyToChat)
      return c.json({ events: await dispatch({ type: 'agent.reply', chat: chatId(c), id, text }) })
    },
  })

  route(app, '/_dev/chats/:chat/finish', {
    POST: async c => {
      await readBody(c, finishChat)
      return c.json({ events: await dispatch({ type: 'agent.finish', chat: chatId(c) }) })
    },
  })

  route(app, '/_dev/fire', {
    POST: async c => {
      const request = await readBody(c, fireCallback)
      const reports = new Map<string, EventOf<'callback.fired'>>()
      let settle = () => {}
      let expected = Number.POSITIVE_INFINITY
      const everyone = new Promise<void>(resolve => {
        settle = resolve
      })
      const stop = journal.subscribe(events => {
        for (const event of events) {
          if (event.type === 'callback.fired' && event.callback === request.callback) reports.set(event.page, event)
        }
        if (reports.size >= expected) settle()
      })
      const events = await dispatch({ type: 'callback.request', ...request })
      const asked = events.filter(event => event.type === 'callback.scheduled')
      expected = asked.length
      const callOff = clock.after(patience, settle)
      if (reports.size < expected) await everyone
      callOff()
      stop()
      const pages = asked.map(({ page }): FiredCallback => {
        const report = reports.get(page)
        return {
          page,
          url: world.pages[page]?.url ?? '',
          outcome: report?.outcome ?? 'silent',
          ...(report?.error === undefined ? {} : { error: report.error }),
        }
      })
      return c.json({ callback: request.callback, pages })
    },
  })
}

const chatId = (c: Context): number => {
  const text = c.req.param('chat') ?? ''
  if (!/^\d{1,15}$/.test(text)) throw new Refusal(400, 'field', `chat is wrong: expected a number, got ${text.slice(0, 40)}.`, 'chat')
  return Number(text)
}

/**
 * The journal from `?after=SEQ` on: as an event stream that goes on for ever where the client accepts one, otherwise as
 * NDJSON up to now, or on and on with `?follow=1`.
 */
const streamEvents = (c: Context, journal: Journal): Response => {
  const isStream = c.req.header('accept')?.includes('text/event-stream') === true
  const asked = (isStream ? c.req.header('last-event-id') : undefined) ?? c.req.query('after') ?? '0'
  if (!/^\d{1,15}$/.test(asked)) throw new Refusal(400, 'field', `after is wrong: expected a number from 0 up, got ${asked.slice(0, 40)}.`, 'after')
  const stop = new AbortController()
  const events = journal.read(Number(asked), { follow: isStream || c.req.query('follow') === '1', signal: stop.signal })
  const encoder = new TextEncoder()
  const format = isStream ? (event: Event) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n` : (event: Event) => `${JSON.stringify(event)}\n`
  const body = new ReadableStream<Uint8Array>({
    // Something must come at once: a client counts as connected only when the head of the answer is there.
    start: controller => {
      if (isStream) controller.enqueue(encoder.encode(':\n\n'))
    },
    pull: async controller => {
      const { done, value } = await events.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(format(value)))
    },
    cancel: () => stop.abort(),
  })
  const type = isStream ? 'text/event-stream' : 'application/x-ndjson'
  return c.body(body, 200, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' })
}
