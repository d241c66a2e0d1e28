import { useEffect, useState } from 'preact/hooks'
import { finishedChats, openGroups } from '../../reading/chat-groups.js'
import { useApp } from '../app-context.js'
import { useKeys } from '../keys.js'
import { Rich } from '../rich.js'
import { desk, go, type Place } from '../router.js'
import { ChatList, mostFinished, type Shown } from './chat-list.js'
import { Conversation } from './conversation.js'
import { FirstRun } from './first-run.js'
import { OfflineNote } from './offline-note.js'
import { nameOf } from './visitor.js'
import { VisitorCard } from './visitor-card.js'

type DeskPlace = Extract<Place, { name: 'desk' }>

export const Desk = ({ place }: { readonly place: DeskPlace }) => {
  const { store, words } = useApp()
  const { world } = store
  const chat = place.chat === null ? undefined : world.chats[place.chat]
  const note = place.offline === null ? undefined : world.offlineMessages.find(({ id }) => id === place.offline)
  const [chosen, setChosen] = useState<Shown | null>(null)
  const shown = chosen ?? (chat?.status === 'finished' ? 'finished' : 'open')
  const listed = shown === 'finished' ? finishedChats(world).slice(0, mostFinished) : openGroups(world).flatMap(({ chats }) => chats)

  const move = (step: number) => {
    const at = listed.findIndex(({ id }) => id === place.chat)
    const next = at === -1 ? listed[step > 0 ? 0 : listed.length - 1] : listed[at + step]
    if (next !== undefined) go(desk(next.id), place.chat !== null)
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => document.querySelector<HTMLTextAreaElement>('.composer textarea')?.focus(),
    Escape: () => go(place.isCard ? desk(place.chat) : desk()),
  })

  const visitor = world.visitors[chat?.visitor ?? note?.visitor ?? 0]
  const title = visitor === undefined ? words.desk : `${nameOf(visitor, words)} · ${words.desk}`
  useEffect(() => {
    document.title = `${title} · jivo-dev`
  }, [title])

  if (store.link === 'loading') {
    return (
      <main class="pagey" id="main" tabIndex={-1}>
        <p class="t3">{words.loading}</p>
      </main>
    )
  }
  if (world.next.chat === 9001 && Object.keys(world.chats).length === 0 && world.offlineMessages.length === 0 && place.chat === null) return <FirstRun />

  const pane = place.isCard ? 'card' : place.chat !== null || place.offline !== null ? 'chat' : 'list'
  return (
    <main class="desk" id="main" tabIndex={-1} data-pane={pane}>
      <ChatList shown={shown} setShown={setChosen} chat={place.chat} offline={place.offline} />
      {chat !== undefined ? (
        <Conversation key={chat.id} chat={chat} />
      ) : note !== undefined ? (
        <OfflineNote note={note} />
      ) : (
        <section class="pane conv" aria-label={words.conversation}>
          <p class="hint">
            <Rich text={place.chat !== null ? words.noSuchChat(place.chat) : place.offline !== null ? words.noSuchOffline : words.chooseChat} />
          </p>
        </section>
      )}
      {visitor !== undefined ? (
        <VisitorCard key={visitor.number} visitor={visitor} chat={chat} />
      ) : (
        <aside class="pane card" aria-label={words.visitorDetails} />
      )}
    </main>
  )
}
