import { liveOrFinishedChat } from './chats.js'
import type { Theme } from './rule.js'

/** What came of asking an assistant. It may answer after the chat is finished. Nothing is sent: the agent decides. */
export const suggestions: Theme = {
  decide: {
    'assistant.answer': (world, { chat, text }) => {
      const { visitor } = liveOrFinishedChat(world, chat)
      return [{ type: 'answer.suggested', chat, visitor, text }]
    },

    'assistant.fail': (world, { chat, message }) => {
      const { visitor } = liveOrFinishedChat(world, chat)
      return [{ type: 'warning.raised', code: 'suggestion', message, visitor }]
    },
  },
}
