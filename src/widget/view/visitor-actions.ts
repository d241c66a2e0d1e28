import type { FileContent, Rate } from '../../contracts/messages.js'
import type { GivenContacts } from '../contacts.js'
import type { Draft, PendingMessage, PressedButton, Session } from '../session.js'
import type { Language, Words } from '../words.js'
import type { More, Uploads } from './more.js'

/** What the visitor can do. */
export interface VisitorActions {
  readonly open: (panel?: 'chat' | 'call' | 'menu') => void
  readonly close: () => void
  readonly type: (field: keyof Draft, value: string) => void
  readonly write: (text: string) => void
  readonly repeat: (message: PendingMessage) => void
  readonly introduce: (contacts: GivenContacts) => void
  readonly skip: () => void
  readonly leave: (contacts: GivenContacts, message: string) => void
  readonly again: () => void
  readonly press: (text: string, button: PressedButton) => void
  readonly attach: (file: FileContent) => void
  /** Files of the visitor's, to be uploaded and sent. */
  readonly give: (files: readonly File[], isVoice?: boolean) => void
  /** Something of the second script is needed now. */
  readonly fetchMore: () => void
  readonly rate: (rate: Rate) => void
  readonly call: (phone: string) => void
  readonly callSeen: () => void
}

/** What every part of the view is drawn from. */
export interface ViewProps {
  readonly session: Session
  readonly words: Words
  readonly language: Language
  readonly actions: VisitorActions
  /** Null until it was needed and has come. */
  readonly more: More | null
  /** Null as long as the second script has not come. */
  readonly uploads: Uploads | null
  /** Address of the emulator, without a slash at the end. */
  readonly base: string
}
