import type { PageFrame, ServerFrame } from '../contracts/page-channel.js'
import { contains } from './contacts.js'

type OutgoingFrame = Exclude<PageFrame, { type: 'open' }>

/**
 * Frames on their way, in order. A report is done with when it is sent; what the visitor said is kept until it comes back,
 * and is sent again on every new connection until then.
 */
export interface Outbox {
  readonly add: (frame: OutgoingFrame) => void
  /** Takes note of what an answer settles. */
  readonly settle: (frame: ServerFrame) => void
  /** The connection is new: what has not come back is not known to have arrived. */
  readonly rewind: () => void
  /** What is to be sent now. */
  readonly take: () => readonly OutgoingFrame[]
}

/** Reports that are kept while there is no connection; a page may call a method in a loop. */
const mostReports = 1_000

export const createOutbox = (): Outbox => {
  let entries: { frame: OutgoingFrame; isSent: boolean }[] = []

  return {
    add: frame => {
      entries.push({ frame, isSent: false })
      if (entries.length > mostReports) {
        const oldest = entries.findIndex(entry => !isKept(entry.frame))
        if (oldest >= 0) entries.splice(oldest, 1)
      }
    },
    settle: answer => {
      entries = entries.filter(entry => !(isKept(entry.frame) && isSettledBy(entry.frame, answer)))
    },
    rewind: () => {
      for (const entry of entries) entry.isSent = false
    },
    take: () => {
      const due = entries.filter(({ isSent }) => !isSent)
      entries = entries.filter(({ frame }) => isKept(frame))
      for (const entry of entries) entry.isSent = true
      return due.map(({ frame }) => frame)
    },
  }
}

const isKept = ({ type }: OutgoingFrame) => type === 'write' || type === 'offline' || type === 'contacts'

const isSettledBy = (frame: OutgoingFrame, answer: ServerFrame): boolean => {
  if (frame.type === 'contacts') {
    return (answer.type === 'contacts' || answer.type === 'welcome') && contains(answer.contacts, frame.contacts)
  }
  if (!('id' in frame)) return false
  switch (answer.type) {
    case 'message':
      return answer.message.id === frame.id
    case 'welcome':
      return answer.messages.some(({ id }) => id === frame.id)
    case 'received':
    case 'refused':
      return answer.id === frame.id
    default:
      return false
  }
}
