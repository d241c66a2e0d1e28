import type { Evidence } from '../../contracts/evidence.js'
import type { Quirks } from '../../contracts/webhooks/quirks.js'

interface Choice<Name extends keyof Quirks> {
  readonly values: readonly Quirks[Name][]
  readonly evidence: Evidence
}

/** Values and evidence of every switch, as its contract has them: the contract itself would bring all of zod into the page. A test compares the two. */
export const quirkChoices: { readonly [Name in keyof Quirks]: Choice<Name> } = {
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
}

export const quirkNames = Object.keys(quirkChoices) as (keyof Quirks)[]
