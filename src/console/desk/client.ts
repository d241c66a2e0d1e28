import type { Visitor, World } from '../../emulator/world/world.js'

/** What an agent keeps about a client, and the client's calls. Only this file knows where the world has them. */

export interface Named {
  readonly id: number
  readonly title: string
}

export interface ClientCard {
  readonly organization: Named | null
  readonly status: Named | null
  readonly assignedAgent: number | null
  readonly tags: readonly Named[]
}

export type CallStatus = 'start' | 'agent_connected' | 'client_connected' | 'end' | 'error'

export interface Call {
  readonly id: number
  readonly visitor: number
  readonly kind: string
  readonly phone: string
  readonly status: CallStatus
  /** Who has been connected so far. */
  readonly connected: readonly string[]
  readonly reason?: string
  readonly recordUrl?: string
}

export type Attributes = Readonly<Record<string, string | number>>

interface Stored {
  readonly attributes?: Attributes
  readonly client?: {
    readonly organization?: { readonly id: number; readonly name: string } | null
    readonly status?: Named | null
    readonly assignedAgent?: number | null
    readonly tags?: readonly Named[]
  }
}

export const attributesOf = (visitor: Visitor): Attributes => (visitor as Stored).attributes ?? {}

export const clientOf = (visitor: Visitor): ClientCard => {
  const { organization, status = null, assignedAgent = null, tags = [] } = (visitor as Stored).client ?? {}
  return { organization: organization == null ? null : { id: organization.id, title: organization.name }, status, assignedAgent, tags }
}

/** Newest first. */
export const callsOf = (world: World, visitor: number): Call[] =>
  Object.values((world as { readonly calls?: Readonly<Record<string, Call>> }).calls ?? {})
    .filter(call => call.visitor === visitor)
    .sort((a, b) => b.id - a.id)

/** Where CRM webhooks go; undefined where the account does not say. */
export const crmAddress = (world: World): string | null | undefined => (world.account as { readonly crmWebhook?: string | null } | null)?.crmWebhook

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
