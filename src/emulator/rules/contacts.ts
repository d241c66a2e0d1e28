import type { Fact } from '../../contracts/journal.js'
import { openChat } from './chats.js'
import type { GivenContacts } from './inputs.js'
import { pageOf } from './pages.js'
import { Refusal, type Theme } from './rule.js'

/** What visitors say about themselves, and the form that they send while nobody is online. */
export const contacts: Theme = {
  decide: {
    'visitor.introduce': (world, { page, contacts }) => {
      const { visitor } = pageOf(world, page)
      const chat = openChat(world, visitor)?.id
      return [{ type: 'contacts.given', visitor, page, ...(chat === undefined ? {} : { chat }), via: 'form', contacts: given(contacts) }]
    },

    'visitor.leaveMessage': (world, { page, id: form, contacts, message }, now) => {
      const { visitor } = pageOf(world, page)
      if (world.account?.mode !== 'offline') {
        throw new Refusal(409, 'online', 'The offline form is for the time when no agent is online; an agent is online now.')
      }
      if (world.offlineMessages.some(sent => sent.form === form)) return []
      const offlineMessage = Math.max(now, (world.offlineMessages.at(-1)?.id ?? 0) + 1)
      const facts: Fact[] = [{ type: 'offline.received', visitor, page, form, chat: world.next.chat, offlineMessage, message }]
      return [{ type: 'contacts.given', visitor, page, via: 'offline', contacts: given(contacts) }, ...facts]
    },
  },
}

/** Without the keys that were left out. */
const given = (contacts: GivenContacts) =>
  Object.fromEntries(Object.entries(contacts).filter(([, value]) => value !== undefined)) as Record<string, string | null>
