import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Visitor, World } from '../../emulator/world/world.js'
import { cut, shortUrl } from '../../reading/format.js'
import { type Failure, inviteVisitor } from '../api.js'
import { useApp } from '../app-context.js'
import { FailureNote } from './failure-note.js'
import { initials, nameOf } from './visitor.js'
import { deskWords } from './words.js'

/** Whether a page of the visitor is open, so that there is somebody to invite. */
export const isOnSite = (world: World, visitor: number): boolean => Object.values(world.pages).some(page => page.visitor === visitor)

/** Visitors who look at a page and do not talk, the newest first. */
const silentVisitors = (world: World): Visitor[] => {
  const here = new Set(Object.values(world.pages).map(({ visitor }) => visitor))
  return Object.values(world.visitors)
    .filter(
      ({ number, chats }) => here.has(number) && world.chats[chats.at(-1) ?? 0]?.status !== 'waiting' && world.chats[chats.at(-1) ?? 0]?.status !== 'accepted',
    )
    .sort((a, b) => b.number - a.number)
}

/** The button and, when it was pressed, the text. */
export const Invite = ({ visitor }: { readonly visitor: Visitor }) => {
  const { settings, words: common } = useApp()
  const words = deskWords(settings.lang)
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isOpen) field.current?.focus()
  }, [isOpen])
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const send = async () => {
    if (text.trim() === '') return
    const problem = await inviteVisitor(visitor.number, text.trim())
    setFailure(problem)
    if (problem !== null) return
    setText('')
    close()
  }
  return (
    <div class="invite">
      <button
        class="btn sm"
        type="button"
        ref={opener}
        aria-expanded={isOpen}
        aria-label={words.inviteName(nameOf(visitor, common))}
        onClick={() => setOpen(!isOpen)}
      >
        {words.invite}
      </button>
      {visitor.invitation !== null && !isOpen && (
        <p class="t3">
          {words.invited} {cut(visitor.invitation, 120)}
        </p>
      )}
      {isOpen && (
        <form
          class="edit"
          aria-label={words.inviteName(nameOf(visitor, common))}
          onSubmit={event => {
            event.preventDefault()
            void send()
          }}
          onKeyDown={event => {
            if (event.key === 'Escape') close()
          }}
        >
          <label class="tall" for={id}>
            {words.inviteText}
          </label>
          <textarea class="in" id={id} rows={2} maxLength={1_000} ref={field} value={text} onInput={event => setText(event.currentTarget.value)} />
          {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
          <p class="t3 follows">{words.inviteHint}</p>
          <div class="form-end">
            <button class="btn sm" type="submit" disabled={text.trim() === ''}>
              {words.sendIt}
            </button>
            <button class="btn sm quiet" type="button" onClick={close}>
              {words.cancel}
            </button>
          </div>
        </form>
      )}
    </div>
  )
}

/** Who looks at the site and could be invited. */
export const OnSite = () => {
  const { store, settings, words: common } = useApp()
  const visitors = silentVisitors(store.world)
  if (visitors.length === 0) return null
  return (
    <div>
      <h3 class="group">{deskWords(settings.lang).onSite}</h3>
      {visitors.slice(0, 50).map(visitor => (
        <div class="on-site" key={visitor.number}>
          <span class="ava gray" aria-hidden="true">
            {initials(nameOf(visitor, common))}
          </span>
          <div class="grow">
            <p class="cut">{nameOf(visitor, common)}</p>
            <p class="t3 cut">{visitor.lastPage?.title || shortUrl(visitor.lastPage?.url ?? '')}</p>
            <Invite visitor={visitor} />
          </div>
        </div>
      ))}
    </div>
  )
}
