import { agentOf, liveChat, personAtConsole } from './chats.js'
import { pageOf } from './pages.js'
import type { Theme } from './rule.js'

/** Who is typing. An agent sees what stands in the visitor's composer; the visitor sees only that the agent types. */
export const typing: Theme = {
  decide: {
    'visitor.type': (world, { page, text }) => {
      const { visitor } = pageOf(world, page)
      const before = world.visitors[visitor]?.typing ?? null
      if (text === (before ?? '')) return []
      return [{ type: 'typing.changed', visitor, page, by: 'visitor', on: text !== '', ...(text === '' ? {} : { text }) }]
    },

    'agent.type': (world, { chat, on, agent: named }) => {
      const { visitor, agent } = liveChat(world, chat)
      const who = named === undefined ? {} : { agent: agentOf(world, named).id }
      return agent === null && personAtConsole(world) === 0 ? [] : [{ type: 'typing.changed', visitor, by: 'agent', ...who, on }]
    },
  },
}
