/** A window that fills the screen keeps the focus: what lies under it cannot be seen. */
export const keepTabInside = (event: KeyboardEvent): void => {
  if (event.key !== 'Tab') return
  const stops = (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button, a[href], input, textarea, [tabindex="0"]')
  const first = stops[0]
  const last = stops[stops.length - 1]
  const [edge, other] = event.shiftKey ? [first, last] : [last, first]
  if (document.activeElement !== edge) return
  event.preventDefault()
  other?.focus()
}
