import { visitorOf } from './clients.js'
import { pageOf, pagesOf } from './pages.js'
import { Refusal, type Theme } from './rule.js'

/** Proactive invitations: an agent's text that opens the window. The page's own come from `showProactiveInvitation` and from automatic actions. */
export const invitations: Theme = {
  decide: {
    'agent.invite': (world, { visitor: number, text }) => {
      visitorOf(world, number)
      if (pagesOf(world, number).length === 0)
        throw new Refusal(409, 'no-pages', `Visitor ${number} has no page open, so there is nobody to invite.`, 'visitor')
      return [{ type: 'invitation.sent', visitor: number, via: 'agent', text }]
    },

    'page.invited': (world, { page, text, name }) => [
      { type: 'invitation.sent', visitor: pageOf(world, page).visitor, page, via: 'action', text, ...(name === undefined ? {} : { name }) },
    ],
  },
}
