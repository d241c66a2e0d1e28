import * as z from 'zod'
import { documented, guessed } from '../evidence.js'

/**
 * Bodies of the CRM webhooks, which go to the account's CRM address. A category (`event_type`) has several actions
 * (`event_name`). Ids are numbers, references are objects of one key, and switches are 1 or 0.
 */

const tables = documented('CRM webhooks, parameter tables')
const examples = documented('CRM webhooks, example bodies')
const asZeroOrOne = documented('CRM webhooks, example bodies; the table says boolean')
const unplaced = guessed('no example contains it; the top level is assumed')
const disagreeing = documented('CRM webhooks, list of events against example bodies')
const byAnalogy = guessed('the body is not shown; made by analogy with its neighbours')

const id = z.int().positive()
const seconds = z.int().nonnegative()
const zeroOrOne = z.union([z.literal([0, 1]), z.boolean()])
const color = z.string().regex(/^[0-9a-fA-F]{6}$/)

const head = <Type extends string, Name extends string>(type: Type, name: Name) => ({
  event_name: tables(z.literal(name), 'decides the shape of the body'),
  event_type: unplaced(z.literal(type).optional(), 'the category of the event'),
})

/** An event whose list entry and example have different names. */
const twoNames = <Type extends string, const Names extends readonly [string, string]>(type: Type, names: Names) => ({
  ...head(type, ''),
  event_name: disagreeing(z.enum(names), 'decides the shape of the body'),
})

const pipelineStatus = z.strictObject({
  pipeline_status_id: tables(id),
  title: tables(z.string()),
  position: tables(z.int(), 'order in the pipeline; both system statuses are at 0 in the example'),
  color: tables(color, 'six hexadecimal digits without #'),
  type: tables(z.enum(['system', 'user']), 'made by Jivo or by the user'),
  final_status: tables(z.enum(['successful', 'unsuccessful']).nullable(), 'null for a status that is on the way'),
})

const rejectReason = z.strictObject({
  pipeline_reject_reason_id: tables(id),
  title: tables(z.string()),
  position: tables(z.int()),
})

const crmPipeline = <Name extends string>(name: Name) =>
  z.strictObject({
    ...head('crm_pipeline', name),
    pipeline_id: tables(id),
    title: tables(z.string()),
    currency: tables(z.string().length(3), 'ISO 4217 code'),
    pipeline_statuses: tables(z.array(pipelineStatus)),
    pipeline_reject_reasons: tables(z.array(rejectReason)),
  })

/** A category of clients. `new_status_id` is where clients were moved when the status was deleted. */
const statusFields = (mark: typeof tables) => ({
  title: mark(z.string()),
  color: mark(color, 'six hexadecimal digits without #'),
  position: mark(z.int()),
  status_id: mark(id),
  new_status_id: mark(id.nullable(), 'where clients were moved on deletion, otherwise null'),
})

const clientStatus = statusFields(tables)

const clientTag = z.strictObject({ tag_id: tables(id), title: tables(z.string()) })

const contact = z.strictObject({
  contact_type: tables(z.enum(['phone', 'email'])),
  contact: tables(z.string()),
  channel_type: tables(z.enum(['agent_app', 'widget']), 'where the contact was entered'),
})

const client = {
  client_id: tables(id),
  widget: tables(z.strictObject({ widget_id: tables(id, 'the channel, here a number') })),
  name: tables(z.string()),
  avatar_url: tables(z.string().nullable()),
  description: tables(z.string().nullable()),
  social: tables(z.record(z.string(), z.unknown()).nullable()),
  assigned_agent: tables(z.strictObject({ assigned_agent_id: tables(id.nullable()) })),
  crm_link: tables(z.string().nullable()),
  chats_count: tables(z.int().nonnegative()),
  visits_count: tables(z.int().nonnegative()),
  custom_data: tables(z.array(z.record(z.string(), z.unknown())).nullable()),
  status: tables(z.strictObject(clientStatus).nullable()),
  organization: tables(z.strictObject({ organization_id: tables(id), name: tables(z.string()) }).nullable()),
  tags: tables(z.array(clientTag)),
  has_deal: asZeroOrOne(zeroOrOne, 'the client has a deal'),
  contacts: tables(z.array(contact)),
  blacklist: tables(
    z
      .strictObject({
        agent: tables(z.strictObject({ agent_id: tables(id) })),
        block_datetime_ts: tables(seconds, 'seconds since 1970'),
        unblock_datetime_ts: tables(seconds.nullable(), 'seconds since 1970'),
        ip_address: tables(z.string()),
      })
      .nullable(),
  ),
}

const crmStatus = <Name extends string>(name: Name) => z.strictObject({ ...head('crm_status', name), ...clientStatus })

const crmStatusReordered = z.strictObject({ ...head('crm_status', 'reordered_status'), ...statusFields(byAnalogy) })

/** A client got another status. */
const crmStatusAssigned = z.strictObject({
  ...head('crm_status', 'assigned_status'),
  status: tables(z.strictObject(clientStatus)),
  client: tables(z.strictObject(client)),
})

const crmStatusRequired = z.strictObject({
  ...head('crm_status', 'changed_require_update_of_status'),
  enabled: byAnalogy(zeroOrOne, 'agents must choose a status'),
})

const crmClientTag = <Name extends string>(name: Name) =>
  z.strictObject({
    ...head('crm_client_tag', name),
    tag_id: tables(id),
    title: tables(z.string()),
  })

/** Tags were joined into one. The list of events says `merged_client_tag`, the example `merged_tag`. */
const crmClientTagMerged = z.strictObject({
  ...twoNames('crm_client_tag', ['merged_client_tag', 'merged_tag']),
  tag: examples(clientTag, 'the tag that stays'),
  merged_tags: examples(z.array(clientTag), 'the tags that went into it'),
})

const crmClientTagRestricted = z.strictObject({
  ...head('crm_client_tag', 'changed_administrator_only_client_tag'),
  enabled: asZeroOrOne(zeroOrOne, 'only administrators may edit tags'),
})

const dealFields = {
  deal_id: tables(id),
  client: tables(z.strictObject({ client_id: tables(id) })),
  title: tables(z.string()),
  text: tables(z.string()),
  amount: tables(z.number().nullable()),
  pipeline: tables(
    z.strictObject({
      pipeline_id: tables(id),
      pipeline_status: tables(z.strictObject({ pipeline_status_id: tables(id) })),
      pipeline_reject_reason: tables(z.strictObject({ pipeline_reject_reason_id: tables(id.nullable()) })),
    }),
  ),
  assigned_agent: tables(z.strictObject({ assigned_agent_id: tables(id) })),
  created_ts: tables(seconds, 'seconds since 1970'),
  closed_ts: tables(seconds.nullable(), 'seconds since 1970; null while it is open'),
  creator_agent: tables(z.strictObject({ creator_agent_id: tables(id) })),
}

const crmDeal = <Name extends string>(name: Name) => z.strictObject({ ...head('crm_deal', name), ...dealFields })

const taskFields = {
  text: tables(z.string()),
  status: examples(z.string(), '`active` in the example; other values are not known'),
  task_id: tables(id),
  agent: tables(z.strictObject({ agent_id: tables(id) })),
  client: tables(z.strictObject({ client_id: tables(id) })),
  notify_ts: tables(seconds, 'seconds since 1970'),
  created_ts: tables(seconds, 'seconds since 1970'),
  updated_ts: tables(seconds, 'seconds since 1970'),
  show_notification: asZeroOrOne(zeroOrOne, 'the agent is reminded'),
  creator_agent: tables(z.strictObject({ creator_agent_id: tables(id) })),
  deal: tables(z.strictObject({ deal_id: tables(id) })),
}

const crmTask = <Name extends string>(name: Name) => z.strictObject({ ...head('crm_task', name), ...taskFields })

/** The list of events says `completed_task`, the example `completed task`. */
const crmTaskCompleted = z.strictObject({ ...twoNames('crm_task', ['completed_task', 'completed task']), ...taskFields })

const crmOrganization = z.strictObject({
  ...head('crm_organization', 'created_organization'),
  organization_id: tables(id),
})

/** A client. All seven events have the same body. */
const crmClient = <Name extends string>(name: Name) => z.strictObject({ ...head('crm_client', name), ...client })

/** The contract of every CRM webhook by the value of its `event_name`. */
export const crmWebhooks = {
  created_pipeline: crmPipeline('created_pipeline'),
  updated_pipeline: crmPipeline('updated_pipeline'),
  deleted_pipeline: crmPipeline('deleted_pipeline'),
  created_status: crmStatus('created_status'),
  updated_status: crmStatus('updated_status'),
  deleted_status: crmStatus('deleted_status'),
  reordered_status: crmStatusReordered,
  assigned_status: crmStatusAssigned,
  changed_require_update_of_status: crmStatusRequired,
  created_client_tag: crmClientTag('created_client_tag'),
  updated_client_tag: crmClientTag('updated_client_tag'),
  deleted_client_tag: crmClientTag('deleted_client_tag'),
  merged_client_tag: crmClientTagMerged,
  changed_administrator_only_client_tag: crmClientTagRestricted,
  created_deal: crmDeal('created_deal'),
  updated_deal: crmDeal('updated_deal'),
  deleted_deal: crmDeal('deleted_deal'),
  created_task: crmTask('created_task'),
  deleted_task: crmTask('deleted_task'),
  updated_task: crmTask('updated_task'),
  completed_task: crmTaskCompleted,
  fired_task: crmTask('fired_task'),
  created_organization: crmOrganization,
  assigned_agent_to_client: crmClient('assigned_agent_to_client'),
  created_client: crmClient('created_client'),
  deleted_client: crmClient('deleted_client'),
  updated_client: crmClient('updated_client'),
  changed_client_company: crmClient('changed_client_company'),
  changed_client_blacklist: crmClient('changed_client_blacklist'),
  updated_client_contacts: crmClient('updated_client_contacts'),
} as const satisfies Record<string, z.ZodType>

type BodyOf<Name extends keyof typeof crmWebhooks> = z.infer<(typeof crmWebhooks)[Name]>

export type CrmStatusAssigned = z.infer<typeof crmStatusAssigned>
export type CrmClient = BodyOf<
  | 'assigned_agent_to_client'
  | 'created_client'
  | 'deleted_client'
  | 'updated_client'
  | 'changed_client_company'
  | 'changed_client_blacklist'
  | 'updated_client_contacts'
>
