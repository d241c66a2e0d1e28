import type { Hono } from 'hono'
import { askSuggestion } from '../../contracts/control.js'
import type { Event } from '../../contracts/journal.js'
import { longestSuggestion } from '../../contracts/suggestion.js'
import { liveChat } from '../rules/chats.js'
import type { Input } from '../rules/inputs.js'
import { Refusal } from '../rules/rule.js'
import { conversationOf, type Suggest } from '../suggestion.js'
import type { World } from '../world/world.js'
import { numberIn, readBody, refuse, route } from './answers.js'

export interface SuggestionDeps {
  readonly world: Readonly<World>
  readonly dispatch: (input: Input) => Promise<readonly Event[]>
  readonly suggest: Suggest
}

/** Asks the assistant about a chat. What it says goes to the agent and is never sent from here. */
export const suggestionRoute = (app: Hono, { world, dispatch, suggest }: SuggestionDeps): void => {
  const asked = new Set<number>()
  route(app, '/_dev/chats/:chat/suggestion', {
    POST: async c => {
      await readBody(c, askSuggestion)
      const id = numberIn(c, 'chat')
      const chat = liveChat(world, id)
      if (asked.has(id)) throw new Refusal(409, 'busy', `The assistant is being asked about chat ${id} already; wait for its answer.`, 'chat')
      asked.add(id)
      const answer = await suggest(conversationOf(world, chat))
        .then(checked, (error: unknown) => ({ problem: error instanceof Error ? error.message : String(error) }))
        .finally(() => asked.delete(id))
      if ('problem' in answer) {
        await dispatch({ type: 'assistant.fail', chat: id, message: answer.problem })
        return refuse(c, 502, { code: 'suggestion', message: answer.problem })
      }
      return c.json({ events: await dispatch({ type: 'assistant.answer', chat: id, text: answer.text }) })
    },
  })
}

const checked = (text: string): { readonly text: string } | { readonly problem: string } => {
  const trimmed = text.trim()
  if (trimmed === '') return { problem: 'The assistant answered with an empty text. Have it answer with the text of the message.' }
  if (trimmed.length <= longestSuggestion) return { text: trimmed }
  return { problem: `The assistant answered with ${trimmed.length} letters; a message takes ${longestSuggestion}. Have it answer shorter.` }
}
