import { liveOrFinishedChat, personAtConsole, speaker } from './chats.js'
import { visitorOf } from './clients.js'
import { Refusal, type Theme } from './rule.js'

/** What agents write about a client for each other. No page hears of it, and no webhook for it is documented. */
export const notes: Theme = {
  decide: {
    'agent.note': (world, { visitor, text, chat: id }) => {
      visitorOf(world, visitor)
      if (id === undefined) return [{ type: 'client.noted', visitor, agent: personAtConsole(world), text }]
      const chat = liveOrFinishedChat(world, id)
      if (chat.visitor !== visitor) throw new Refusal(409, 'other-visitor', `Chat ${id} is visitor ${chat.visitor}'s, not visitor ${visitor}'s.`, 'chat')
      return [{ type: 'client.noted', visitor, chat: id, agent: speaker(world, chat), text }]
    },
  },
}
