import type { GivenContacts } from '../contacts.js'
import type { Draft, PendingMessage, Session } from '../session.js'
import type { Language, Words } from '../words.js'

/** What the visitor can do. */
export interface VisitorActions {
  readonly open: () => void
  readonly close: () => void
  readonly type: (field: keyof Draft, value: string) => void
  readonly write: (text: string) => void
  readonly repeat: (message: PendingMessage) => void
  readonly introduce: (contacts: GivenContacts) => void
  readonly skip: () => void
  readonly leave: (contacts: GivenContacts, message: string) => void
  readonly again: () => void
}

/** What every part of the view is drawn from. */
export interface ViewProps {
  readonly session: Session
  readonly words: Words
  readonly language: Language
  readonly actions: VisitorActions
}
