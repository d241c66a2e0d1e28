import stringWidth from 'string-width'
import { oneLine } from '../../reporters/paint.js'

/** How a piece of a line looks. Colours are the sixteen of the terminal, so that the person's own palette applies. */
export interface Style {
  readonly color?: 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'gray'
  readonly bold?: boolean
  readonly inverse?: boolean
}

export interface Span extends Style {
  readonly text: string
}

/** One line of the screen. */
export type Line = readonly Span[]

export const span = (text: string, style: Style = {}): Span => ({ text, ...style })

/** A line of one style. */
export const line = (text: string, style: Style = {}): Line => [span(text, style)]

export const blank: Line = []

/** Cells that a text takes: two for East-Asian letters and emoji. */
export const width = (text: string): number => (isNarrow(text) ? text.length : stringWidth(text))

export const lineWidth = (spans: Line): number => spans.reduce((sum, { text }) => sum + width(text), 0)

/**
 * Text from outside as it may stand on the screen: on one line, without control characters, and without what terminals
 * disagree about the width of, which is how emoji are joined and tinted.
 */
export const shown = (text: string): string =>
  isPlain(text)
    ? text
    : oneLine(text)
        .replace(joiners, '')
        .replace(/\p{Surrogate}/gu, '\ufffd')

const joiners = /\u200b|\u200c|\u200d|\ufe0e|\ufe0f|(?<=\p{Extended_Pictographic})[\u{1f3fb}-\u{1f3ff}]/gu

const isPlain = (text: string) => /^[ -~]*$/.test(text)

/** Latin, Cyrillic and our own signs take a cell each; to measure anything else takes a hundred times as long. */
const isNarrow = (text: string) => /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2190-\u2193\u2500-\u25cf\u2714\u2716]*$/.test(text)

/** The text in at most so many cells, whole letters only; the last is an ellipsis where something is missing. */
export const within = (text: string, cells: number): string => {
  const clean = shown(text)
  if (width(clean) <= cells) return clean
  if (cells < 1) return ''
  let kept = ''
  let used = 0
  for (const { segment } of letters.segment(clean.slice(0, cells * 8))) {
    const next = width(segment)
    if (used + next > cells - 1) break
    kept += segment
    used += next
  }
  return `${kept}…`
}

const letters = new Intl.Segmenter()

/** The text in exactly so many cells. */
export const column = (text: string, cells: number): string => {
  const fitted = within(text, cells)
  return fitted + ' '.repeat(Math.max(0, cells - width(fitted)))
}

/** The same, at the right. */
export const rightColumn = (text: string, cells: number): string => {
  const fitted = within(text, cells)
  return ' '.repeat(Math.max(0, cells - width(fitted))) + fitted
}

/** The line in at most so many cells. */
export const clip = (spans: Line, cells: number): Line => {
  const kept: Span[] = []
  let left = cells
  for (const piece of spans) {
    const wide = width(piece.text)
    if (wide <= left) kept.push(piece)
    else if (left > 0) kept.push({ ...piece, text: within(piece.text, left) })
    left -= wide
    if (left <= 0) break
  }
  return kept
}

/** The line in exactly so many cells. */
export const full = (spans: Line, cells: number): Line => {
  const clipped = clip(spans, cells)
  const missing = cells - lineWidth(clipped)
  return missing > 0 ? [...clipped, span(' '.repeat(missing))] : clipped
}

/** Two ends of one line; the left gives way. */
export const ends = (left: Line, right: Line, cells: number): Line => {
  const room = Math.max(0, cells - lineWidth(right))
  return [...full(left, room), ...clip(right, cells)]
}

/** Words in lines of at most so many cells. A word that is longer is broken. */
export const wrap = (text: string, cells: number): string[] => {
  const lines: string[] = []
  let current = ''
  const room = Math.max(1, cells)
  for (const word of shown(text).split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`
    if (width(joined) <= room) {
      current = joined
      continue
    }
    if (current !== '') lines.push(current)
    const parts = broken(word, room)
    lines.push(...parts.slice(0, -1))
    current = parts.at(-1) ?? ''
  }
  if (current !== '') lines.push(current)
  return lines
}

/** A text in pieces of at most so many cells, whole letters only. */
export const broken = (text: string, cells: number): string[] => {
  if (isPlain(text)) return text.match(new RegExp(`.{1,${Math.max(1, cells)}}`, 'g')) ?? ['']
  const parts: string[] = []
  let current = ''
  let used = 0
  for (const { segment } of letters.segment(text)) {
    const next = width(segment)
    if (used + next > cells && current !== '') {
      parts.push(current)
      current = ''
      used = 0
    }
    current += segment
    used += next
  }
  return [...parts, current]
}

/** As it would be read without colours. */
export const plain = (spans: Line): string => spans.map(({ text }) => text).join('')
