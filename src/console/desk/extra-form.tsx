import type { ComponentChildren } from 'preact'
import { useApp } from '../app-context.js'
import { deskWords } from './words.js'

interface Props {
  readonly form: { readonly current: HTMLDivElement | null }
  readonly label: string
  readonly isReady: boolean
  readonly submit: () => Promise<void>
  readonly close: () => void
  readonly children: ComponentChildren
}

/** What a message gets besides text. It stands inside of the composer's form, so it is none of its own. */
export const ExtraForm = ({ form, label, isReady, submit, close, children }: Props) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  return (
    <fieldset
      class="extra"
      aria-label={label}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.preventDefault()
          close()
        }
        if (event.key !== 'Enter' || event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLButtonElement) return
        event.preventDefault()
        if (isReady) void submit()
      }}
    >
      <div class="edit" ref={form}>
        {children}
        <div class="form-end">
          <button class="btn sm" type="button" disabled={!isReady} onClick={() => void submit()}>
            {label}
          </button>
          <button class="btn sm quiet" type="button" onClick={close}>
            {words.cancel}
          </button>
        </div>
      </div>
    </fieldset>
  )
}
