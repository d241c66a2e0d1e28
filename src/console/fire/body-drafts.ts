import type { Boxes } from './body-path.js'

/** What was typed for a body. */
export interface Draft {
  readonly text: string
  /** Parts of the form that are no JSON yet. */
  readonly boxes: Boxes
}

/** By event or by delivery, for as long as the page is open: closing the dialog loses nothing. */
const drafts = new Map<string, Draft>()

export const draftOf = (key: string): Draft | undefined => drafts.get(key)

export const keepDraft = (key: string, draft: Draft): void => {
  drafts.set(key, draft)
}

export const dropDraft = (key: string): void => {
  drafts.delete(key)
}

let lastEvent = 'chat_accepted'

/** The event that the dialog opens with: the one of the last time. */
export const lastChosen = (): string => lastEvent

export const keepChosen = (event: string): void => {
  lastEvent = event
}

export type Mode = 'form' | 'text'

let mode: Mode = 'form'

export const lastMode = (): Mode => mode

export const keepMode = (next: Mode): void => {
  mode = next
}
