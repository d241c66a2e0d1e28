import type { Mistake, Offer } from '../chat/acts.js'
import type { Note, Shown } from '../chat/conversation.js'

/** All that the screen of a chat shows, apart from what is being typed. */
export interface ChatView {
  /** What was said and what happened, oldest first. Once it is on the screen it stays. */
  readonly lines: readonly (Shown | Pick<Note, 'kind' | 'text'>)[]
  /** Who types at the other end. */
  readonly typist: string | null
  readonly offer: Offer | null
  readonly isConnected: boolean
  /** Why the last thing that was tried did not work. */
  readonly problem: Pick<Mistake, 'problem' | 'hint'> | null
}

export interface ChatModel {
  readonly view: () => ChatView
  readonly change: (change: Partial<ChatView>) => void
  readonly subscribe: (reader: () => void) => () => void
}

export const createChatModel = (): ChatModel => {
  let view: ChatView = { lines: [], typist: null, offer: null, isConnected: true, problem: null }
  const readers = new Set<() => void>()
  return {
    view: () => view,
    change: change => {
      view = { ...view, ...change }
      for (const reader of readers) reader()
    },
    subscribe: reader => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
  }
}
