import { useEffect, useRef } from 'preact/hooks'
import { useApp } from './app-context.js'
import { Icon } from './icons.js'

/** A real dialog: the browser keeps the focus inside and gives it back. */
export const HelpSheet = ({ close }: { readonly close: () => void }) => {
  const { store, words, settings, change } = useApp()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const rows = (keys: readonly (keyof typeof words.keys)[]) =>
    keys.map(key => (
      <li key={key}>
        <span>
          {keyNames(key).map(name => (
            <kbd key={name}>{name}</kbd>
          ))}
        </span>
        {words.keys[key]}
      </li>
    ))
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby="sheet-title" onClose={close}>
      <header>
        <h2 id="sheet-title">{words.keysTitle}</h2>
        <form method="dialog">
          <button class="btn quiet ico" type="submit" aria-label={words.close}>
            <Icon name="cross" />
          </button>
        </form>
      </header>
      <div class="sheet-keys">
        <section>
          <h3>{words.keys.everywhere}</h3>
          <ul>{rows(['g d', 'g t', 'g a', 'jump', 'f', 'Escape', '?'])}</ul>
        </section>
        <section>
          <h3>{words.desk}</h3>
          <ul>{rows(['j k', 'Enter', 'a', 'i', 'n', 's', 'Tab', 'templates', 'Shift f', 'send'])}</ul>
        </section>
        <section>
          <h3>{words.timeline}</h3>
          <ul>{rows(['j k', 'Enter', 'Space', 'G', '[ ]', '/', 'l', 'r e', 'c s', 'y'])}</ul>
        </section>
      </div>
      <label class="check">
        <input type="checkbox" checked={settings.letters === 'on'} onChange={event => change({ letters: event.currentTarget.checked ? 'on' : 'off' })} />
        <span>
          {words.keyLetters}
          <small>{words.keyLettersNote}</small>
        </span>
      </label>
      {store.world.version !== '' && <p class="t3">{words.version(store.world.version)}</p>}
    </dialog>
  )
}

const keyNames = (key: string): string[] =>
  key === 'send' ? ['↵'] : key === 'templates' || key === 'jump' ? ['/'] : key.split(' ').map(name => ({ Escape: 'Esc', Enter: '↵' })[name] ?? name)
