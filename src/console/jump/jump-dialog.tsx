import { useEffect, useRef, useState } from 'preact/hooks'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { go } from '../router.js'
import { jumpTargets, type Target } from './jump-targets.js'

/** Finds chats, events and places, and goes there. A real dialog: the browser keeps the focus inside and gives it back. */
export const JumpDialog = ({ close }: { readonly close: () => void }) => {
  const { store, words, settings } = useApp()
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  useEffect(() => dialog.current?.showModal(), [])
  const targets = jumpTargets(text, store.world, words, settings.lang)
  const at = Math.min(chosen, targets.length - 1)

  const take = (target: Target) => {
    dialog.current?.close()
    go(target.place)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && targets.length > 0) {
      event.preventDefault()
      setChosen((at + step + targets.length) % targets.length)
    }
    const target = targets[at]
    if (event.key === 'Enter' && target !== undefined) {
      event.preventDefault()
      take(target)
    }
  }
  return (
    <dialog class="sheet jump" ref={dialog} aria-label={words.jump.title} onClose={close}>
      <div class="field">
        <Icon name="search" class="s" />
        <input
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          aria-label={words.jump.title}
          aria-expanded={targets.length > 0}
          aria-controls="jump-targets"
          aria-autocomplete="list"
          aria-activedescendant={targets.length > 0 ? `jump-${at}` : undefined}
          placeholder={words.jump.hint}
          value={text}
          onInput={event => {
            setText(event.currentTarget.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {targets.length > 0 && (
        <div class="pop-list" role="listbox" id="jump-targets" aria-label={words.jump.title}>
          {targets.map((target, nth) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and names what is chosen
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field
            <div key={`${target.label} ${target.note}`} id={`jump-${nth}`} role="option" aria-selected={nth === at} onClick={() => take(target)}>
              <Icon name={target.icon} class="s" />
              <span class="cut grow">{target.label}</span>
              <span class="t3 cut">{target.note}</span>
            </div>
          ))}
        </div>
      )}
    </dialog>
  )
}
