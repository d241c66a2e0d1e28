import { agents } from './agents.js'
import { calls } from './api-calls.js'
import { callbacks } from './callbacks.js'
import { chats } from './chats.js'
import { contacts } from './contacts.js'
import { deliveries } from './deliveries.js'
import { lifecycle } from './lifecycle.js'
import { pages } from './pages.js'
import { combine } from './rule.js'
import { webhooks } from './webhooks.js'

/** All behaviour of the fake Jivo, one file a theme. The order is the order in which themes react to the same event. */
export const { decide, react } = combine([lifecycle, pages, calls, contacts, chats, callbacks, webhooks, agents, deliveries])
