import type { Event, Fact } from '../../contracts/journal.js'
import type { ChannelWebhookBody } from '../../contracts/webhooks/events.js'
import type { World } from '../world/world.js'
import type { Theme } from './rule.js'
import { chatAcceptedBody, chatFinishedBody, chatUpdatedBody, offlineMessageBody } from './webhook-bodies.js'

/** Which webhook follows from which event. */
export const webhooks: Theme = {
  react: {
    'chat.accepted': (world, event) => schedule(world, event, chatAcceptedBody(world, event.chat)),

    // Documented for the contact form and for the agent's edits; that `setContactInfo` counts too is a guess: Jivo shows
    // its values "as if typed by the visitor".
    'contacts.given': (world, event) => {
      const isDialog = event.chat !== undefined && world.chats[event.chat]?.status === 'accepted'
      const byVisitor = event.via === 'form' || event.via === 'api'
      return isDialog && byVisitor && event.chat !== undefined ? schedule(world, event, chatUpdatedBody(world, event.chat)) : []
    },

    'chat.finished': (world, event) => schedule(world, event, chatFinishedBody(world, event.chat)),

    'offline.received': (world, event) => schedule(world, event, offlineMessageBody(world, event)),
  },
}

/** A delivery to the channel's webhook address, or nothing when it has none. */
const schedule = (world: World, cause: Event, body: ChannelWebhookBody | undefined): Fact[] => {
  const channel = world.account?.channels.find(({ id }) => id === body?.widget_id)
  if (body === undefined || channel?.webhook == null) return []
  const visitor = 'visitor' in cause ? cause.visitor : undefined
  return [
    {
      type: 'delivery.scheduled',
      delivery: `d${cause.seq}`,
      channel: channel.id,
      event: body.event_name,
      to: channel.webhook,
      ...(visitor === undefined ? {} : { visitor }),
      ...('chat_id' in body ? { chat: body.chat_id } : {}),
      body: { ...body },
    },
  ]
}
