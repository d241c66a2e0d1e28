import type { OfflineMessage } from '../../emulator/world/world.js'
import { dayAndTime } from '../../reading/format.js'
import { useApp } from '../app-context.js'
import { Rich } from '../rich.js'
import { ConversationHead } from './conversation-head.js'
import { Row, SystemLine } from './system-line.js'
import { initials, nameOf } from './visitor.js'

/** A form that a visitor sent while nobody was there. */
export const OfflineNote = ({ note }: { readonly note: OfflineMessage }) => {
  const { store, words, settings } = useApp()
  const name = nameOf(store.world.visitors[note.visitor], words)
  const events = store.history.ofChat(note.chat)
  const received = events.find(({ type }) => type === 'offline.received')
  const ended = events.filter(event => event.type === 'delivery.done' || event.type === 'delivery.failed').filter(({ event }) => event === 'offline_message')
  return (
    <section class="pane conv" aria-label={words.conversation}>
      <ConversationHead name={name} line={words.offlineTitle(note.visitor)} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div class="scroll" tabIndex={0} role="log" aria-label={words.messages}>
        <div class="log">
          <div class="msg visitor">
            <p class="by">
              <b class="cut">{name}</b>
              <time class="num" dateTime={new Date(note.at).toISOString()}>
                {dayAndTime(note.at, Date.now(), settings.lang)}
              </time>
            </p>
            <span class="ava sm" aria-hidden="true">
              {initials(name)}
            </span>
            <div class="bub">{note.message}</div>
          </div>
          {received !== undefined && <Row event={received} icon="mail" tone="visitor-t" text={words.offlineReceived} />}
          {ended.map(event => (
            <SystemLine key={event.seq} event={event} />
          ))}
        </div>
      </div>
      <p class="composer t3">
        <Rich text={words.offlineNote} />
      </p>
    </section>
  )
}
