import type { CrmClient, CrmStatusAssigned } from '../../contracts/webhooks/crm.js'
import type { Visitor, World } from '../world/world.js'
import { channelOf } from './clients.js'

/**
 * Bodies of the CRM webhooks that follow from what happens here. Ids are numbers, references are objects of one key,
 * switches are 1 or 0. That `event_type` stands at the top is a guess: no example of Jivo's has it.
 */

export const crmClientBody = (world: World, visitor: Visitor, event: CrmClient['event_name']): CrmClient => ({
  event_type: 'crm_client',
  event_name: event,
  ...clientBody(world, visitor),
})

/** Undefined when the client has no status: the body must name one. */
export const crmStatusAssignedBody = (world: World, visitor: Visitor): CrmStatusAssigned | undefined => {
  const client = clientBody(world, visitor)
  return client.status === null ? undefined : { event_type: 'crm_status', event_name: 'assigned_status', status: client.status, client }
}

const clientBody = (world: World, visitor: Visitor): Omit<CrmClient, 'event_type' | 'event_name'> => {
  const { number, contacts, card, chats, visits, client, enteredIn } = visitor
  const channel = world.account?.channels.find(({ publicId }) => publicId === channelOf(world, visitor))
  const contact = (type: 'phone' | 'email') => {
    const value = contacts[type]
    return value === null ? [] : [{ contact_type: type, contact: value, channel_type: enteredIn[type] ?? ('widget' as const) }]
  }
  return {
    client_id: number,
    widget: { widget_id: Number(channel?.id ?? 0) },
    name: contacts.name ?? `Visitor ${number}`,
    avatar_url: null,
    description: contacts.description,
    social: null,
    assigned_agent: { assigned_agent_id: client.assignedAgent },
    crm_link: card.crmLink ?? null,
    chats_count: chats.length,
    visits_count: visits,
    custom_data: card.customData?.map(field => ({ ...field })) ?? null,
    status: client.status && { title: client.status.title, ...looks, status_id: client.status.id, new_status_id: null },
    organization: client.organization && { organization_id: client.organization.id, name: client.organization.name },
    tags: client.tags.map(({ id, title }) => ({ tag_id: id, title })),
    has_deal: 0,
    contacts: [...contact('phone'), ...contact('email')],
    blacklist: null,
  }
}

/** The emulator has no board of statuses, so all have one colour and one place. */
const looks = { color: '8fa3ad', position: 0 }
