/** Texts that are not sent yet, by chat. They outlive a switch of chats and a reload of the page. */
export interface Draft {
  readonly text: string
  /** Id of the message once a try to send this very text has begun: the same id sent twice is one message. */
  readonly id: string | null
}

const none: Draft = { text: '', id: null }
const drafts = new Map<number, Draft>()
const key = (chat: number) => `jivo-dev.draft.${chat}`

export const draftOf = (chat: number): Draft => drafts.get(chat) ?? { ...none, text: load(chat) }

export const keepDraft = (chat: number, draft: Draft): void => {
  drafts.set(chat, draft)
  try {
    if (draft.text === '') sessionStorage.removeItem(key(chat))
    else sessionStorage.setItem(key(chat), draft.text)
  } catch {}
}

const load = (chat: number): string => {
  try {
    return sessionStorage.getItem(key(chat)) ?? ''
  } catch {
    return ''
  }
}
