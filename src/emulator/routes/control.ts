import type { Context, Hono } from 'hono'
import {
  acceptChat,
  addNote,
  agentTyping,
  askForRating,
  assignChat,
  bringIn,
  changeCall,
  type EventSchema,
  editAccount,
  editAttributes,
  editClient,
  editContacts,
  editQuirks,
  editWidget,
  type FiredCallback,
  finishChat,
  fireCallback,
  handOver,
  inviteVisitor,
  type ReceiverState,
  replyToChat,
  startCall,
  triggerWebhook,
} from '../../contracts/control.js'
import type { Event, EventOf } from '../../contracts/journal.js'
import type { Clock } from '../clock.js'
import type { Journal } from '../journal.js'
import { Refusal } from '../rules/rule.js'
import { hideUrl, type SecretStore } from '../secrets.js'
import { numberIn, readBody, route } from './answers.js'
import { clientRoutes } from './clients.js'
import { resendRoute } from './resend.js'
import { type SuggestionDeps, suggestionRoute } from './suggestion.js'

export interface ControlDeps extends SuggestionDeps {
  readonly journal: Journal
  readonly clock: Clock
  readonly secrets: SecretStore
  readonly randomId: (prefix: string) => string
  readonly listens?: (url: string) => Promise<boolean>
}

/** How long `fire` waits for pages to say what the callback did, in milliseconds. */
const patience = 2_000

/** The routes under `/_dev`: they watch the emulator and play the agent. For the console and the command line. */
export const controlRoutes = (app: Hono, deps: ControlDeps): void => {
  const { world, journal, dispatch, clock, secrets, randomId, listens } = deps
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
      const { id = randomId('m'), ...reply } = await readBody(c, replyToChat)
      return c.json({ events: await dispatch({ type: 'agent.reply', chat: chatId(c), id, ...reply }) })
    },
  })

  route(app, '/_dev/chats/:chat/typing', {
    POST: async c => {
      const typing = await readBody(c, agentTyping)
      return c.json({ events: await dispatch({ type: 'agent.type', chat: chatId(c), ...typing }) })
    },
  })

  route(app, '/_dev/chats/:chat/agents', {
    POST: async c => {
      const { agent } = await readBody(c, bringIn)
      return c.json({ events: await dispatch({ type: 'agent.bringIn', chat: chatId(c), agent }) })
    },
  })

  route(app, '/_dev/chats/:chat/transfer', {
    POST: async c => {
      const { agent } = await readBody(c, handOver)
      return c.json({ events: await dispatch({ type: 'agent.handOver', chat: chatId(c), agent }) })
    },
  })

  suggestionRoute(app, deps)

  route(app, '/_dev/chats/:chat/rating', {
    POST: async c => {
      await readBody(c, askForRating)
      return c.json({ events: await dispatch({ type: 'agent.askForRating', chat: chatId(c) }) })
    },
  })

  route(app, '/_dev/visitors/:visitor/invitation', {
    POST: async c => {
      const { text } = await readBody(c, inviteVisitor)
      return c.json({ events: await dispatch({ type: 'agent.invite', visitor: numberIn(c, 'visitor'), text }) })
    },
  })

  route(app, '/_dev/account', {
    POST: async c => {
      const { mode, webhook } = await readBody(c, editAccount)
      const masked = typeof webhook === 'string' ? hideUrl(webhook, secrets) : webhook
      return c.json({ events: await dispatch({ type: 'account.edit', mode, webhook: masked }) })
    },
  })

  route(app, '/_dev/receiver', {
    GET: async c => {
      const webhook = world.account?.channels[0]?.webhook ?? null
      const isHeard = webhook === null || listens === undefined ? null : await listens(secrets.reveal(webhook))
      return c.json({ webhook, listens: isHeard } satisfies ReceiverState)
    },
  })

  route(app, '/_dev/channels/:channel/quirks', {
    POST: async c => {
      const quirks = await readBody(c, editQuirks)
      return c.json({ events: await dispatch({ type: 'channel.editQuirks', channel: c.req.param('channel') ?? '', quirks }) })
    },
  })

  route(app, '/_dev/channels/:channel/widget', {
    POST: async c => {
      const widget = await readBody(c, editWidget)
      return c.json({ events: await dispatch({ type: 'channel.editWidget', channel: c.req.param('channel') ?? '', widget }) })
    },
  })

  route(app, '/_dev/chats/:chat/finish', {
    POST: async c => {
      await readBody(c, finishChat)
      return c.json({ events: await dispatch({ type: 'agent.finish', chat: chatId(c) }) })
    },
  })

  route(app, '/_dev/chats/:chat/assign', {
    POST: async c => {
      await readBody(c, assignChat)
      return c.json({ events: await dispatch({ type: 'agent.assign', chat: chatId(c) }) })
    },
  })

  route(app, '/_dev/visitors/:visitor/notes', {
    POST: async c => {
      const note = await readBody(c, addNote)
      return c.json({ events: await dispatch({ type: 'agent.note', visitor: numberIn(c, 'visitor'), ...note }) })
    },
  })

  route(app, '/_dev/visitors/:visitor/contacts', {
    POST: async c => {
      const contacts = await readBody(c, editContacts)
      return c.json({ events: await dispatch({ type: 'agent.editContacts', visitor: numberIn(c, 'visitor'), contacts }) })
    },
  })

  route(app, '/_dev/visitors/:visitor/attributes', {
    POST: async c => {
      const { attributes } = await readBody(c, editAttributes)
      return c.json({ events: await dispatch({ type: 'agent.editAttributes', visitor: numberIn(c, 'visitor'), attributes }) })
    },
  })

  route(app, '/_dev/visitors/:visitor/client', {
    POST: async c => {
      const client = await readBody(c, editClient)
      return c.json({ events: await dispatch({ type: 'agent.editClient', visitor: numberIn(c, 'visitor'), client }) })
    },
  })

  route(app, '/_dev/visitors/:visitor/calls', {
    POST: async c => {
      const { type: kind, phone } = await readBody(c, startCall)
      return c.json({ events: await dispatch({ type: 'call.start', visitor: numberIn(c, 'visitor'), kind, phone }) })
    },
  })

  route(app, '/_dev/calls/:call', {
    POST: async c => {
      const change = await readBody(c, changeCall)
      return c.json({ events: await dispatch({ type: 'call.change', call: numberIn(c, 'call'), ...change }) })
    },
  })

  route(app, '/_dev/trigger', {
    POST: async c => {
      const { body } = await readBody(c, triggerWebhook)
      const { event_name: event, event_type: category, user_token: token } = body
      const { crmWebhooks } = await import('../../contracts/webhooks/crm.js')
      const isCrm = Object.hasOwn(crmWebhooks, event) || (typeof category === 'string' && category.startsWith('crm_'))
      const masked = typeof token === 'string' && token !== '' ? { ...body, user_token: secrets.hide(secrets.reveal(token)) } : body
      return c.json({ events: await dispatch({ type: 'webhook.trigger', address: isCrm ? 'crm' : 'channel', event, body: masked }) })
    },
  })

  clientRoutes(app, deps)
  resendRoute(app, deps)

  route(app, '/_dev/schema/:event', {
    GET: async c => {
      const event = c.req.param('event') ?? ''
      const [{ fieldsOf }, { contractOfDelivery, jsonSchemaOf }] = await Promise.all([
        import('../../contracts/paths.js'),
        import('../../contracts/webhooks/catalog.js'),
      ])
      const contract = contractOfDelivery(event)
      if (contract === undefined) throw new Refusal(404, 'no-event', `Nothing that Jivo sends is named ${event.slice(0, 60)}.`, 'event')
      return c.json({ event, fields: fieldsOf(contract), schema: jsonSchemaOf(contract) } satisfies EventSchema)
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

const chatId = (c: Context) => numberIn(c, 'chat')

/**
 * The journal from `?after=SEQ` on: as an event stream that goes on for ever where the client accepts one, otherwise as
 * NDJSON up to now or to `?until=SEQ`, or on and on with `?follow=1`.
 */
const streamEvents = (c: Context, journal: Journal): Response => {
  const isStream = c.req.header('accept')?.includes('text/event-stream') === true
  const after = seqOf('after', (isStream ? c.req.header('last-event-id') : undefined) ?? c.req.query('after')) ?? 0
  const until = seqOf('until', c.req.query('until')) ?? Number.POSITIVE_INFINITY
  const stop = new AbortController()
  const isFollowing = isStream || c.req.query('follow') === '1'
  const events = journal.read(after, { follow: isFollowing, signal: stop.signal })
  const encoder = new TextEncoder()
  const format = isStream ? (event: Event) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n` : (event: Event) => `${JSON.stringify(event)}\n`
  const body = new ReadableStream<Uint8Array>({
    // Something must come at once: a client counts as connected only when the head of the answer is there.
    start: controller => {
      if (isStream) controller.enqueue(encoder.encode(':\n\n'))
    },
    pull: async controller => {
      let text = ''
      do {
        const { done, value } = await events.next()
        if (done || value.seq > until) {
          if (text !== '') controller.enqueue(encoder.encode(text))
          stop.abort()
          return controller.close()
        }
        text += format(value)
        // What is there goes out together; who follows must not wait for what is yet to happen.
      } while (!isFollowing && text.length < pieceLength)
      controller.enqueue(encoder.encode(text))
    },
    cancel: () => stop.abort(),
  })
  const type = isStream ? 'text/event-stream' : 'application/x-ndjson'
  return c.body(body, 200, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' })
}

/** Characters of a piece of the journal, about. */
const pieceLength = 64 * 1024

const seqOf = (name: string, asked: string | undefined): number | undefined => {
  if (asked === undefined) return undefined
  if (!/^\d{1,15}$/.test(asked)) throw new Refusal(400, 'field', `${name} is wrong: expected a number from 0 up, got ${asked.slice(0, 40)}.`, name)
  return Number(asked)
}
