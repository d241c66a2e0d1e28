/**
 * Values of every switch, and how sure we are of it. Plain data: the console shows it without bringing all of zod into the page.
 * A test compares the evidence with what the contract gives a source for.
 */
export const quirkChoices = {
  edition: { values: ['A', 'B', 'C'], evidence: 'documented' },
  types: { values: ['examples', 'tables'], evidence: 'documented' },
  message_text: { values: ['plain', 'masked', 'as-examples'], evidence: 'observed' },
  analytics: { values: ['examples', 'null', 'empty', 'keys'], evidence: 'documented' },
  social: { values: ['empty', 'null', 'absent', 'as-examples'], evidence: 'documented' },
  optionals: { values: ['null', 'absent'], evidence: 'observed' },
  topic: { values: ['null', 'absent'], evidence: 'guessed' },
  user_token: { values: ['always', 'as-examples'], evidence: 'documented' },
  attributes: { values: ['object', 'list'], evidence: 'guessed' },
  direct_utm: { values: ['labels', 'null'], evidence: 'observed' },
  isp: { values: ['absent', 'empty'], evidence: 'observed' },
  widget_id: { values: ['digits', 'public'], evidence: 'guessed' },
  merged_tag: { values: ['merged_client_tag', 'merged_tag'], evidence: 'documented' },
  completed_task: { values: ['completed_task', 'completed task'], evidence: 'documented' },
  event_type: { values: ['top', 'absent'], evidence: 'guessed' },
} as const

export const quirkNames = Object.keys(quirkChoices) as (keyof typeof quirkChoices)[]
