import type { Event, EventOf } from '../../contracts/journal.js'
import type { Chat, Hands, World } from '../../emulator/world/world.js'

type Message = Chat['messages'][number]
type SystemType =
  | `chat.${'started' | 'accepted' | 'taken' | 'joined' | 'assigned' | 'finished'}`
  | `contacts.${'given' | 'edited'}`
  | 'card.changed'
  | `call.${'started' | 'changed'}`
  | 'rating.requested'
  | 'chat.rated'
  | `delivery.${'done' | 'failed'}`

export type Line =
  /** `hands` are those that held the chat when it was said. */
  | { readonly kind: 'message'; readonly message: Message; readonly hands: Hands | null }
  | { readonly kind: 'system'; readonly event: EventOf<SystemType> }
  /** What an agent wrote for the others. */
  | { readonly kind: 'note'; readonly event: EventOf<'client.noted'> }
  /** A delivery that did not succeed at once and will be tried again. */
  | { readonly kind: 'retry'; readonly event: EventOf<'delivery.scheduled'>; readonly attempts: number; readonly dueAt: number }

/** What people said and what happened around it, in the order of the journal. */
export const conversationLines = (chat: Chat, events: readonly Event[], pending: World['deliveries']): Line[] => {
  const messages = new Map(chat.messages.map(message => [message.id, message]))
  const lines: Line[] = []
  let hands: Hands | null = events.some(({ type }) => type === 'chat.started') ? null : chat.hands
  for (const event of events) {
    switch (event.type) {
      case 'message.sent': {
        const message = messages.get(event.message)
        if (message !== undefined) lines.push({ kind: 'message', message, hands })
        messages.delete(event.message)
        break
      }
      case 'delivery.scheduled': {
        const delivery = pending[event.delivery]
        if (delivery !== undefined && delivery.attempts > 0) lines.push({ kind: 'retry', event, attempts: delivery.attempts, dueAt: delivery.dueAt })
        break
      }
      case 'contacts.given':
        // What the server's answer gave is said in the line of its delivery.
        if (event.via !== 'webhook') lines.push({ kind: 'system', event })
        break
      case 'card.changed':
        if (event.via !== 'webhook') lines.push({ kind: 'system', event })
        break
      case 'chat.accepted':
      case 'chat.taken':
        hands = event.type === 'chat.taken' ? 'person' : event.hands
        lines.push({ kind: 'system', event })
        break
      case 'client.noted':
        lines.push({ kind: 'note', event })
        break
      case 'chat.started':
      case 'chat.joined':
      case 'chat.assigned':
      case 'chat.finished':
      case 'contacts.edited':
      case 'call.started':
      case 'call.changed':
      case 'rating.requested':
      case 'chat.rated':
      case 'delivery.done':
      case 'delivery.failed':
        lines.push({ kind: 'system', event })
        break
    }
  }
  // What the events do not have is older than all of them.
  const older = [...messages.values()].map((message): Line => ({ kind: 'message', message, hands: chat.hands }))
  return [...older, ...lines]
}

/** What an answer to a webhook brought: keys of the card, and `contacts`. */
export const broughtBy = (effects: readonly Event[]): string[] =>
  effects.flatMap(event => {
    if (event.type === 'card.changed') return Object.entries(event.card).flatMap(([key, value]) => (value === false || value === undefined ? [] : [key]))
    return event.type === 'contacts.given' ? ['contacts'] : []
  })
