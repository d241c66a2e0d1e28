/** Time, as it comes in from outside. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Runs something once after so many milliseconds. Returns the way to call it off. */
  readonly after: (milliseconds: number, run: () => void) => () => void
}
