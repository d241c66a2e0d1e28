import type { NewsFrame } from '../contracts/page-channel.js'

/**
 * Remembers how far the page has read, so that a new connection brings what was missed and nothing twice.
 *
 * After a reconnect the emulator sends `welcome`, then the callbacks that were asked for meanwhile: their `seq` is below that
 * of `welcome`. So `welcome` alone is no proof that they came.
 */
export interface Reading {
  /** What to send as `after`; undefined before anything was read. */
  readonly after: () => number | undefined
  /** Takes note of a frame. False when it is a callback that was called already. */
  readonly isNews: (frame: NewsFrame) => boolean
}

export const createReading = (): Reading => {
  let after: number | undefined
  let called = new Set<number>()

  return {
    after: () => after,
    isNews: frame => {
      if (frame.type === 'refused') return true
      const { seq } = frame
      if (frame.type === 'welcome') {
        // A smaller number than before is another journal: the emulator was started on a fresh folder.
        if (after === undefined || seq < after) {
          after = seq
          called = new Set()
        }
        return true
      }
      if (frame.type === 'callback') {
        if (called.has(seq)) return false
        called.add(seq)
      }
      after = Math.max(after ?? 0, seq)
      return true
    },
  }
}
