import type { Call, Visitor, World } from '../../emulator/world/world.js'

export type { Call }

/** What an agent keeps about a client, and the client's calls. Only this file knows where the world has them. */

export type CallStatus = Call['status']

export type Attributes = Readonly<Visitor['attributes']>

export interface Named {
  readonly id: number
  readonly title: string
}

/** The card as the form has it: the organization has a title, as the status and the tags do. */
export interface ClientCard {
  readonly organization: Named | null
  readonly status: Named | null
  readonly assignedAgent: number | null
  readonly tags: readonly Named[]
}

export const attributesOf = ({ attributes }: Visitor): Attributes => attributes

export const clientOf = ({ client: { organization, ...rest } }: Visitor): ClientCard => ({
  ...rest,
  organization: organization === null ? null : { id: organization.id, title: organization.name },
})

/** Newest first. */
export const callsOf = (world: World, visitor: number): Call[] =>
  Object.values(world.calls)
    .filter(call => call.visitor === visitor)
    .sort((a, b) => b.id - a.id)

/** Where CRM webhooks go; undefined while nothing is known of the account. */
export const crmAddress = (world: World): string | null | undefined => world.account?.crmWebhook

/** The body of the edit: only what has changed, null for what was taken away. */
export const clientEdit = (before: ClientCard, after: ClientCard): Record<string, unknown> => {
  const edit: Record<string, unknown> = {}
  const differs = (key: keyof ClientCard) => JSON.stringify(before[key]) !== JSON.stringify(after[key])
  if (differs('organization')) edit.organization = after.organization === null ? null : { id: after.organization.id, name: after.organization.title }
  if (differs('status')) edit.status = after.status
  if (differs('assignedAgent')) edit.assignedAgent = after.assignedAgent
  if (differs('tags')) edit.tags = after.tags
  return edit
}

/** An attribute as one types it: a text that looks like a number stands in quotes. */
export const attributeText = (value: string | number): string => (typeof value === 'string' && attributeValue(value) !== value ? `"${value}"` : String(value))

/** Digits alone are a number; in quotes they stay a text. */
export const attributeValue = (text: string): string | number => {
  const quoted = /^"(.*)"$/s.exec(text)?.[1]
  if (quoted !== undefined) return quoted
  const number = Number(text)
  return text !== '' && Number.isFinite(number) && String(number) === text ? number : text
}

/** What may come next in the life of a call. Either side may answer first; nothing follows an end or an error. */
export const nextCallStates = ({ status, connected }: Pick<Call, 'status' | 'connected'>): Exclude<CallStatus, 'start'>[] => {
  if (status === 'end' || status === 'error') return []
  const missing = (['agent_connected', 'client_connected'] as const).filter(side => !connected.includes(side))
  return [...missing, 'end', 'error']
}

/** Which webhook an edit of the contacts brings. */
export const followingWebhook = (world: World, visitor: number): 'chat_updated' | 'client_updated' =>
  Object.values(world.chats).some(chat => chat.visitor === visitor && chat.status === 'accepted') ? 'chat_updated' : 'client_updated'

/** The number that a new entry gets when the person does not choose one: the next after all that are known. */
export const freeId = (world: World, part: 'organization' | 'status' | 'tags'): number => {
  const ids = Object.values(world.visitors).flatMap(visitor => {
    const value = clientOf(visitor)[part]
    return (Array.isArray(value) ? value : [value]).map(entry => entry?.id ?? 0)
  })
  return Math.max(0, ...ids) + 1
}
