import { useEffect, useState } from 'preact/hooks'
import { useApp } from './app-context.js'
import { Icon, type IconName } from './icons.js'

/** Not there at all where the browser lets no page copy: on an address without encryption that is not this machine. */
export const CopyButton = ({ text, label, icon = 'copy' }: { readonly text: string; readonly label?: string; readonly icon?: IconName }) => {
  const { words } = useApp()
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (!isDone) return
    const timer = setTimeout(() => setDone(false), 2_000)
    return () => clearTimeout(timer)
  }, [isDone])
  if (!isSecureContext) return null
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => {},
    )
  return (
    <button class="btn quiet ico sm" type="button" title={label ?? words.copy} onClick={() => void copy()}>
      <Icon name={isDone ? 'tick' : icon} class={isDone ? 's ok-t' : 's'} />
      <span class="vh" aria-live="polite">
        {isDone ? words.copied : (label ?? words.copy)}
      </span>
    </button>
  )
}
