import type { Event, EventOf, FactType } from '../../contracts/journal.js'
import type { Contacts } from '../../contracts/page-channel.js'
import type { EnteredIn, World } from './world.js'

type Folds = { readonly [Type in FactType]?: (world: World, event: EventOf<Type>) => void }

/** Messages of one chat that the world keeps: a bot in a loop must not fill the memory. */
export const mostMessages = 1_000

const forgottenAtOnce = 100
/** Notes that a visitor has at most: the older ones stay in the journal. */
const mostNotes = 200

const noContacts: Contacts = { name: null, phone: null, email: null, description: null }

/** What each event changes. An event that is not here leaves no trace in the world. */
const folds: Folds = {
  'emulator.started': (world, event) => {
    world.version = event.version
    world.seed = event.seed
    world.origin = event.origin
    // A page belongs to a connection, and no connection outlives the process.
    for (const page of Object.keys(world.pages)) leave(world, page)
  },

  'account.changed': (world, event) => {
    world.account = event.account
    world.accountChangedAt = event.at
  },

  'visitor.appeared': (world, event) => {
    world.visitors[event.visitor] = {
      number: event.visitor,
      key: event.key,
      contacts: noContacts,
      token: null,
      tokenAs: null,
      identity: event.identity ?? null,
      card: {},
      utm: event.utm ?? null,
      from: event.from ?? null,
      notes: [],
      attributes: {},
      attributeCalls: [],
      typing: null,
      invitation: null,
      client: { organization: null, status: null, assignedAgent: null, tags: [] },
      clientSince: null,
      enteredIn: {},
      visits: 0,
      chats: [],
      lastPage: null,
    }
    world.visitorKeys[event.key] = event.visitor
    world.next.visitor = Math.max(world.next.visitor, event.visitor + 1)
  },

  'page.opened': (world, event) => {
    const { page: id, visitor: number, channel, url, title, userAgent, language, at: openedAt } = event
    const place = { url, title, userAgent, language }
    const visitor = world.visitors[number]
    if (visitor !== undefined) {
      visitor.lastPage = place
      visitor.visits += 1
    }
    world.pages[id] = { id, channel, visitor: number, own: number, ...place, state: null, heard: world.away[id]?.heard ?? 0, openedAt }
    delete world.away[id]
  },

  'page.returned': (world, event) => {
    const page = world.away[event.page]
    if (page !== undefined) world.pages[event.page] = page
    delete world.away[event.page]
  },

  'page.identified': (world, event) => {
    const page = world.pages[event.page]
    const visitor = world.visitors[event.visitor]
    if (page === undefined || visitor === undefined) return
    const { url, title, userAgent, language } = page
    page.visitor = event.visitor
    visitor.lastPage = { url, title, userAgent, language }
    visitor.visits += 1
  },

  'page.moved': (world, event) => {
    const { page: id, visitor: number, url, title } = event
    const page = world.pages[id]
    if (page === undefined) return
    page.url = url
    page.title = title
    const visitor = world.visitors[number]
    if (visitor?.lastPage != null) visitor.lastPage = { ...visitor.lastPage, url, title }
  },

  'visitor.moved': (world, { visitor: number, url, title }) => {
    const visitor = world.visitors[number]
    if (visitor !== undefined) visitor.lastPage = { userAgent: '', language: '', ...visitor.lastPage, url, title }
  },

  'page.closed': (world, event) => {
    leave(world, event.page)
  },

  'widget.changed': (world, event) => {
    const page = world.pages[event.page]
    if (page !== undefined) page.state = event.to
  },

  'chat.started': (world, event) => {
    world.chats[event.chat] = {
      id: event.chat,
      visitor: event.visitor,
      channel: event.channel,
      startedAt: event.at,
      status: event.bot === undefined ? 'waiting' : 'bot',
      bot: event.bot ?? null,
      agent: null,
      hands: null,
      agents: [],
      messages: [],
      earlier: 0,
      read: { visitor: null, agent: null },
      takenBy: null,
      typingToldAt: null,
      answerBy: null,
      finishedAt: null,
      rating: null,
    }
    world.next.chat = Math.max(world.next.chat, event.chat + 1)
    world.visitors[event.visitor]?.chats.push(event.chat)
  },

  'chat.handed': (world, event) => {
    const chat = world.chats[event.chat]
    if (chat?.status !== 'bot') return
    chat.status = 'waiting'
    chat.answerBy = null
  },

  'answer.awaited': (world, event) => {
    const chat = world.chats[event.chat]
    if (chat !== undefined) chat.answerBy = event.until
  },

  'chat.accepted': (world, event) => {
    const chat = world.chats[event.chat]
    if (chat === undefined) return
    chat.status = 'accepted'
    chat.answerBy = null
    chat.agent = event.agent
    chat.takenBy = event.seq
    chat.hands = event.hands
    if (!chat.agents.includes(event.agent)) chat.agents.push(event.agent)
  },

  'chat.taken': (world, event) => {
    const chat = world.chats[event.chat]
    if (chat === undefined) return
    chat.agent = event.agent
    chat.takenBy = event.seq
    chat.hands = 'person'
    if (!chat.agents.includes(event.agent)) chat.agents.push(event.agent)
  },

  'chat.joined': (world, event) => {
    const chat = world.chats[event.chat]
    if (chat !== undefined && !chat.agents.includes(event.agent)) chat.agents.push(event.agent)
  },

  'chat.finished': (world, event) => {
    const chat = world.chats[event.chat]
    if (chat === undefined) return
    chat.status = 'finished'
    chat.answerBy = null
    chat.finishedAt = event.at
  },

  'message.sent': (world, event) => {
    const name = event.by === 'bot' ? world.account?.bots.find(({ id }) => id === event.bot)?.name : undefined
    const agent = world.account?.agents.find(({ id }) => id === event.agent)
    const chat = world.chats[event.chat]
    if (chat !== undefined) {
      if (event.by === 'bot') chat.answerBy = null
      if (chat.messages.length >= mostMessages) {
        chat.earlier += forgottenAtOnce
        chat.messages = chat.messages.slice(forgottenAtOnce)
      }
    }
    chat?.messages.push({
      id: event.message,
      by: event.by,
      ...(agent === undefined ? {} : { name: agent.name, agent: agent.id }),
      ...(name === undefined ? {} : { name }),
      text: event.text,
      ...(event.content === undefined ? {} : { content: event.content }),
      ...(event.button === undefined ? {} : { button: event.button }),
      at: event.at,
    })
    const visitor = world.visitors[event.visitor]
    if (visitor === undefined || event.by !== 'visitor') return
    visitor.typing = null
    visitor.invitation = null
  },

  'message.read': (world, event) => {
    const chat = world.chats[event.chat]
    if (chat !== undefined) chat.read = { ...chat.read, [event.by === 'visitor' ? 'agent' : 'visitor']: event.message }
  },

  'typing.changed': (world, event) => {
    const visitor = world.visitors[event.visitor]
    if (visitor !== undefined && event.by === 'visitor') visitor.typing = event.on ? (event.text ?? '') : null
  },

  'invitation.sent': (world, event) => {
    const visitor = world.visitors[event.visitor]
    if (visitor !== undefined) visitor.invitation = event.text
  },

  'rating.requested': (world, event) => {
    const chat = world.chats[event.chat]
    if (chat !== undefined) chat.rating ??= { rate: null }
  },

  'chat.rated': (world, event) => {
    const chat = world.chats[event.chat]
    if (chat !== undefined) chat.rating = { rate: event.rate }
  },

  'attributes.given': (world, event) => {
    const visitor = world.visitors[event.visitor]
    if (visitor === undefined) return
    Object.assign(visitor.attributes, event.attributes)
    visitor.attributeCalls = [...visitor.attributeCalls, event.at].slice(-10)
  },

  'contacts.given': (world, event) => enterContacts(world, event, 'widget'),
  'contacts.edited': (world, event) => enterContacts(world, event, 'agent_app'),

  'attributes.edited': (world, event) => {
    const visitor = world.visitors[event.visitor]
    if (visitor === undefined) return
    for (const [name, value] of Object.entries(event.attributes)) {
      if (value === null) delete visitor.attributes[name]
      else visitor.attributes[name] = value
    }
  },

  'client.edited': (world, event) => {
    const visitor = world.visitors[event.visitor]
    if (visitor !== undefined) visitor.client = { ...visitor.client, ...definedOf(event.client) }
  },

  'client.noted': (world, event) => {
    const visitor = world.visitors[event.visitor]
    const { agent, text, at } = event
    if (visitor !== undefined) visitor.notes = [...visitor.notes, { agent, text, at }].slice(-mostNotes)
  },

  'call.started': (world, event) => {
    const { call: id, visitor, chat, channel, agent, kind, phone } = event
    world.calls[id] = { id, visitor, chat, channel, agent, kind, phone, fromPage: event.page !== undefined, status: 'start', connected: [] }
    world.next.call = Math.max(world.next.call, id + 1)
    world.next.chat = Math.max(world.next.chat, chat + 1)
  },

  'call.changed': (world, event) => {
    const call = world.calls[event.call]
    if (call === undefined) return
    const { status, reason, recordUrl } = event
    call.status = status
    if (status === 'agent_connected' || status === 'client_connected') call.connected.push(status)
    if (reason !== undefined) call.reason = reason
    if (recordUrl !== undefined) call.recordUrl = recordUrl
  },

  'token.set': (world, event) => {
    const visitor = world.visitors[event.visitor]
    if (visitor === undefined) return
    visitor.token = event.token
    visitor.tokenAs = event.as ?? 'opaque'
  },

  'card.changed': (world, event) => {
    const visitor = world.visitors[event.visitor]
    if (visitor !== undefined) visitor.card = { ...visitor.card, ...event.card }
  },

  'offline.received': (world, event) => {
    const { offlineMessage: id, form, chat, visitor, message, at } = event
    world.offlineMessages.push({ id, form, chat, visitor, message, at })
    world.next.chat = Math.max(world.next.chat, chat + 1)
  },

  'delivery.scheduled': (world, event) => {
    putInOutbox(world, event)
    const chat = world.chats[event.chat ?? 0]
    if (chat !== undefined && event.event === 'chat-api.typein') chat.typingToldAt = event.at
  },
  'delivery.resent': (world, event) => putInOutbox(world, event),

  'delivery.attempted': (world, event) => {
    const delivery = world.deliveries[event.delivery]
    if (delivery !== undefined) {
      delivery.attempts = event.attempt
      delivery.dueAt = event.retryAt ?? event.at
    }
    world.tally.lastTiming = event.timing
  },

  'delivery.done': (world, event) => {
    delete world.deliveries[event.delivery]
    world.tally.done += 1
  },

  'delivery.failed': (world, event) => {
    delete world.deliveries[event.delivery]
    world.tally.failed += 1
  },
}

/** Pages that are remembered when they are gone: most of them never come back. */
const mostAway = 500

const leave = (world: World, id: string): void => {
  const page = world.pages[id]
  if (page === undefined) return
  delete world.pages[id]
  world.away[id] = page
  const [oldest] = Object.keys(world.away)
  if (oldest !== undefined && Object.keys(world.away).length > mostAway) delete world.away[oldest]
}

/** A delivery starts, or starts anew: from then on it has all its attempts before it. */
const putInOutbox = (world: World, event: EventOf<'delivery.scheduled' | 'delivery.resent'>): void => {
  const { delivery: id, channel, event: name, to, chat, visitor, body } = event
  world.deliveries[id] = {
    id,
    seq: event.seq,
    channel,
    event: name,
    to,
    ...(chat === undefined ? {} : { chat }),
    ...(visitor === undefined ? {} : { visitor }),
    body,
    attempts: 0,
    dueAt: event.at,
  }
}

const enterContacts = (world: World, event: EventOf<'contacts.given' | 'contacts.edited'>, where: EnteredIn): void => {
  const visitor = world.visitors[event.visitor]
  if (visitor === undefined) return
  const given = definedOf(event.contacts)
  const contacts = { ...visitor.contacts, ...given }
  const { phone, email } = given
  world.visitors[event.visitor] = {
    ...visitor,
    contacts,
    enteredIn: { ...visitor.enteredIn, ...(phone === undefined ? {} : { phone: where }), ...(email === undefined ? {} : { email: where }) },
    clientSince: visitor.clientSince ?? (contacts.name === null && contacts.phone === null && contacts.email === null ? null : event.seq),
  }
}

/** Without the keys that were left out. */
const definedOf = <Value extends object>(value: Value): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never

/** Takes one event into the world, in place. Events come in the order of `seq`. */
export const fold = (world: World, event: Event): void => {
  const apply = folds[event.type] as ((world: World, event: Event) => void) | undefined
  apply?.(world, event)
  if (event.order !== undefined && 'page' in event && event.page !== undefined) {
    const page = world.pages[event.page]
    if (page !== undefined) page.heard = event.order
  }
  world.seq = event.seq
}
