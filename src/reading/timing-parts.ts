import type { Timing } from '../contracts/journal.js'

export interface TimingPart {
  readonly name: 'dns' | 'connect' | 'wait' | 'body'
  /** Milliseconds of this part alone. */
  readonly took: number
}

/** The parts of one attempt, one after another. A time without an answer has no parts past the connection. */
export const timingParts = ({ dns, connect, firstByte, total }: Timing): TimingPart[] => {
  const parts: TimingPart[] = []
  if (dns !== null) parts.push({ name: 'dns', took: dns })
  if (connect !== null) parts.push({ name: 'connect', took: connect })
  // The first byte is counted from the beginning.
  if (firstByte !== null) {
    parts.push({ name: 'wait', took: Math.max(0, firstByte - (dns ?? 0) - (connect ?? 0)) })
    parts.push({ name: 'body', took: Math.max(0, total - firstByte) })
  }
  return parts
}
