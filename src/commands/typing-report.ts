import type { Clock } from '../emulator/clock.js'

/** Milliseconds between two reports. */
const often = 400

/** Tells what stands in the composer, at most a few times a second: the first letter at once, the last for certain. */
export const createTypingReport = (clock: Clock, tell: (text: string) => Promise<void>) => {
  let told = ''
  let newest = ''
  let callOff: (() => void) | null = null

  const report = () => {
    callOff = null
    if (newest === told) return
    told = newest
    void tell(told)
    callOff = clock.after(often, report)
  }

  const stop = () => {
    callOff?.()
    callOff = null
  }

  return {
    typed: (text: string) => {
      // A command is nothing that the other side will read, but two slashes begin a message.
      newest = text.startsWith('/') ? (text.startsWith('//') ? text.slice(1) : '') : text
      if (callOff === null) report()
    },
    /** What was typed was sent: nothing stands there any more, and everybody knows. */
    forget: () => {
      stop()
      told = ''
      newest = ''
    },
    /** Takes back what was told last. */
    end: async () => {
      stop()
      if (told !== '') await tell('')
      told = ''
    },
  }
}
