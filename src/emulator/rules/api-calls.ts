import type { Fact } from '../../contracts/journal.js'
import { contactsArgument, customDataArgument } from '../../contracts/page-channel.js'
import { openChat } from './chats.js'
import { pageOf } from './pages.js'
import type { Theme } from './rule.js'

/** Calls of `jivo_api` that change something on Jivo's side. The widget answers the page; what follows is decided here. */
export const calls: Theme = {
  decide: {
    'page.api': (world, { page, method, args, result }) => [
      { type: 'api.called', page, visitor: pageOf(world, page).visitor, method, args: [...args], result },
    ],
  },

  react: {
    'api.called': (world, { page, visitor, method, args, result }) => {
      if (typeof result === 'object' && result !== null && 'result' in result && result.result === 'fail') return []
      switch (method) {
        case 'setContactInfo': {
          const contacts = contactsArgument.safeParse(args[0])
          if (!contacts.success) return [misuse(page, visitor, method, contacts.error.issues[0]?.message)]
          const chat = openChat(world, visitor)?.id
          return [{ type: 'contacts.given', visitor, page, ...(chat === undefined ? {} : { chat }), via: 'api', contacts: contacts.data }]
        }
        case 'setCustomData': {
          const customData = customDataArgument.safeParse(args[0])
          if (!customData.success) return [misuse(page, visitor, method, customData.error.issues[0]?.message)]
          const chat = openChat(world, visitor)?.id
          return [{ type: 'card.changed', visitor, ...(chat === undefined ? {} : { chat }), via: 'api', card: { customData: customData.data } }]
        }
        case 'setUserToken':
          return typeof args[0] === 'string' ? [{ type: 'token.set', visitor, page, token: args[0] }] : []
        default:
          return []
      }
    },
  },
}

const misuse = (page: string, visitor: number, method: string, problem = 'wrong argument'): Fact => ({
  type: 'warning.raised',
  code: 'api-misuse',
  message: `${method}: ${problem}`,
  page,
  visitor,
  source: 'Widget API, methods',
})
