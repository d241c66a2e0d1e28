import { wrap } from './cells.js'
import type { Field, ScreenState, Size } from './state.js'

/** The smallest terminal that has room for the screen. */
export const smallest: Size = { columns: 60, rows: 12 }

export const hasRoom = ({ columns, rows }: Size): boolean => columns >= smallest.columns && rows >= smallest.rows

/** From here on the answer stands beside the request. */
const wideFrom = 100

/** From here on the chats stand beside the events, which keep enough of their summaries. */
const chatsFrom = 112

export const isWide = ({ size }: Pick<ScreenState, 'size'>): boolean => size.columns >= wideFrom

export const hasChatsBeside = ({ size }: Pick<ScreenState, 'size'>): boolean => size.columns >= chatsFrom

/** Columns of the chats, where they stand beside. */
export const chatsWidth = 36

/** Events that stay in sight above the one that is open, where there is room. */
const keptAbove = 5

export const rowsAboveDetail = ({ size }: Pick<ScreenState, 'size'>): number => (size.columns >= wideFrom && size.rows >= 32 ? keptAbove : 0)

/** Status line, two rules and the keys. */
const around = 4

/** Most lines of completions above the line that is typed. */
const mostOffered = 5

export const offeredLines = ({ size }: Pick<ScreenState, 'size'>): number => Math.min(mostOffered, size.rows - 9)

const fieldHeight = (field: Field | null, state: Pick<ScreenState, 'size'>): number =>
  field?.kind === 'filter' ? offeredLines(state) + 1 : field === null ? 0 : 1

/** Most lines of one notice. */
const mostNotice = 4

/** A notice takes the place of the keys, and more where it needs more: nothing that failed is told by half. */
export const noticeLines = ({ notice, sheet, size }: Pick<ScreenState, 'notice' | 'sheet' | 'size'>): string[] => {
  // What lies over the list has keys of its own there.
  if (notice === null || sheet !== null) return []
  const lines = wrap(notice.text, size.columns - 4).slice(0, mostNotice)
  return lines.length === 0 ? [''] : lines
}

/** Lines between the two rules. */
export const bodyHeight = (state: Pick<ScreenState, 'size' | 'field' | 'notice' | 'sheet'>): number =>
  Math.max(1, state.size.rows - around - fieldHeight(state.field, state) - Math.max(0, noticeLines(state).length - 1))

/** Rows of the list of events. */
export const listHeight = (state: ScreenState): number => (state.opened === null ? bodyHeight(state) : Math.max(1, rowsAboveDetail(state)))
