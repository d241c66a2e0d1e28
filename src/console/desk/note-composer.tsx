import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Chat } from '../../emulator/world/world.js'
import { addNote, type Failure } from '../api.js'
import { useApp } from '../app-context.js'
import { draftOf, keepDraft } from './drafts.js'
import { FailureNote } from './failure-note.js'
import { NoteToggle } from './note-toggle.js'
import { TypingPreview } from './typing-preview.js'
import { deskWords } from './words.js'

interface Props {
  readonly chat: Chat
  readonly name: string
  readonly leave: () => void
}

/** In place of the composer: what is written here stays among agents. It has a draft of its own, so that no note becomes a message. */
export const NoteComposer = ({ chat, name, leave }: Props) => {
  const { settings } = useApp()
  const words = deskWords(settings.lang)
  const [text, setText] = useState(() => draftOf(chat.id, 'note').text)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  // At once: the next key is a letter of the note.
  useLayoutEffect(() => field.current?.focus(), [])
  const change = (next: string) => {
    keepDraft(chat.id, { text: next, id: null }, 'note')
    setText(next)
  }
  const save = async () => {
    if (isSaving || text.trim() === '') return
    setSaving(true)
    const problem = await addNote(chat.visitor, text, chat.id)
    setSaving(false)
    setFailure(problem)
    if (problem !== null) return
    change('')
    leave()
  }
  return (
    <form
      class="composer"
      onSubmit={event => {
        event.preventDefault()
        void save()
      }}
    >
      <TypingPreview visitor={chat.visitor} name={name} />
      {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
      <p class="note">{words.noteHint}</p>
      <div class="box memo-box">
        <textarea
          ref={field}
          rows={2}
          aria-label={words.note}
          placeholder={words.notePlaceholder}
          maxLength={10_000}
          value={text}
          onInput={event => change(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.isComposing) return
            if (event.key === 'Escape') {
              event.preventDefault()
              leave()
            }
            if (event.key !== 'Enter' || event.shiftKey) return
            event.preventDefault()
            void save()
          }}
        />
        <div class="bar">
          <NoteToggle isOn toggle={leave} />
          <span class="grow" />
          <button class="btn sm" type="submit" disabled={text.trim() === ''} aria-disabled={isSaving}>
            {words.saveNote} <kbd>↵</kbd>
          </button>
        </div>
      </div>
    </form>
  )
}
