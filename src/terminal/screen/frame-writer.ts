/** Between these a terminal that knows them shows nothing, so that no half of a frame is seen. */
const begin = '\u001b[?2026h'
const end = '\u001b[?2026l'

export interface FrameWriter {
  /** Brings a frame to the terminal: the rows that differ, in one write, and nothing where none does. */
  readonly draw: (rows: readonly string[]) => void
  /** What the terminal shows is not known any more: the next frame is written whole. */
  readonly forget: () => void
}

export const createFrameWriter = (write: (text: string) => void): FrameWriter => {
  let known: readonly string[] | null = null
  return {
    draw: rows => {
      const before = known
      known = rows
      const changes = rows.flatMap((row, at) => (before !== null && before[at] === row ? [] : [`${place(at)}\u001b[2K${row}`]))
      if (before === null) changes.unshift('\u001b[2J')
      else for (let at = rows.length; at < before.length; at += 1) changes.push(`${place(at)}\u001b[2K`)
      if (changes.length > 0) write(begin + changes.join('') + end)
    },
    forget: () => {
      known = null
    },
  }
}

const place = (row: number) => `\u001b[${row + 1};1H`
