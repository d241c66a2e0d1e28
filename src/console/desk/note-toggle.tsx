import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { deskWords } from './words.js'

/** Between a message to the client and a note for agents. */
export const NoteToggle = ({ isOn, toggle }: { readonly isOn: boolean; readonly toggle: () => void }) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  return (
    <button class="btn quiet sm" type="button" aria-pressed={isOn} title={`${words.note} (n)`} onClick={toggle}>
      <Icon name="note" class="s" />
      {words.noteShort}
    </button>
  )
}
