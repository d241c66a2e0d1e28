/**
 * The tag that loaded this script: the one that runs, or else the first with the widget's id on it. Both attributes are seen
 * in real pages.
 */
export const findScript = (): HTMLScriptElement | null =>
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[jv-id]') ??
  document.querySelector<HTMLScriptElement>('script[data-jv-id]')

/** The id on a tag without one in its address. Cut at the first other character, as Jivo's loader does. */
export const idOf = (script: HTMLScriptElement | null): string => {
  const tag = hasId(script) ? script : document.querySelector('script[jv-id], script[data-jv-id]')
  return /^[A-Za-z0-9]*/.exec(tag?.getAttribute('jv-id') ?? tag?.getAttribute('data-jv-id') ?? '')?.[0] ?? ''
}

const hasId = (script: HTMLScriptElement | null) => script !== null && (script.hasAttribute('jv-id') || script.hasAttribute('data-jv-id'))
