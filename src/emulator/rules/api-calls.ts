import type { Fact } from '../../contracts/journal.js'
import { openChat } from './chats.js'
import type { ApiEffect } from './inputs.js'
import { pageOf } from './pages.js'
import type { Theme } from './rule.js'

/** Calls of `jivo_api` that change something on Jivo's side. The widget answers the page; what follows is decided here. */
export const calls: Theme = {
  decide: {
    'page.api': (world, { page, method, args, result, effects }) => {
      const { visitor } = pageOf(world, page)
      const chat = openChat(world, visitor)?.id
      const about = { visitor, ...(chat === undefined ? {} : { chat }), via: 'api' as const }
      const factOf = (effect: ApiEffect): Fact => {
        switch (effect.kind) {
          case 'contacts':
            return { type: 'contacts.given', ...about, page, contacts: effect.contacts }
          case 'custom-data':
            return { type: 'card.changed', ...about, card: { customData: [...effect.fields] } }
          case 'token':
            return { type: 'token.set', visitor, page, token: effect.token }
          case 'misuse':
            return { type: 'warning.raised', code: 'api-misuse', message: `${method}: ${effect.problem}`, page, visitor, source: 'Widget API, methods' }
        }
      }
      return [{ type: 'api.called', page, visitor, method, args: [...args], result }, ...effects.map(factOf)]
    },
  },
}
