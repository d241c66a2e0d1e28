import { useEffect, useState } from 'preact/hooks'
import type { Chat, OfflineMessage } from '../../emulator/world/world.js'
import { finishedChats, groupOf, lastAt, newestFirst, openGroups } from '../../reading/chat-groups.js'
import { capped, clock, cut, elapsed } from '../../reading/format.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { desk, hashOf, offlineMessage } from '../router.js'
import { OnSite } from './invite.js'
import { unreadOf } from './seen.js'
import { channelName, initials, nameOf } from './visitor.js'
import { deskWords } from './words.js'

export type Shown = 'open' | 'finished'

/** Most finished chats in the list; the timeline has the others. */
export const mostFinished = 200

/** Milliseconds of waiting after which the time says so by its colour. */
const longWait = 120_000

interface Props {
  readonly shown: Shown
  readonly setShown: (shown: Shown) => void
  readonly chat: number | null
  readonly offline: number | null
}

export const ChatList = ({ shown, setShown, chat: current, offline }: Props) => {
  const { store, words } = useApp()
  const { world } = store
  const groups = openGroups(world)
  const finished = finishedChats(world)
  const openCount = groups.reduce((sum, { chats }) => sum + chats.length, 0)
  const chips = [
    { name: 'open', label: words.open, number: openCount },
    { name: 'finished', label: words.finished, number: finished.length },
  ] as const
  return (
    <section class="pane list" aria-label={words.chats}>
      <div class="pane-h">
        <h2>{words.chats}</h2>
        <fieldset class="filters" aria-label={words.state}>
          {chips.map(({ name, label, number }) => (
            <button class="chip" type="button" key={name} aria-pressed={shown === name} onClick={() => setShown(name)}>
              {label} <span class="num">{number}</span>
            </button>
          ))}
        </fieldset>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section class="scroll" tabIndex={0} aria-label={words.chatList}>
        {shown === 'finished' ? (
          <>
            {finished.length === 0 && <p class="hint">{words.noFinishedChats}</p>}
            {finished.slice(0, mostFinished).map(chat => (
              <ChatRow key={chat.id} chat={chat} isCurrent={chat.id === current} />
            ))}
            {finished.length > mostFinished && <p class="hint">{words.older(finished.length - mostFinished)}</p>}
          </>
        ) : (
          <>
            {groups.length === 0 && <p class="hint">{words.noOpenChats}</p>}
            {groups.map(({ name, chats }) => (
              <div key={name}>
                <h3 class="group">{words[name]}</h3>
                {chats.map(chat => (
                  <ChatRow key={chat.id} chat={chat} isCurrent={chat.id === current} />
                ))}
              </div>
            ))}
            <OnSite />
            {world.offlineMessages.length > 0 && <h3 class="group">{words.offlineMessages}</h3>}
            {newestFirst(world.offlineMessages).map(note => (
              <NoteRow key={note.id} note={note} isCurrent={note.id === offline} />
            ))}
          </>
        )}
      </section>
    </section>
  )
}

const ChatRow = ({ chat, isCurrent }: { readonly chat: Chat; readonly isCurrent: boolean }) => {
  const { store, words, settings } = useApp()
  const visitor = store.world.visitors[chat.visitor]
  const name = nameOf(visitor, words)
  const typing = chat.status === 'finished' ? null : (visitor?.typing ?? null)
  const unread = isCurrent ? 0 : unreadOf(chat)
  const last = chat.messages.at(-1)
  const group = groupOf(chat)
  const channel = channelName(store.world, chat)
  return (
    <a class={`chat ${unread > 0 ? 'unread' : ''}`} href={hashOf(desk(chat.id))} aria-current={isCurrent ? 'true' : undefined}>
      <span class={`ava ${group === 'finished' ? 'gray' : ''}`} aria-hidden="true">
        {initials(name)}
      </span>
      <span class="name cut">
        {name}
        {channel !== null && <span class="t3 from"> {channel}</span>}
      </span>
      {group === 'waiting' ? <Waiting since={chat.startedAt} /> : <span class="when num">{clock(lastAt(chat))}</span>}
      <span class={`last cut ${typing === null ? '' : 'visitor-t'}`}>
        {typing !== null && <>{deskWords(settings.lang).typing} </>}
        {typing === null && last?.by === 'agent' && `${group === 'byItself' ? (last.name?.split(' ')[0] ?? words.agent) : words.you}: `}
        {cut(typing ?? last?.text ?? '', 120)}
      </span>
      <span class="end">
        {unread > 0 && (
          <span class="count hot">
            {capped(unread)}
            <span class="vh"> {words.unread(unread)}</span>
          </span>
        )}
      </span>
    </a>
  )
}

const NoteRow = ({ note, isCurrent }: { readonly note: OfflineMessage; readonly isCurrent: boolean }) => {
  const { store, words } = useApp()
  const name = nameOf(store.world.visitors[note.visitor], words)
  return (
    <a class="chat" href={hashOf(offlineMessage(note.id))} aria-current={isCurrent ? 'true' : undefined}>
      <span class="ava gray" aria-hidden="true">
        <Icon name="mail" />
      </span>
      <span class="name cut">{name}</span>
      <span class="when num">{clock(note.at)}</span>
      <span class="last cut">{cut(note.message, 120)}</span>
      <span class="end" />
    </a>
  )
}

const Waiting = ({ since }: { readonly since: number }) => {
  const { words } = useApp()
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const waited = now - since
  return (
    <span class={`when num ${waited > longWait ? 'pending-t' : ''}`} title={words.waitingFor(elapsed(waited))}>
      {elapsed(waited)}
    </span>
  )
}
