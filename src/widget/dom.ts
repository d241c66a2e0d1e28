import css from './widget.css'

/** What the widget adds to a page, and how it is taken away again. Sites hook these ids and their order: Jivo's own script, DOM. */

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
