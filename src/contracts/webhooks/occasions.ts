import type { Provenance } from '../evidence.js'
import type { WebhookName } from './events.js'

/** When a webhook is sent, and what its answer may hold. */
export interface Occasion extends Provenance {
  /** When it is sent, as the end of "Sent when …". */
  readonly when: string
  /** Editions of the documentation that have the event. */
  readonly editions: string
  /** `data`: the answer is shown to the agent. `result`: only `result` counts. `none`: no answer is documented. */
  readonly reply: 'data' | 'result' | 'none'
}

const page = { evidence: 'documented', source: 'Webhooks API, list of events' } as const
const list = { evidence: 'documented', source: 'CRM webhooks, list of events', editions: 'C', reply: 'none' } as const

const crm = (when: string): Occasion => ({ ...list, when })

export const occasions: Readonly<Record<WebhookName, Occasion>> = {
  call_event: { ...page, when: 'a call reaches the agents, and each time the state of that call changes', editions: 'B, C', reply: 'none' },
  chat_accepted: { ...page, when: 'an agent takes the chat', editions: 'A, B, C', reply: 'data' },
  chat_assigned: {
    evidence: 'documented',
    source: 'Webhooks API, the oldest edition; libraries still handle it',
    when: 'the agent binds the chat to a CRM card, through the `crm_link` of the reply to chat_accepted',
    editions: 'A',
    reply: 'result',
  },
  chat_updated: { ...page, when: "the visitor's contacts change during an accepted dialog, entered by either side", editions: 'A, B, C', reply: 'data' },
  client_updated: {
    ...page,
    when: 'data of a client change outside of an accepted dialog: the responsible agent, the company, contacts in the CRM or in a pop-up window',
    editions: 'late B, C',
    reply: 'result',
  },
  client_attribute_updated: {
    ...page,
    when: 'attributes of a client change: an agent edits them, or an attribute field of the contact form is filled',
    editions: 'C',
    reply: 'none',
  },
  chat_finished: { ...page, when: 'the chat is closed, by the agent or some time after the visitor left', editions: 'A, B, C', reply: 'result' },
  offline_message: { ...page, when: 'the offline form is sent while no agent is online', editions: 'A, B, C', reply: 'result' },
  created_pipeline: crm('a pipeline of deals is made'),
  updated_pipeline: crm('a pipeline changes: its title, currency, statuses or reject reasons'),
  deleted_pipeline: crm('a pipeline is deleted'),
  created_status: crm('a category of clients is made'),
  updated_status: crm('a category changes'),
  deleted_status: crm('a category is deleted; its clients may move to another'),
  reordered_status: crm('a category gets another position'),
  assigned_status: crm('a client gets a category'),
  changed_require_update_of_status: crm('agents must, or need no longer, choose a category'),
  created_client_tag: crm('a tag is made'),
  updated_client_tag: crm('a tag changes'),
  deleted_client_tag: crm('a tag is deleted'),
  merged_client_tag: crm('tags go into another one'),
  changed_administrator_only_client_tag: crm('editing of tags is given to administrators only, or to everybody'),
  created_deal: crm('a deal is opened'),
  updated_deal: crm('a deal changes: its status, amount, agent, text'),
  deleted_deal: crm('a deal is deleted'),
  created_task: crm('a task is made'),
  deleted_task: crm('a task is deleted'),
  updated_task: crm('a task changes'),
  completed_task: crm('a task is done'),
  fired_task: crm('the time of a task has come'),
  created_organization: crm('a company is made'),
  assigned_agent_to_client: crm('a client gets another responsible agent'),
  created_client: crm('a client appears'),
  deleted_client: crm('a client is deleted'),
  updated_client: crm('data of a client change'),
  changed_client_company: crm('a client moves to another company, or to none'),
  changed_client_blacklist: crm('a client is blocked or unblocked'),
  updated_client_contacts: crm('contacts of a client change'),
}
