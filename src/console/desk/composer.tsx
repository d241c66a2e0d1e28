import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Template } from '../../contracts/account.js'
import type { MessageContent } from '../../contracts/messages.js'
import type { Chat } from '../../emulator/world/world.js'
import { groupOf } from '../../reading/chat-groups.js'
import { type Failure, newMessageId, sendMessage } from '../api.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { useKeys } from '../keys.js'
import { AnswerAs } from './answer-as.js'
import { Attachments } from './attachments.js'
import { holderOf, inChat } from './colleagues.js'
import { type Draft, draftOf, keepDraft } from './drafts.js'
import { FailureNote } from './failure-note.js'
import { NoteComposer } from './note-composer.js'
import { NoteToggle } from './note-toggle.js'
import { QuickReplies } from './quick-replies.js'
import { SuggestionBox } from './suggestion-box.js'
import { optionId, TemplateList } from './template-list.js'
import { fillTemplate, joinTexts } from './templates.js'
import { TypingPreview } from './typing-preview.js'
import { useSuggestion } from './use-suggestion.js'
import { useTemplates } from './use-templates.js'
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
  const own = deskWords(settings.lang)
  const { account } = store.world
  const [draft, setDraft] = useState(() => draftOf(chat.id))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSending, setSending] = useState(false)
  const [isNote, setNote] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const listId = useId()

  const colleagues = inChat(store.world, chat)
  const [chosen, setChosen] = useState<number | null>(null)
  // Whoever has the chat now answers, until another is chosen anew.
  useEffect(() => setChosen(null), [chat.agent])
  const speaker = chosen ?? holderOf(store.world, chat)
  const agent = colleagues.length > 1 ? speaker : undefined

  const change = (next: Draft) => {
    keepDraft(chat.id, next)
    setDraft(next)
  }
  const typing = useTyping(chat.id, agent)
  const suggestion = useSuggestion(chat.id, setFailure)
  const fill = (text: string) => {
    change({ text, id: null })
    typing.typed(text)
    field.current?.focus()
  }
  const textOf = ({ text }: Template) => fillTemplate(text, store.world.visitors[chat.visitor]?.contacts.name ?? null)
  const templates = useTemplates(account?.templates ?? [], draft.text, template => fill(textOf(template)))
  const take = () => {
    if (suggestion.text === null) return
    fill(joinTexts(draft.text, suggestion.text))
    suggestion.dismiss()
  }
  const startNote = () => {
    typing.stop()
    setNote(true)
  }
  const isBack = useRef(false)
  useLayoutEffect(() => {
    if (!isNote && isBack.current) field.current?.focus()
    isBack.current = isNote
  }, [isNote])
  const none: Record<string, () => void> = {}
  useKeys(isNote ? none : { n: startNote, s: suggestion.ask, ...(suggestion.text === null ? none : { Escape: suggestion.dismiss }) })
  /** Beside the draft: what is being typed stays, unless it was the question of the buttons. */
  const sendContent = async (text: string, content: MessageContent, usesText: boolean) => {
    const problem = await sendMessage(chat.id, { id: newMessageId(), text, content, agent })
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
    const problem = await sendMessage(chat.id, { id: message, text, agent })
    setSending(false)
    setFailure(problem)
    if (problem !== null) return
    suggestion.dismiss()
    // What was typed while the message was on its way stays.
    const now = draftOf(chat.id).text
    change({ text: now.startsWith(text) ? now.slice(text.length) : now, id: null })
  }

  useLayoutEffect(() => {
    const area = field.current
    if (area === null) return
    area.style.height = ''
    area.style.height = `${Math.min(tallest, area.scrollHeight)}px`
  }, [draft.text, isNote])

  if (isNote) return <NoteComposer chat={chat} name={name} leave={() => setNote(false)} />

  const group = groupOf(chat)
  const holder = account?.agents.find(({ id }) => id === chat.agent)?.name ?? words.agent
  return (
    <form
      class="composer"
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <TypingPreview visitor={chat.visitor} name={name} />
      {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
      {group === 'byItself' && <p class="note">{words.byItselfNote(holder)}</p>}
      {group === 'waiting' && <p class="note">{words.waitingNote}</p>}
      {group === 'withBot' && <p class="note">{words.withBotNote}</p>}
      {(suggestion.text !== null || suggestion.isAsked) && <SuggestionBox text={suggestion.text} take={take} dismiss={suggestion.dismiss} />}
      <QuickReplies templates={account?.templates ?? []} choose={template => fill(joinTexts(draft.text, textOf(template)))} />
      {templates.isOpen && <TemplateList id={listId} templates={templates.found} active={templates.active} choose={template => fill(textOf(template))} />}
      <div class="box">
        <textarea
          ref={field}
          rows={1}
          aria-label={words.message}
          placeholder={words.write(name)}
          aria-autocomplete="list"
          aria-controls={templates.found.length > 0 ? listId : undefined}
          aria-activedescendant={templates.found.length > 0 ? optionId(listId, templates.active) : undefined}
          maxLength={10_000}
          value={draft.text}
          onInput={event => {
            change({ text: event.currentTarget.value, id: null })
            typing.typed(event.currentTarget.value)
          }}
          onKeyDown={event => {
            if (event.isComposing || (event.shiftKey && event.key !== 'Escape')) return
            const action = templates.onKey(event.key) ?? (suggestion.text === null ? undefined : { Tab: take, Escape: suggestion.dismiss }[event.key])
            if (action !== undefined) {
              event.preventDefault()
              return action()
            }
            if (event.key === 'Escape') event.currentTarget.blur()
            if (event.key !== 'Enter') return
            event.preventDefault()
            void send()
          }}
        />
        <div class="bar">
          <Attachments text={draft.text} send={sendContent} fail={setFailure} />
          <button
            class="btn quiet ico sm"
            type="button"
            aria-label={own.suggest}
            title={`${own.suggest} (s)`}
            aria-disabled={suggestion.isAsked}
            onClick={suggestion.ask}
          >
            <Icon name="spark" class="s" />
          </button>
          <NoteToggle isOn={false} toggle={startNote} />
          <span class="t3 hint-keys no-phone">
            <kbd>Shift</kbd> <kbd>↵</kbd> {words.newLine}
          </span>
          <span class="grow" />
          {agent !== undefined && <AnswerAs agents={colleagues} agent={agent} choose={setChosen} />}
          <button class={`btn sm ${isPrimary ? 'primary' : ''}`} type="submit" disabled={draft.text.trim() === ''} aria-disabled={isSending}>
            {isSending ? words.sending : words.send} <kbd>↵</kbd>
          </button>
        </div>
      </div>
    </form>
  )
}
