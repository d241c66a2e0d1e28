/** A message to the client, or a note for agents: each has a draft, so that neither becomes the other. */
type DraftKind = 'message' | 'note'

/** Texts that are not sent yet, by chat. They outlive a switch of chats and a reload of the page. */
export interface Draft {
  readonly text: string
  /** Id of the message once a try to send this very text has begun: the same id sent twice is one message. */
  readonly id: string | null
}

const none: Draft = { text: '', id: null }
const drafts = new Map<string, Draft>()
const keyOf = (chat: number, kind: DraftKind) => `jivo-dev.${kind === 'note' ? 'note' : 'draft'}.${chat}`

export const draftOf = (chat: number, kind: DraftKind = 'message'): Draft => {
  const key = keyOf(chat, kind)
  return drafts.get(key) ?? { ...none, text: load(key) }
}

export const keepDraft = (chat: number, draft: Draft, kind: DraftKind = 'message'): void => {
  const key = keyOf(chat, kind)
  drafts.set(key, draft)
  try {
    if (draft.text === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, draft.text)
  } catch {}
}

const load = (key: string): string => {
  try {
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}
