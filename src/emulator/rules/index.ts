import { accountSettings } from './account-settings.js'
import { agents } from './agents.js'
import { calls as apiCalls } from './api-calls.js'
import { bots } from './bots.js'
import { callbacks } from './callbacks.js'
import { calls } from './calls.js'
import { chatChannels } from './chat-channels.js'
import { chatDeliveries } from './chat-deliveries.js'
import { chats } from './chats.js'
import { clients } from './clients.js'
import { colleagues } from './colleagues.js'
import { contacts } from './contacts.js'
import { deliveries } from './deliveries.js'
import { invitations } from './invitations.js'
import { lifecycle } from './lifecycle.js'
import { messengers } from './messengers.js'
import { notes } from './notes.js'
import { pages } from './pages.js'
import { ratings } from './ratings.js'
import { refusals } from './refusals.js'
import { combine } from './rule.js'
import { suggestions } from './suggestions.js'
import { typing } from './typing.js'
import { webhooks } from './webhooks.js'
import { widgetSettings } from './widget-settings.js'

/** All behaviour of the fake Jivo, one file a theme. The order is the order in which themes react to the same event. */
export const { decide, react } = combine([
  lifecycle,
  accountSettings,
  widgetSettings,
  pages,
  messengers,
  chatChannels,
  refusals,
  apiCalls,
  contacts,
  clients,
  notes,
  chats,
  colleagues,
  suggestions,
  invitations,
  ratings,
  typing,
  calls,
  callbacks,
  webhooks,
  bots,
  chatDeliveries,
  agents,
  deliveries,
])
