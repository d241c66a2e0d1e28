/** Every webhook that Jivo has, in the order of its documentation. The contracts themselves would bring their library along. */
export const channelEvents = [
  'call_event',
  'chat_accepted',
  'chat_assigned',
  'chat_updated',
  'client_updated',
  'client_attribute_updated',
  'chat_finished',
  'offline_message',
] as const

export const crmEvents = [
  'created_pipeline',
  'updated_pipeline',
  'deleted_pipeline',
  'created_status',
  'updated_status',
  'deleted_status',
  'reordered_status',
  'assigned_status',
  'changed_require_update_of_status',
  'created_client_tag',
  'updated_client_tag',
  'deleted_client_tag',
  'merged_client_tag',
  'changed_administrator_only_client_tag',
  'created_deal',
  'updated_deal',
  'deleted_deal',
  'created_task',
  'deleted_task',
  'updated_task',
  'completed_task',
  'fired_task',
  'created_organization',
  'assigned_agent_to_client',
  'created_client',
  'deleted_client',
  'updated_client',
  'changed_client_company',
  'changed_client_blacklist',
  'updated_client_contacts',
] as const

/** Names that have every word of the search, which may be cut short: `cl tag` finds `created_client_tag`. */
export const searchEvents = (names: readonly string[], search: string): string[] => {
  const words = search
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean)
  return names.filter(name => words.every(word => name.includes(word)))
}

export const isCrmEvent = (name: string): boolean => (crmEvents as readonly string[]).includes(name)
