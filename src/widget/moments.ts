/** Waits that can be called off. */

/** Milliseconds after which a bundle that waits for the visitor is loaded anyway: Jivo's own loader. */
const longestWait = 5_000

/** Calls `then` when the document is that far: as good as at once if it is, but never before this returns. */
export const whenReady = (wanted: 'interactive' | 'complete', then: () => void): (() => void) => {
  const isThere = () => document.readyState === 'complete' || document.readyState === wanted
  if (isThere()) {
    // Not a timer: those of a tab in the background wait.
    let isOff = false
    queueMicrotask(() => {
      if (!isOff) then()
    })
    return () => {
      isOff = true
    }
  }
  const check = () => {
    if (!isThere()) return
    stop()
    then()
  }
  const stop = () => {
    document.removeEventListener('DOMContentLoaded', check)
    window.removeEventListener('load', check)
  }
  document.addEventListener('DOMContentLoaded', check)
  window.addEventListener('load', check)
  return stop
}

/** Calls `then` at the first scroll or movement of the mouse, or after 5 s. */
export const whenUsed = (then: () => void): (() => void) => {
  const stop = () => {
    clearTimeout(timer)
    window.removeEventListener('scroll', once)
    document.removeEventListener('mousemove', once)
  }
  const once = () => {
    stop()
    then()
  }
  const timer = setTimeout(once, longestWait)
  window.addEventListener('scroll', once, { passive: true })
  document.addEventListener('mousemove', once, { passive: true })
  return stop
}

export const afterDelay = (milliseconds: number, then: () => void): (() => void) => {
  const timer = setTimeout(then, milliseconds)
  return () => clearTimeout(timer)
}
