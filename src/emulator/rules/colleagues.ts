import type { Fact } from '../../contracts/journal.js'
import { agentOf, inPersonsHands, isHeldByPerson, isIn, liveChat, speaker } from './chats.js'
import { Refusal, type Theme } from './rule.js'

/**
 * Several agents in one chat: one brings in another, or hands the chat over.
 *
 * Jivo documents a webhook for neither, so none follows. `chat_finished` names everybody who took part.
 */
export const colleagues: Theme = {
  decide: {
    'agent.bringIn': (world, { chat: id, agent }) => {
      const chat = liveChat(world, id)
      const { name } = agentOf(world, agent)
      const by = speaker(world, chat)
      if (agent === by || isIn(chat, agent)) throw new Refusal(409, 'in-chat', `${name} is in chat ${id} already.`, 'agent')
      return [...inPersonsHands(world, chat), { type: 'chat.joined', chat: id, visitor: chat.visitor, agent, by }]
    },

    'agent.handOver': (world, { chat: id, agent }) => {
      const chat = liveChat(world, id)
      const { name } = agentOf(world, agent)
      const { visitor, agent: by } = chat
      if (!isHeldByPerson(chat)) return inPersonsHands(world, chat, agent)
      if (agent === by) throw new Refusal(409, 'has-chat', `${name} has chat ${id} already.`, 'agent')
      return [{ type: 'chat.taken', chat: id, visitor, agent, ...(by === null ? {} : { by }) } satisfies Fact]
    },
  },
}
