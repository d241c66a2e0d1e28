import type { Quirks } from '../../contracts/webhooks/quirks.js'

type Json = unknown
type Body = Readonly<Record<string, Json>>

/** Whether a channel with these switches sends the event at all. */
export const isSent = (event: string, { edition }: Quirks): boolean => {
  if (event === 'chat_assigned') return edition === 'A'
  if (event === 'call_event' || event === 'client_updated') return edition !== 'A'
  return inEveryEdition.has(event) || edition === 'C'
}

const inEveryEdition = new Set(['chat_accepted', 'chat_updated', 'chat_finished', 'offline_message'])

/**
 * A body of the current edition, as `webhook-bodies` makes it, in the shape that the channel's switches ask for. The body
 * that is given stays as it is; with the default switches so does the one that is returned.
 */
export const shapeBody = (body: Body, quirks: Quirks, channel: { readonly id: string; readonly publicId: string }): Body => {
  const event = String(body.event_name)
  return steps.reduce((shaped, step) => step(shaped, quirks, event, channel), body)
}

type Step = (body: Body, quirks: Quirks, event: string, channel: { readonly id: string; readonly publicId: string }) => Body

/** One switch each, in an order in which none undoes another. */
const steps: readonly Step[] = [
  (body, { edition }) => (edition === 'C' ? body : without(body, ['topic'])),
  (body, quirks, event) => (quirks.edition === 'A' && isSent(event, quirks) ? oldest(body) : body),
  (body, { types, edition }) => (types === 'tables' && edition !== 'A' ? (asTables(body) as Body) : body),
  (body, { types }) => (types === 'tables' ? within(body, 'visitor', numberAsText) : body),
  (body, { message_text }) => (message_text === 'plain' || !('chat' in body) ? body : masked(body, message_text)),
  (body, { analytics }) => ('analytics' in body && analytics !== 'examples' ? { ...body, analytics: analyticsAs(analytics, body.analytics) } : body),
  (body, { social }, event) => within(body, 'visitor', visitor => socialAs(visitor, social, event)),
  (body, { optionals }) =>
    optionals === 'absent' ? within(body, 'visitor', visitor => withoutNull(visitor, ['name', 'email', 'phone', 'description'])) : body,
  (body, { topic }) => (topic === 'absent' ? withoutNull(body, ['topic', 'department']) : body),
  (body, { user_token }, event) =>
    user_token === 'as-examples' && (event === 'chat_finished' || event === 'call_event') ? without(body, ['user_token']) : body,
  (body, { attributes }) => (attributes === 'list' && isObject(body.attributes) ? { ...body, attributes: onePerItem(body.attributes) } : body),
  (body, { direct_utm }) => (direct_utm === 'null' ? within(body, 'session', withoutDirectLabels) : body),
  (body, { isp }) => (isp === 'empty' ? within(body, 'session', session => within(session, 'geoip', geoip => ({ ...geoip, isp: '' }))) : body),
  (body, { widget_id }, _, { publicId }) => (widget_id === 'public' && 'widget_id' in body ? { ...body, widget_id: publicId } : body),
  (body, { merged_tag }, event) => (event === 'merged_client_tag' && merged_tag !== event ? { ...body, event_name: merged_tag } : body),
  (body, { completed_task }, event) => (event === 'completed_task' && completed_task !== event ? { ...body, event_name: completed_task } : body),
  (body, { event_type }) => (event_type === 'absent' ? without(body, ['event_type']) : body),
]

/** The edition until about 2018: nothing of the CRM yet, ids as strings. */
const oldest = (body: Body): Body => {
  const kept = without(body, ['organization', 'status', 'assigned_agent', 'tags', 'department', ...(body.event_name === 'offline_message' ? ['chat_id'] : [])])
  const shaped = within(
    within(kept, 'session', session => without(session, ['utm_json'])),
    'visitor',
    numberAsText,
  )
  const short = 'offline_message_id' in shaped ? { ...shaped, offline_message_id: String(shaped.offline_message_id).slice(-6) } : shaped
  const one = within(short, 'agent', idAsText)
  return Array.isArray(one.agents) ? { ...one, agents: one.agents.map(agent => (isObject(agent) ? idAsText(agent) : agent)) } : one
}

const idAsText = (value: Body): Body => ('id' in value ? { ...value, id: String(value.id) } : value)

const numberAsText = (visitor: Body): Body => ('number' in visitor ? { ...visitor, number: String(visitor.number) } : visitor)

/** What the parameter tables type otherwise than the examples: ids are numbers, switches are booleans. */
const asTables = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(asTables)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'id' && typeof inner === 'string' && /^\d{1,15}$/.test(inner)) return [key, Number(inner)]
      if (crmSwitches.has(key) && (inner === 0 || inner === 1)) return [key, inner === 1]
      return [key, opaque.has(key) ? inner : asTables(inner)]
    }),
  )
}

const crmSwitches = new Set(['has_deal', 'show_notification', 'enabled'])

/** Objects of the site or its visitors, whose keys are not Jivo's. */
const opaque = new Set(['social', 'custom_data', 'attributes'])

/** What stands where the text of a message is not shown: the wording is ours. */
export const maskedText = '[the text is not shown]'

const masked = (body: Body, as: 'masked' | 'as-examples'): Body => {
  const hidden = within(body, 'chat', chat => ({
    ...chat,
    messages: Array.isArray(chat.messages) ? chat.messages.map(line => ({ ...line, message: maskedText })) : chat.messages,
  }))
  return as === 'masked' ? hidden : { ...hidden, plain_messages: '', html_messages: '' }
}

const analyticsAs = (as: 'null' | 'empty' | 'keys', given: Json): Json => {
  if (as === 'null') return null
  return as === 'empty' ? {} : { ga: null, ym: null, ...(isObject(given) ? given : {}) }
}

const socialAs = (visitor: Body, as: Quirks['social'], event: string): Body => {
  const isEmpty = 'social' in visitor && (visitor.social === null || (isObject(visitor.social) && Object.keys(visitor.social).length === 0))
  if (!isEmpty || as === 'empty') return visitor
  if (as === 'null') return { ...visitor, social: null }
  const isShown = as === 'as-examples' && (event === 'call_event' || event === 'chat_accepted')
  return isShown ? visitor : without(visitor, ['social'])
}

const onePerItem = (attributes: Body): Body[] => Object.entries(attributes).map(([name, value]) => ({ [name]: value }))

const withoutDirectLabels = (session: Body): Body => {
  const isDirect = typeof session.utm === 'string' && session.utm.split('|').every(pair => pair.endsWith('=(direct)'))
  return isDirect ? { ...session, utm: null, ...('utm_json' in session ? { utm_json: {} } : {}) } : session
}

const isObject = (value: Json): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The body with one of its objects changed; as it is where there is none. */
const within = (body: Body, key: string, change: (inner: Body) => Body): Body => {
  const inner = body[key]
  return isObject(inner) ? { ...body, [key]: change(inner) } : body
}

const without = (body: Body, keys: readonly string[]): Body => Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)))

const withoutNull = (body: Body, keys: readonly string[]): Body =>
  without(
    body,
    keys.filter(key => body[key] === null),
  )
