import process from 'node:process'

/** The process's own terminal, as far as a screen needs it. */
export interface TerminalWindow {
  readonly size: () => { readonly columns: number; readonly rows: number }
  /** Hears of every change of the size. Returns the way to stop. */
  readonly onResize: (run: () => void) => () => void
  readonly write: (text: string) => void
  /** Takes the whole terminal; what was there comes back with `leave`, also when the process ends without it. */
  readonly enter: () => void
  readonly leave: () => void
  /** Leaves the keys to another program, such as an editor, until somebody reads them again. */
  readonly releaseKeys: () => Promise<void>
  /** Lets go of the keys for good: an open stdin keeps the process from ending. */
  readonly close: () => void
  /** Stops the process and what it was started with, as Ctrl-Z does, and resolves when it goes on. */
  readonly suspend: () => Promise<void>
}

// The other screen, no cursor, no line that wraps by itself, and what is pasted is marked.
const taken = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h'
const given = '\u001b[?2026l\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l'

/** @param lastWords what is left on the terminal where the process ends without giving it back */
export const terminalWindow = (lastWords: () => string): TerminalWindow => {
  const { stdin, stdout } = process
  let isTaken = false
  const leave = () => {
    if (!isTaken) return
    isTaken = false
    process.off('exit', fall)
    process.off('uncaughtExceptionMonitor', fall)
    stdout.write(given)
  }
  const fall = () => {
    leave()
    stdout.write(lastWords())
  }
  return {
    size: () => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 }),
    onResize: run => {
      stdout.on('resize', run)
      return () => stdout.off('resize', run)
    },
    write: text => {
      stdout.write(text)
    },
    enter: () => {
      if (isTaken) return
      isTaken = true
      process.on('exit', fall)
      // Before Node prints what went wrong: on the other screen it would be gone.
      process.on('uncaughtExceptionMonitor', fall)
      stdout.write(taken)
    },
    leave,
    releaseKeys: async () => {
      // Ink lets go of them a little after it is gone, and a stream takes note of that a little later again: a pause before that would be none.
      do await new Promise(resolve => setImmediate(resolve))
      while (stdin.listenerCount('readable') > 0)
      stdin.pause()
    },
    close: () => {
      // A second Ctrl-C must reach the process while it stops.
      stdin.setRawMode(false)
      stdin.destroy()
    },
    suspend: () =>
      new Promise(resolve => {
        // A stopped process has no time: this ends when it goes on, and soon where nobody is there to stop for, such as in a container.
        setTimeout(resolve, 100)
        if (process.platform !== 'win32') process.kill(0, 'SIGTSTP')
      }),
  }
}
