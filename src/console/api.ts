import type { ErrorBody } from '../contracts/control.js'

/** Why an action did not happen. `offline` means that nothing answered, `locked` that the token is missing. */
export type Failure = { readonly code: string; readonly message: string }

export const acceptChat = (chat: number) => post(`/_dev/chats/${chat}/accept`, {})

export const finishChat = (chat: number) => post(`/_dev/chats/${chat}/finish`, {})

/** The same `id` sent twice is one message. */
export const sendMessage = (chat: number, id: string, text: string) => post(`/_dev/chats/${chat}/messages`, { id, text })

export const newMessageId = (): string => `m${[...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')}`

/** Null when it is done. */
const post = async (path: string, body: unknown): Promise<Failure | null> => {
  let answer: Response
  try {
    answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  } catch {
    return { code: 'offline', message: '' }
  }
  if (answer.ok) return null
  if (answer.status === 401) return { code: 'locked', message: '' }
  const { error } = await answer.json().then(
    json => json as ErrorBody,
    () => ({ error: { code: 'status', message: `HTTP ${answer.status}` } }),
  )
  return { code: error.code, message: error.message }
}
