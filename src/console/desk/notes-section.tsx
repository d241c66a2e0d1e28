import { useState } from 'preact/hooks'
import type { Visitor } from '../../emulator/world/world.js'
import { dayAndTime } from '../../reading/format.js'
import { addNote } from '../api.js'
import { useApp } from '../app-context.js'
import { EditForm, Opener, TextField, wrong } from './edit-form.js'
import { deskWords } from './words.js'

const opener = 'add-note'

/** Notes that are shown before one asks for all. */
const fewNotes = 3

/** What agents wrote about the client, the newest first, from whichever chat. */
export const NotesSection = ({ visitor }: { readonly visitor: Visitor }) => {
  const { store, words: common, settings } = useApp()
  const words = deskWords(settings.lang)
  const [isOpen, setOpen] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const notes = visitor.notes.toReversed()
  const nameOf = (agent: number) => store.world.account?.agents.find(({ id }) => id === agent)?.name ?? common.agent
  return (
    <div class="sec">
      <h3>
        {words.notes}
        <Opener id={opener} label={words.addNote} icon="plus" isOpen={isOpen} toggle={() => setOpen(!isOpen)} />
      </h3>
      {isOpen && <NoteForm visitor={visitor} close={() => setOpen(false)} />}
      {notes.length === 0 && !isOpen && <p class="t3">{words.noNotes}</p>}
      <ul class="notes">
        {notes.slice(0, isWhole ? notes.length : fewNotes).map(({ agent, text, at }, place) => (
          <li class="memo" key={notes.length - place}>
            <p class="memo-t">{text}</p>
            <p class="memo-by">
              {nameOf(agent)}, <time dateTime={new Date(at).toISOString()}>{dayAndTime(at, Date.now(), settings.lang)}</time>
            </p>
          </li>
        ))}
      </ul>
      {notes.length > fewNotes && !isWhole && (
        <button class="btn quiet sm add" type="button" onClick={() => setWhole(true)}>
          {words.allNotes(notes.length)}
        </button>
      )}
    </div>
  )
}

const NoteForm = ({ visitor, close }: { readonly visitor: Visitor; readonly close: () => void }) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  const [text, setText] = useState('')
  const save = async () => (text.trim() === '' ? wrong(words.emptyNote) : addNote(visitor.number, text))
  return (
    <EditForm opener={opener} label={words.addNote} hint={words.noteHint} submit={words.saveNote} save={save} close={close}>
      <TextField label={words.note} value={text} change={setText} isLong />
    </EditForm>
  )
}
