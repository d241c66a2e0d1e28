import type { AgentsMode } from '../contracts/account.js'
import type { ErrorBody } from '../contracts/control.js'
import type { Event } from '../contracts/journal.js'
import type { FileContent, MessageContent } from '../contracts/messages.js'

/** Why an action did not happen. `offline` means that nothing answered, `locked` that the token is missing. */
export type Failure = { readonly code: string; readonly message: string /** Path of what is wrong in the body. */; readonly field?: string }

export const acceptChat = (chat: number) => post(`/_dev/chats/${chat}/accept`, {})

export const finishChat = (chat: number) => post(`/_dev/chats/${chat}/finish`, {})

/** The same `id` sent twice is one message. */
export const sendMessage = (
  chat: number,
  message: { readonly id: string; readonly text: string; readonly content?: MessageContent; readonly agent: number | undefined },
) => post(`/_dev/chats/${chat}/messages`, message)

export const tellTyping = (chat: number, on: boolean, agent: number | undefined) => post(`/_dev/chats/${chat}/typing`, { on, agent })

export const bringIn = (chat: number, agent: number) => post(`/_dev/chats/${chat}/agents`, { agent })

export const handOver = (chat: number, agent: number) => post(`/_dev/chats/${chat}/transfer`, { agent })

/** Only agents see it. `chat` is the conversation that it stands in. */
export const addNote = (visitor: number, text: string, chat?: number) => post(`/_dev/visitors/${visitor}/notes`, { text, chat })

/** What an assistant proposes to say next. */
export const askSuggestion = async (chat: number): Promise<{ readonly text: string } | { readonly failure: Failure }> => {
  const answer = await ask(`/_dev/chats/${chat}/suggestion`, {})
  if (!answer.ok) return { failure: answer.failure }
  const said = answer.events.find(event => event.type === 'answer.suggested')
  return { text: said?.text ?? '' }
}

export const askForRating = (chat: number) => post(`/_dev/chats/${chat}/rating`, {})

export const inviteVisitor = (visitor: number, text: string) => post(`/_dev/visitors/${visitor}/invitation`, { text })

/** The file is kept by the emulator; a message that shows it is still to be sent. */
export const uploadFile = async (file: File): Promise<{ readonly file: FileContent } | { readonly failure: Failure }> => {
  const query = new URLSearchParams({ name: file.name, type: file.type })
  try {
    const answer = await fetch(`/_dev/files?${query}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file })
    const json = (await answer.json()) as { readonly file: FileContent } & ErrorBody
    return answer.ok ? { file: json.file } : { failure: answer.status === 401 ? { code: 'locked', message: '' } : json.error }
  } catch {
    return { failure: { code: 'offline', message: '' } }
  }
}

export const newMessageId = (): string => `m${[...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')}`

export const editContacts = (visitor: number, contacts: Readonly<Record<string, string | null>>) => post(`/_dev/visitors/${visitor}/contacts`, contacts)

/** Null takes an attribute away. */
export const editAttributes = (visitor: number, attributes: Readonly<Record<string, string | number | null>>) =>
  post(`/_dev/visitors/${visitor}/attributes`, { attributes })

export const editClient = (visitor: number, edit: Readonly<Record<string, unknown>>) => post(`/_dev/visitors/${visitor}/client`, edit)

export const assignChat = (chat: number) => post(`/_dev/chats/${chat}/assign`, {})

export const startCall = (visitor: number, type: string, phone: string) => post(`/_dev/visitors/${visitor}/calls`, { type, phone })

export const changeCall = (call: number, change: { readonly status: string; readonly reason?: string; readonly recordUrl?: string }) =>
  post(`/_dev/calls/${call}`, change)

/** The mode of the agents, or where webhooks go; null is nowhere. */
export const editAccount = (edit: { readonly mode?: AgentsMode; readonly webhook?: string | null }) => post('/_dev/account', edit)

/** Switches of a channel, by its public id. */
export const editQuirks = (channel: string, quirks: Readonly<Record<string, string>>) => post(`/_dev/channels/${channel}/quirks`, quirks)

/** Sends one webhook with this body. */
export const triggerWebhook = (body: Readonly<Record<string, unknown>>) => ask('/_dev/trigger', { body })

/** A delivery that is still on its way is not sent anew. */
export const resendDelivery = (delivery: string) => ask('/_dev/resend', { deliveries: [delivery] })

/** JSON of one of our own addresses; null when it did not come. */
export const readJson = (path: string): Promise<unknown> =>
  fetch(path).then(
    answer => (answer.ok ? answer.json().catch(() => null) : null),
    () => null,
  )

export type Answer = { readonly ok: true; readonly events: readonly Event[]; readonly isBusy: boolean } | { readonly ok: false; readonly failure: Failure }

/** Null when it is done. */
const post = async (path: string, body: unknown): Promise<Failure | null> => {
  const answer = await ask(path, body)
  return answer.ok ? null : answer.failure
}

const ask = async (path: string, body: unknown): Promise<Answer> => {
  const failed = (code: string, message = '', field = ''): Answer => ({ ok: false, failure: { code, message, field } })
  let answer: Response
  try {
    answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  } catch {
    return failed('offline')
  }
  if (answer.status === 401) return failed('locked')
  const json: { events?: unknown; deliveries?: { outcome?: string }[]; error?: Partial<ErrorBody['error']> } | null = await answer.json().catch(() => null)
  if (answer.ok) return { ok: true, events: Array.isArray(json?.events) ? (json.events as Event[]) : [], isBusy: json?.deliveries?.[0]?.outcome === 'busy' }
  return failed(json?.error?.code ?? 'status', json?.error?.message ?? `HTTP ${answer.status}`, json?.error?.field)
}
