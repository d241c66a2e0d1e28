import type { ServerFrame } from '../../src/contracts/page-channel.js'
import { defaultWidget } from '../../src/emulator/account.js'
import { noContacts } from '../../src/widget/contacts.js'

/** The first frame that a page gets, of a visitor who has said nothing yet. */
export const welcomeFrame: ServerFrame & { type: 'welcome' } = {
  type: 'welcome',
  seq: 10,
  heard: 0,
  visitor: 1,
  mode: 'online',
  contacts: noContacts,
  agent: null,
  settings: defaultWidget,
  pages: 1,
  rating: null,
  call: null,
  messages: [],
}
