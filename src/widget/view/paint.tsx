import { render } from 'preact'
import { isWindowOpen } from '../session.js'
import { App } from './app.js'
import type { ViewProps } from './visitor-actions.js'

/** Draws the widget. The focus does not get lost when what had it goes away: it moves into the window, or back to the label. */
export const paint = (root: HTMLElement, props: ViewProps): void => {
  const wasInside = root.contains(document.activeElement)
  const wasOpen = root.classList.contains('jv-open')
  const isOpen = isWindowOpen(props.session)
  root.classList.toggle('jv-open', isOpen)
  render(<App {...props} />, root)
  if (!wasInside) return
  const isLost = !root.contains(document.activeElement)
  if ((wasOpen || isLost) && !isOpen) root.querySelector<HTMLElement>('.jv-label')?.focus({ preventScroll: true })
  else if (isLost) root.querySelector<HTMLElement>('[data-jv-focus]')?.focus({ preventScroll: true })
}
