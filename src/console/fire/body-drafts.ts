/** What was typed, by event or by delivery, for as long as the page is open: closing the dialog loses nothing. */
const drafts = new Map<string, string>()

export const draftOf = (key: string): string | undefined => drafts.get(key)

export const keepDraft = (key: string, text: string): void => {
  drafts.set(key, text)
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
