/** What stands in the composer of a terminal. */
export interface Draft {
  readonly text: string
  /** Where the next letter goes: an offset into the text, never inside a letter. */
  readonly cursor: number
  /** The terminal is handing over something pasted: until it is all there, nothing in it is a key. */
  readonly isPasting: boolean
}

export const emptyDraft: Draft = { text: '', cursor: 0, isPasting: false }

/** A key as Ink tells it, as far as it edits. */
export interface Keystroke {
  /** The text that it types, empty for a key that types none. */
  readonly input: string
  readonly key: {
    readonly [Name in 'leftArrow' | 'rightArrow' | 'home' | 'end' | 'return' | 'backspace' | 'delete' | 'tab' | 'ctrl' | 'meta']?: boolean
  }
}

/** The draft after a key. `isSent` says that the key was the one that sends: then the draft is what is sent. */
export interface Edited {
  readonly draft: Draft
  readonly isSent: boolean
}

const pasteBegins = '[200~'
const pasteEnds = '[201~'

export const edit = (draft: Draft, { input, key }: Keystroke): Edited => {
  const { text, cursor, isPasting } = draft
  const kept = (change: Partial<Draft>): Edited => ({ draft: { ...draft, ...change }, isSent: false })
  const without = (from: number, to: number) => kept({ text: text.slice(0, from) + text.slice(to), cursor: from })

  if (input === pasteBegins) return kept({ isPasting: true })
  if (input === pasteEnds) return kept({ isPasting: false })
  if (isPasting) return kept(typed(draft, key.return ? '\n' : key.tab ? '\t' : input))

  if (key.return) return key.meta ? kept(typed(draft, '\n')) : { draft, isSent: true }
  if (key.leftArrow) return kept({ cursor: before(text, cursor) })
  if (key.rightArrow) return kept({ cursor: after(text, cursor) })
  if (key.home || (key.ctrl && input === 'a')) return kept({ cursor: text.lastIndexOf('\n', cursor - 1) + 1 })
  if (key.end || (key.ctrl && input === 'e')) return kept({ cursor: endOfLine(text, cursor) })
  // Most terminals send for the backspace what Ink takes for the other key.
  if (key.backspace || key.delete) return without(before(text, cursor), cursor)
  if (key.ctrl && input === 'w') return without(text.slice(0, cursor).search(/\S*\s*$/), cursor)
  if (key.ctrl && input === 'u') return without(0, cursor)
  if (key.ctrl && input === 'k') return without(cursor, endOfLine(text, cursor))
  if (key.ctrl || key.meta || key.tab) return kept({})
  // A terminal that marks nothing as pasted hands over several keys at once; the last of them may be the one that sends.
  const isSent = input.length > 1 && input.endsWith('\r')
  return { draft: { ...draft, ...typed(draft, isSent ? input.slice(0, -1) : input) }, isSent }
}

/** The letter at the cursor, as one unit to show; empty at the end. */
export const letterAt = ({ text, cursor }: Draft): string => text.slice(cursor, after(text, cursor))

const typed = ({ text, cursor }: Draft, input: string) => {
  const clean = input
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
  return { text: text.slice(0, cursor) + clean + text.slice(cursor), cursor: cursor + clean.length }
}

const endOfLine = (text: string, cursor: number): number => {
  const end = text.indexOf('\n', cursor)
  return end === -1 ? text.length : end
}

const letters = new Intl.Segmenter()

const before = (text: string, cursor: number): number => {
  let last = 0
  for (const { index } of letters.segment(text.slice(0, cursor))) last = index
  return last
}

const after = (text: string, cursor: number): number => cursor + (letters.segment(text.slice(cursor))[Symbol.iterator]().next().value?.segment.length ?? 0)
