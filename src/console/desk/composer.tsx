import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { MessageContent } from '../../contracts/messages.js'
import type { Chat } from '../../emulator/world/world.js'
import { type Failure, newMessageId, sendMessage } from '../api.js'
import { useApp } from '../app-context.js'
import { Attachments } from './attachments.js'
import { groupOf } from './chat-groups.js'
import { type Draft, draftOf, keepDraft } from './drafts.js'
import { FailureNote } from './failure-note.js'
import { useTyping } from './use-typing.js'
import { deskWords } from './words.js'

/** Tallest the field grows, in pixels; then it scrolls. */
const tallest = 180

interface Props {
  readonly chat: Chat
  readonly name: string
  readonly isPrimary: boolean
}

export const Composer = ({ chat, name, isPrimary }: Props) => {
  const { store, words, settings } = useApp()
  const typed = store.world.visitors[chat.visitor]?.typing ?? null
  const [draft, setDraft] = useState(() => draftOf(chat.id))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSending, setSending] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)

  const change = (next: Draft) => {
    keepDraft(chat.id, next)
    setDraft(next)
  }
  const typing = useTyping(chat.id)
  /** Beside the draft: what is being typed stays, unless it was the question of the buttons. */
  const sendContent = async (text: string, content: MessageContent, usesText: boolean) => {
    const problem = await sendMessage(chat.id, newMessageId(), text, content)
    setFailure(problem)
    if (problem === null && usesText) change({ text: '', id: null })
    return problem === null
  }
  const send = async () => {
    if (isSending || draft.text.trim() === '') return
    const { text, id = null } = draft
    const message = id ?? newMessageId()
    change({ text, id: message })
    setSending(true)
    typing.stop()
    const problem = await sendMessage(chat.id, message, text)
    setSending(false)
    setFailure(problem)
    if (problem !== null) return
    // What was typed while the message was on its way stays.
    const now = draftOf(chat.id).text
    change({ text: now.startsWith(text) ? now.slice(text.length) : now, id: null })
  }

  useLayoutEffect(() => {
    const area = field.current
    if (area === null) return
    area.style.height = ''
    area.style.height = `${Math.min(tallest, area.scrollHeight)}px`
  }, [draft.text])

  const group = groupOf(chat)
  const agent = store.world.account?.agents.find(({ id }) => id === chat.agent)?.name ?? words.agent
  return (
    <form
      class="composer"
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <p class="typed cut">
        {typed !== null && (
          <>
            {deskWords(settings.lang).isTyping(name)} <q>{typed}</q>
          </>
        )}
      </p>
      {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
      {group === 'byItself' && <p class="note">{words.byItselfNote(agent)}</p>}
      {group === 'waiting' && <p class="note">{words.waitingNote}</p>}
      <div class="box">
        <textarea
          ref={field}
          rows={1}
          aria-label={words.message}
          placeholder={words.write(name)}
          maxLength={10_000}
          value={draft.text}
          onInput={event => {
            change({ text: event.currentTarget.value, id: null })
            typing.typed(event.currentTarget.value)
          }}
          onKeyDown={event => {
            if (event.key === 'Escape') event.currentTarget.blur()
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            void send()
          }}
        />
        <div class="bar">
          <Attachments text={draft.text} send={sendContent} fail={setFailure} />
          <span class="t3 hint-keys no-phone">
            <kbd>Shift</kbd> <kbd>↵</kbd> {words.newLine}
          </span>
          <span class="grow" />
          <button class={`btn sm ${isPrimary ? 'primary' : ''}`} type="submit" disabled={draft.text.trim() === ''} aria-disabled={isSending}>
            {isSending ? words.sending : words.send} <kbd>↵</kbd>
          </button>
        </div>
      </div>
    </form>
  )
}
