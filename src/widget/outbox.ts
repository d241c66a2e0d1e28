import type { PageFrame, ServerFrame } from '../contracts/page-channel.js'

type OutgoingFrame = Exclude<PageFrame, { type: 'open' }>

/**
 * Frames on their way, in order. Each is kept until the emulator has heard it, and is sent again on every new connection
 * until then, with the number that it had: so nothing is lost and nothing counts twice.
 */
export interface Outbox {
  readonly add: (frame: OutgoingFrame) => void
  /** Takes note of what an answer settles. */
  readonly settle: (answer: ServerFrame) => void
  /** The connection is new: what was not heard is not known to have arrived. */
  readonly rewind: () => void
  /** What is to be sent now. */
  readonly take: () => readonly OutgoingFrame[]
  readonly isEmpty: () => boolean
  /** How many say something of the visitor's contacts and were not heard yet. */
  readonly contacts: () => number
}

/** Reports that are kept; a page may call a method in a loop. */
const mostReports = 1_000

export const createOutbox = (): Outbox => {
  let entries: { frame: OutgoingFrame; isSent: boolean }[] = []
  /** Numbers go on where the page stood: a widget that is started again is still the same page. */
  let last = 0

  return {
    add: frame => {
      entries.push({ frame, isSent: false })
      if (entries.length > mostReports) {
        const oldest = entries.findIndex(entry => !isOfVisitor(entry.frame))
        if (oldest >= 0) entries.splice(oldest, 1)
      }
    },
    settle: answer => {
      if (!('heard' in answer)) return
      const { heard } = answer
      last = Math.max(last, heard)
      entries = entries.filter(({ frame: { order } }) => order === undefined || order > heard)
    },
    rewind: () => {
      for (const entry of entries) entry.isSent = false
    },
    take: () => {
      const due = entries.filter(({ isSent }) => !isSent)
      for (const entry of due) {
        entry.isSent = true
        entry.frame = { ...entry.frame, order: entry.frame.order ?? ++last }
      }
      return due.map(({ frame }) => frame)
    },
    isEmpty: () => entries.length === 0,
    contacts: () => entries.filter(({ frame }) => frame.type === 'contacts' || (frame.type === 'api' && frame.method === 'setContactInfo')).length,
  }
}

/** What the visitor said is never dropped. */
const isOfVisitor = ({ type }: OutgoingFrame) => type === 'write' || type === 'offline' || type === 'contacts'
