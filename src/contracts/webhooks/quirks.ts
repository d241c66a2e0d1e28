import * as z from 'zod'
import { documented, guessed, observed } from '../evidence.js'
import { defaultQuirks } from './default-quirks.js'
import { quirkChoices } from './quirk-choices.js'

/**
 * Where Jivo's documents contradict themselves or real traffic, the channel has a switch. Each default is what most code
 * in the wild was written against; the other values are for testing a receiver against the rest.
 */

const pages = documented('the editions of the Webhooks API page')
const examplesAgainstTables = documented('Webhooks API, example bodies against parameter tables')
const receivers = observed('receivers in production')
const unknown = guessed('neither the documentation nor real traffic tells')

export const quirks = z.strictObject({
  edition: pages(
    z.enum(quirkChoices.edition.values).default(defaultQuirks.edition),
    'C is the current Russian page; B (about 2019 to 2022) has no topic, no client_attribute_updated and no CRM webhooks; A (until about 2018) has chat_assigned, string ids whatever `types` says, and no call_event, client_updated, organization, status, assigned_agent, tags, department or utm_json',
  ),
  types: examplesAgainstTables(
    z.enum(quirkChoices.types.values).default(defaultQuirks.types),
    'ids of agents, organizations, statuses and tags, visitor.number, and the switches of the CRM (1 and 0, or booleans): as the examples show or as the tables say',
  ),
  message_text: receivers(
    z.enum(quirkChoices.message_text.values).default(defaultQuirks.message_text),
    'text of chat_finished: one receiver sees it masked in chat.messages and readable in plain_messages; the example masks it and leaves both transcripts empty',
  ),
  analytics: examplesAgainstTables(
    z.enum(quirkChoices.analytics.values).default(defaultQuirks.analytics),
    'examples: null in chat_finished and {} elsewhere; or one of them everywhere; keys: ga and ym, as a library written against live data reads them',
  ),
  social: examplesAgainstTables(
    z.enum(quirkChoices.social.values).default(defaultQuirks.social),
    'visitor.social when there are no profiles; the examples have {} in call_event and chat_accepted and leave it out elsewhere; old documents show null',
  ),
  optionals: receivers(
    z.enum(quirkChoices.optionals.values).default(defaultQuirks.optionals),
    'visitor.name, email, phone and description that are not known: null, or left out',
  ),
  topic: unknown(z.enum(quirkChoices.topic.values).default(defaultQuirks.topic), 'topic and department when none was picked: null, or left out'),
  user_token: examplesAgainstTables(
    z.enum(quirkChoices.user_token.values).default(defaultQuirks.user_token),
    'as-examples leaves it out of call_event and chat_finished, although the prose promises it',
  ),
  attributes: unknown(
    z.enum(quirkChoices.attributes.values).default(defaultQuirks.attributes),
    'attributes of client_attribute_updated: one object, or a list of objects of one key; the example is not valid JSON',
  ),
  direct_utm: receivers(
    z.enum(quirkChoices.direct_utm.values).default(defaultQuirks.direct_utm),
    'direct traffic: campaign and source "(direct)", or utm null and utm_json empty as in old documents',
  ),
  isp: receivers(z.enum(quirkChoices.isp.values).default(defaultQuirks.isp), 'session.geoip.isp, which real traffic also carries'),
  widget_id: unknown(
    z.enum(quirkChoices.widget_id.values).default(defaultQuirks.widget_id),
    'widget_id: the digits of the examples, or the 10 characters of the snippet',
  ),
  merged_tag: examplesAgainstTables(
    z.enum(quirkChoices.merged_tag.values).default(defaultQuirks.merged_tag),
    'the list of CRM events and its example disagree',
  ),
  completed_task: examplesAgainstTables(
    z.enum(quirkChoices.completed_task.values).default(defaultQuirks.completed_task),
    'the list of CRM events and its example disagree',
  ),
  event_type: unknown(
    z.enum(quirkChoices.event_type.values).default(defaultQuirks.event_type),
    'event_type of CRM webhooks: at the top level, or left out as in every example',
  ),
})

/** Some of the switches: one that is left out has no default, it stays as it is. */
export const someQuirks = z.strictObject(
  Object.fromEntries(Object.entries(quirks.shape).map(([name, value]) => [name, value.unwrap().optional()])) as {
    [Name in keyof typeof quirks.shape]: z.ZodOptional<ReturnType<(typeof quirks.shape)[Name]['unwrap']>>
  },
)

export type Quirks = z.infer<typeof quirks>
