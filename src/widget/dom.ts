import css from './widget.css'

/** What the widget adds to a page, and how it is taken away again. Sites hook these ids and their order: Jivo's own script, DOM. */

/** `div#jivo-iframe-container > iframe#jivo_container`, hidden: it stands for the frame in which Jivo's script runs. */
export const addContainer = (): HTMLElement => {
  const container = document.createElement('div')
  container.id = 'jivo-iframe-container'
  Object.assign(container.style, { opacity: '0', visibility: 'hidden', width: '0px', height: '0px', overflow: 'hidden', position: 'absolute' })
  const frame = document.createElement('iframe')
  frame.id = 'jivo_container'
  frame.name = 'jivo_container'
  frame.title = 'Jivochat'
  frame.tabIndex = -1
  frame.setAttribute('aria-hidden', 'true')
  Object.assign(frame.style, { width: '0px', height: '0px', border: '0' })
  container.append(frame)
  document.body.append(container)
  return container
}

/** The `jdiv` in which everything is drawn: the container's next sibling, direct child of body. */
export const addRoot = (container: HTMLElement, language: string): HTMLElement => {
  const root = document.createElement('jdiv')
  root.className = 'jv'
  root.lang = language
  container.after(root)
  return root
}

/** Styles by script instead of a style element: a page may forbid inline styles. */
export const addStyles = (text = css): (() => void) => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(other => other !== sheet)
  }
}
