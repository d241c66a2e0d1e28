/** What a channel sends unless a switch says otherwise. Plain data: the emulator starts with it before any schema is loaded. */
export const defaultQuirks = {
  edition: 'C',
  types: 'examples',
  message_text: 'plain',
  analytics: 'examples',
  social: 'empty',
  optionals: 'null',
  topic: 'null',
  user_token: 'always',
  attributes: 'object',
  direct_utm: 'labels',
  isp: 'absent',
  widget_id: 'digits',
  merged_tag: 'merged_client_tag',
  completed_task: 'completed_task',
  event_type: 'top',
} as const
