/** Which rows of a long list are in the page: those that are seen and a few on either side. */
export interface Window {
  /** Index of the first row. */
  readonly from: number
  /** Index after the last row. */
  readonly to: number
}

/** Rows beyond either edge, so that a quick scroll does not show a gap. */
const margin = 12

export const windowOf = (scrollTop: number, height: number, rowHeight: number, rows: number): Window => {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight)
  const shown = Math.ceil(height / rowHeight) + 1
  const from = Math.min(Math.max(0, first - margin), Math.max(0, rows - shown))
  return { from, to: Math.min(rows, first + shown + margin) }
}

/** Where to scroll so that a row is seen whole, moving as little as possible. */
export const scrollTo = (index: number, scrollTop: number, height: number, rowHeight: number): number => {
  const top = index * rowHeight
  if (top < scrollTop) return top
  return top + rowHeight > scrollTop + height ? top + rowHeight - height : scrollTop
}
