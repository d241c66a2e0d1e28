import type { Event, Fact } from '../../contracts/journal.js'
import type { ChannelWebhookBody } from '../../contracts/webhooks/events.js'
import type { World } from '../world/world.js'
import { channelOf } from './clients.js'
import { crmClientBody, crmStatusAssignedBody } from './crm-bodies.js'
import { isSent, shapeBody } from './quirks.js'
import type { Theme } from './rule.js'
import {
  callEventBody,
  chatAcceptedBody,
  chatAssignedBody,
  chatFinishedBody,
  chatUpdatedBody,
  clientAttributeUpdatedBody,
  clientUpdatedBody,
  offlineMessageBody,
} from './webhook-bodies.js'

/** Which webhook follows from which event. */
export const webhooks: Theme = {
  react: {
    'chat.accepted': (world, event) => schedule(world, event, [chatAcceptedBody(world, event.chat)]),

    // Documented for the contact form and for the agent's edits; that `setContactInfo` counts too is a guess: Jivo shows
    // its values "as if typed by the visitor".
    'contacts.given': (world, event) => {
      const isDialog = event.chat !== undefined && world.chats[event.chat]?.status === 'accepted'
      const byVisitor = event.via === 'form' || event.via === 'api'
      const body = isDialog && byVisitor && event.chat !== undefined ? chatUpdatedBody(world, event.chat) : undefined
      return schedule(world, event, [body], contactsInCrm(world, event.visitor, event))
    },

    // Documented: `chat_updated` during an accepted dialog, `client_updated` outside of one.
    'contacts.edited': (world, event) => {
      const body = event.chat === undefined ? clientUpdatedBody(world, event.visitor) : chatUpdatedBody(world, event.chat)
      return schedule(world, event, [body], contactsInCrm(world, event.visitor, event))
    },

    // Documented for the agent's edits. The widget's `setClientAttributes` is not named as a trigger and is none here.
    'attributes.edited': (world, event) => schedule(world, event, [clientAttributeUpdatedBody(world, event.visitor)]),

    // Documented for the responsible agent, the company and the category. Tags are not named, so they send nothing to the
    // channel: a guess.
    'client.edited': (world, event) => {
      const { organization, status, assignedAgent } = event.client
      const isNamed = organization !== undefined || status !== undefined || assignedAgent !== undefined
      return schedule(world, event, [isNamed ? clientUpdatedBody(world, event.visitor) : undefined], cardInCrm(world, event.visitor, event.client))
    },

    'chat.assigned': (world, event) => schedule(world, event, [chatAssignedBody(world, event)]),

    'call.started': (world, event) => schedule(world, event, [callEventBody(world, event.call)]),
    'call.changed': (world, event) => schedule(world, event, [callEventBody(world, event.call)]),

    'chat.finished': (world, event) => schedule(world, event, [chatFinishedBody(world, event.chat)]),

    'offline.received': (world, event) => schedule(world, event, [offlineMessageBody(world, event)]),
  },
}

type CrmBody = ReturnType<typeof crmClientBody> | NonNullable<ReturnType<typeof crmStatusAssignedBody>>

/**
 * What new contacts mean to the CRM. When a client comes to be is a guess: with the first name, phone or address that is
 * known of a visitor.
 */
const contactsInCrm = (world: World, number: number, { seq, contacts }: { seq: number; contacts: object }): CrmBody[] => {
  const visitor = world.visitors[number]
  if (visitor === undefined || visitor.clientSince === null) return []
  if (visitor.clientSince === seq) return [crmClientBody(world, visitor, 'created_client')]
  const bodies: CrmBody[] = []
  if ('phone' in contacts || 'email' in contacts) bodies.push(crmClientBody(world, visitor, 'updated_client_contacts'))
  if ('name' in contacts || 'description' in contacts) bodies.push(crmClientBody(world, visitor, 'updated_client'))
  return bodies
}

/** What an edit of the client's card means to the CRM: an event of its own for each part that has one. */
const cardInCrm = (world: World, number: number, changed: { [Key in 'organization' | 'status' | 'assignedAgent' | 'tags']?: unknown }): CrmBody[] => {
  const visitor = world.visitors[number]
  if (visitor === undefined) return []
  const bodies: CrmBody[] = []
  if (changed.organization !== undefined) bodies.push(crmClientBody(world, visitor, 'changed_client_company'))
  if (changed.assignedAgent !== undefined) bodies.push(crmClientBody(world, visitor, 'assigned_agent_to_client'))
  const assigned = changed.status == null ? undefined : crmStatusAssignedBody(world, visitor)
  if (assigned !== undefined) bodies.push(assigned)
  // A status that was taken away has no event, tags on a client have none either: the general one is left.
  if (changed.status === null || changed.tags !== undefined) bodies.push(crmClientBody(world, visitor, 'updated_client'))
  return bodies
}

/** Deliveries to the channel's address and to the CRM's, as far as they are set. */
const schedule = (
  world: World,
  cause: Event & { readonly visitor: number },
  bodies: readonly (ChannelWebhookBody | undefined)[],
  crm: readonly CrmBody[] = [],
): Fact[] => {
  const { account } = world
  const visitor = world.visitors[cause.visitor]
  if (account === null || visitor === undefined) return []
  const facts: Fact[] = []
  const add = (address: string, to: string, body: ChannelWebhookBody | CrmBody, channel: (typeof account.channels)[number]) => {
    if (!isSent(body.event_name, channel.quirks)) return
    facts.push({
      type: 'delivery.scheduled',
      delivery: facts.length === 0 ? `d${cause.seq}` : `d${cause.seq}.${facts.length + 1}`,
      channel: address,
      event: body.event_name,
      to,
      visitor: cause.visitor,
      ...('chat_id' in body ? { chat: body.chat_id } : {}),
      body: shapeBody({ ...body }, channel.quirks, channel),
    })
  }
  for (const body of bodies) {
    const channel = account.channels.find(({ id }) => id === body?.widget_id)
    if (body !== undefined && channel?.webhook != null) add(channel.id, channel.webhook, body, channel)
  }
  const channel = account.channels.find(({ publicId }) => publicId === channelOf(world, visitor)) ?? account.channels[0]
  if (account.crmWebhook !== null && channel !== undefined) {
    for (const body of crm) add('crm', account.crmWebhook, body, channel)
  }
  return facts
}
