import { milliseconds } from './milliseconds.js'
import { cut } from './paint.js'

export interface Progress {
  readonly passed: number
  readonly failed: number
  /** Milliseconds. */
  readonly median: number
  /** Milliseconds since the start. */
  readonly elapsed: number
  /** How many there will be, where that is known. */
  readonly total: number | null
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** How far a run is, in one line that fits the terminal. */
export const progressLine = ({ passed, failed, median, elapsed, total }: Progress, columns: number): string => {
  const done = passed + failed
  const rate = elapsed === 0 ? 0 : (done / elapsed) * 1_000
  const head = `  ${done}${total === null ? '' : `/${total}`}  ✔ ${passed}  ✖ ${failed}   ${Math.round(rate)}/s   median ${milliseconds(median)}`
  if (total === null || total === 0) return cut(head, columns - 1)
  const left = rate === 0 ? '' : `  ${Math.ceil((total - done) / rate)} s left`
  const room = Math.min(30, columns - 1 - head.length - left.length - 5)
  if (room < 5) return cut(`${head}${left}`, columns - 1)
  const filled = Math.min(done / total, 1) * room
  const bar = ('█'.repeat(Math.floor(filled)) + eighths[Math.floor((filled % 1) * 8)]).padEnd(room)
  return `${head}   ▕${bar}▏${left}`
}
