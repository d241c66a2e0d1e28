import type { AccountAgent } from '../../contracts/account.js'
import type { EventOf } from '../../contracts/journal.js'
import type {
  CallEvent,
  ChatAccepted,
  ChatAssigned,
  ChatFinished,
  ChatUpdated,
  ClientAttributeUpdated,
  ClientUpdated,
  OfflineMessage,
} from '../../contracts/webhooks/events.js'
import type { Chat, Visitor, World } from '../world/world.js'
import { channelOf } from './clients.js'
import { htmlTranscript, type Line, plainTranscript } from './transcript.js'

/**
 * Bodies of the webhooks, made from the world. Shapes, types and nulls follow the examples of Jivo's Webhooks API page;
 * where those leave a choice, `contracts/webhooks` says which is taken and why.
 */

export const chatAcceptedBody = (world: World, chat: number): ChatAccepted | undefined => {
  const parts = partsOf(world, world.chats[chat])
  return parts && { event_name: 'chat_accepted', ...parts.common, ...clientOf(world, parts.visitor), ...parts.dialog }
}

export const chatUpdatedBody = (world: World, chat: number): ChatUpdated | undefined => {
  const parts = partsOf(world, world.chats[chat])
  // The example of this event has no responsible agent, unlike those of its neighbours.
  return parts && { event_name: 'chat_updated', ...parts.common, ...clientOf(world, parts.visitor), assigned_agent: null, ...parts.dialog }
}

export const chatFinishedBody = (world: World, id: number): ChatFinished | undefined => {
  const chat = world.chats[id]
  const parts = partsOf(world, chat)
  if (chat === undefined || parts === undefined) return undefined
  const lines = linesOf(chat, parts.visitor)
  return {
    event_name: 'chat_finished',
    ...parts.common,
    ...noClient,
    chat_id: id,
    topic: null,
    session: parts.session,
    page: parts.page,
    analytics: null,
    agents: agentsOf(world, chat).map(agentBody),
    chat: {
      messages: chat.messages.map(({ text, at, by, agent }) => ({
        message: text,
        timestamp: Math.floor(at / 1000),
        // The documents know two kinds: a bot speaks for the agents.
        type: by === 'visitor' ? by : 'agent',
        ...(agent === undefined ? {} : { agent_id: agent }),
      })),
      blacklisted: false,
      rate: chat.rating?.rate ?? null,
    },
    plain_messages: plainTranscript(lines),
    html_messages: htmlTranscript(lines),
  }
}

export const offlineMessageBody = (world: World, event: EventOf<'offline.received'>): OfflineMessage | undefined => {
  const visitor = world.visitors[event.visitor]
  const channel = world.account?.channels.find(({ publicId }) => publicId === world.pages[event.page]?.channel)
  if (visitor === undefined || channel === undefined) return undefined
  return {
    event_name: 'offline_message',
    ...common(channel.id, visitor),
    ...noClient,
    chat_id: event.chat,
    topic: null,
    session: sessionOf(world, visitor),
    page: pageBody(visitor),
    analytics: {},
    message: event.message,
    offline_message_id: event.offlineMessage,
  }
}

export const chatAssignedBody = (world: World, { chat, crmLink }: EventOf<'chat.assigned'>): ChatAssigned | undefined => {
  const parts = partsOf(world, world.chats[chat])
  return parts && { event_name: 'chat_assigned', ...parts.common, chat_id: chat, agent: parts.dialog.agent, assign_to: crmLink }
}

export const callEventBody = (world: World, number: number): CallEvent | undefined => {
  const call = world.calls[number]
  const visitor = world.visitors[call?.visitor ?? 0]
  const channel = world.account?.channels.find(({ publicId }) => publicId === call?.channel)
  const agent = world.account?.agents.find(({ id }) => id === call?.agent)
  if (call === undefined || visitor === undefined || channel === undefined || agent === undefined) return undefined
  const { kind: type, phone, status, reason, recordUrl } = call
  return {
    event_name: 'call_event',
    ...common(channel.id, visitor),
    ...dialogOf(world, call.chat, visitor, agent),
    call: { type, phone, status, ...(reason === undefined ? {} : { reason }), ...(recordUrl === undefined ? {} : { record_url: recordUrl }) },
  }
}

export const clientUpdatedBody = (world: World, number: number): ClientUpdated | undefined => {
  const visitor = world.visitors[number]
  const channel = visitor && channelOfVisitor(world, visitor)
  if (visitor === undefined || channel === undefined) return undefined
  const { widget_id, user_token, visitor: person } = common(channel.id, visitor)
  return {
    event_name: 'client_updated',
    widget_id,
    user_token,
    client_id: String(number),
    // A number here, a string in every other event: so the examples.
    visitor: { ...person, number },
    ...clientOf(world, visitor),
  }
}

/** Carries all attributes, not only those that changed: a guess, the example does not tell. */
export const clientAttributeUpdatedBody = (world: World, number: number): ClientAttributeUpdated | undefined => {
  const visitor = world.visitors[number]
  const channel = visitor && channelOfVisitor(world, visitor)
  if (visitor === undefined || channel === undefined) return undefined
  return {
    event_name: 'client_attribute_updated',
    widget_id: channel.id,
    user_token: visitor.token,
    client_id: number,
    attributes: { ...visitor.attributes },
  }
}

const channelOfVisitor = (world: World, visitor: Visitor) => {
  const publicId = channelOf(world, visitor)
  return world.account?.channels.find(channel => channel.publicId === publicId)
}

/** The client's CRM data as the events of a dialog carry it: ids are strings, except the agent's. */
const clientOf = (world: World, { client: { organization, status, assignedAgent, tags } }: Visitor) => {
  const agent = world.account?.agents.find(({ id }) => id === assignedAgent)
  return {
    organization: organization && { id: String(organization.id), name: organization.name },
    status: status && { id: String(status.id), title: status.title },
    assigned_agent: agent === undefined ? null : { id: agent.id, email: agent.email, name: agent.name },
    tags: tags.map(({ id, title }) => ({ id: String(id), title })),
  }
}

/** The examples of these events have no CRM data of the client. */
const noClient = { organization: null, status: null, assigned_agent: null, tags: [] }

const partsOf = (world: World, chat: Chat | undefined) => {
  const visitor = world.visitors[chat?.visitor ?? 0]
  const channel = world.account?.channels.find(({ publicId }) => publicId === chat?.channel)
  if (chat === undefined || visitor === undefined || channel === undefined) return undefined
  const agent = agentsOf(world, chat).find(({ id }) => id === chat.agent) ?? world.account?.agents[0]
  if (agent === undefined) return undefined
  const session = sessionOf(world, visitor)
  const page = pageBody(visitor)
  return {
    visitor,
    session,
    page,
    common: common(channel.id, visitor),
    dialog: dialogOf(world, chat.id, visitor, agent),
  }
}

const dialogOf = (world: World, chat: number, visitor: Visitor, agent: AccountAgent) => ({
  chat_id: chat,
  topic: null,
  department: null,
  session: sessionOf(world, visitor),
  page: pageBody(visitor),
  analytics: {},
  agent: agentBody(agent),
})

const common = (widgetId: string, { token, contacts, number, chats }: Visitor) => ({
  widget_id: widgetId,
  user_token: token,
  visitor: {
    ...contacts,
    number: String(number),
    social: {},
    chats_count: chats.length,
  },
})

const sessionOf = (world: World, { utm, lastPage }: Visitor) => {
  const place = world.account?.place
  const labels = utm ?? { campaign: '(direct)', source: '(direct)' }
  return {
    geoip: place?.geoip ?? noPlace,
    utm: Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join('|'),
    utm_json: labels,
    ip_addr: place?.ip ?? '127.0.0.1',
    user_agent: lastPage?.userAgent ?? '',
  }
}

const noPlace = {
  region_code: '',
  country_code: '',
  country: '',
  region: '',
  city: '',
  latitude: '',
  longitude: '',
  organization: '',
}

const pageBody = ({ lastPage }: Visitor) => lastPage && { url: lastPage.url, title: lastPage.title }

const agentsOf = (world: World, chat: Chat): AccountAgent[] => chat.agents.flatMap(id => world.account?.agents.find(agent => agent.id === id) ?? [])

const agentBody = ({ id, name, email, phone }: AccountAgent) => ({ id: String(id), name, email, phone })

const linesOf = (chat: Chat, visitor: Visitor): Line[] =>
  chat.messages.map(({ by, name, text, at }) => ({
    who: by === 'agent' ? (name ?? 'Agent') : (visitor.contacts.name ?? `Visitor ${visitor.number}`),
    text,
    at,
  }))
