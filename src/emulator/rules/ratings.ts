import { liveOrFinishedChat } from './chats.js'
import { pageOf } from './pages.js'
import { Refusal, type Theme } from './rule.js'

/**
 * How a chat went, by the visitor. Jivo's documents know the result only, in `chat_finished`; that it is asked when a chat is
 * finished, and may be answered afterwards, is a guess.
 */
export const ratings: Theme = {
  decide: {
    'agent.askForRating': (world, input) => {
      const { id: chat, visitor, rating } = liveOrFinishedChat(world, input.chat)
      if (rating?.rate != null) throw new Refusal(409, 'rated', `Chat ${chat} is rated already: ${rating.rate}.`, 'chat')
      return rating === null ? [{ type: 'rating.requested', chat, visitor }] : []
    },

    'visitor.rate': (world, { page, chat: id, rate }) => {
      const { visitor } = pageOf(world, page)
      const chat = liveOrFinishedChat(world, id)
      if (chat.visitor !== visitor) throw new Refusal(404, 'no-chat', `There is no chat ${id}.`, 'chat')
      return chat.rating?.rate === rate ? [] : [{ type: 'chat.rated', chat: id, visitor, page, rate }]
    },
  },

  react: {
    'chat.finished': (world, { chat: id, visitor }) => {
      const chat = world.chats[id]
      const channel = world.account?.channels.find(({ publicId }) => publicId === chat?.channel)
      const isAsked = channel?.widget.asksForRating === true && chat !== undefined && chat.rating === null && chat.agent !== null
      return isAsked ? [{ type: 'rating.requested', chat: id, visitor }] : []
    },
  },
}
