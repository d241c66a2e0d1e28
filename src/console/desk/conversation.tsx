import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Chat, Hands } from '../../emulator/world/world.js'
import { groupOf } from '../../reading/chat-groups.js'
import { dayAndTime } from '../../reading/format.js'
import { acceptChat, askForRating, bringIn, type Failure, finishChat, handOver } from '../api.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { useKeys } from '../keys.js'
import { desk, hashOf, timeline } from '../router.js'
import { AgentMenu } from './agent-menu.js'
import { invitable, transferable } from './colleagues.js'
import { Composer } from './composer.js'
import { ContentView } from './content.js'
import { ConversationHead } from './conversation-head.js'
import { conversationLines, type Line } from './conversation-lines.js'
import { FailureNote } from './failure-note.js'
import { NoteLine } from './note-line.js'
import { markSeen } from './seen.js'
import { RetryLine, SystemLine } from './system-line.js'
import { channelName, initials, nameOf } from './visitor.js'
import { deskWords } from './words.js'

export const Conversation = ({ chat }: { readonly chat: Chat }) => {
  const { store, words, settings } = useApp()
  const { world, history } = store
  const own = deskWords(settings.lang)
  const [failure, setFailure] = useState<Failure | null>(null)
  const group = groupOf(chat)
  const name = nameOf(world.visitors[chat.visitor], words)
  const lines = conversationLines(chat, history.ofChat(chat.id), world.deliveries)
  const [invited, others] = [invitable(world, chat), transferable(world, chat)]
  const holder = world.account?.agents.find(({ id }) => id === chat.agent)
  const isWithOther = group === 'withYou' && holder !== undefined && holder !== world.account?.agents[0]
  const state = isWithOther ? own.withAgent(holder.name) : words.stateOf[group]
  const channel = channelName(world, chat)
  const canAccept = group === 'waiting' || group === 'withBot'
  markSeen(chat)

  const act = async (action: (chat: number) => Promise<Failure | null>) => setFailure(await action(chat.id))
  const accept = () => void act(acceptChat)
  const finish = () => void act(finishChat)
  const none: Record<string, () => void> = {}
  useKeys({ ...(canAccept ? { a: accept } : none), ...(group === 'finished' ? none : { F: finish }) })

  const log = useStickToEnd(lines.length)
  return (
    <section class="pane conv" aria-label={words.conversation}>
      <ConversationHead name={name} line={words.chatLine(chat.id, channel === null ? state : `${channel} · ${state}`)}>
        <a class="btn quiet ico sm no-phone" href={hashOf(timeline(null, `chat:${chat.id}`, 'lanes'))} aria-label={words.views.lanes} title={words.views.lanes}>
          <Icon name="lanes" class="s" />
        </a>
        {chat.rating !== null && <span class="tag no-phone">{chat.rating.rate === null ? own.ratingAsked : own.rates[chat.rating.rate]}</span>}
        {chat.rating === null && group !== 'waiting' && (
          <button class="btn sm quiet ico" type="button" aria-label={own.askForRating} title={own.askForRating} onClick={() => void act(askForRating)}>
            <Icon name="star" class="s" />
          </button>
        )}
        {group !== 'finished' && invited.length > 0 && (
          <AgentMenu
            icon="invite"
            label={own.invite}
            title={own.inviteAgent}
            letter="i"
            agents={invited}
            choose={agent => void act(id => bringIn(id, agent))}
          />
        )}
        {group !== 'finished' && others.length > 0 && (
          <AgentMenu icon="swap" label={own.transfer} title={own.transferChat} agents={others} choose={agent => void act(id => handOver(id, agent))} />
        )}
        {canAccept && (
          <button class="btn sm primary" type="button" onClick={accept}>
            {group === 'withBot' ? words.takeOver : words.accept} <kbd>a</kbd>
          </button>
        )}
        {group !== 'finished' && (
          <button class="btn sm" type="button" onClick={finish}>
            <Icon name="tick" class="s" />
            {words.finish}
          </button>
        )}
        <a class="btn quiet ico to-card" href={hashOf(desk(chat.id, true))} aria-label={words.card}>
          <Icon name="visitor" />
        </a>
      </ConversationHead>
      {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div class="scroll" tabIndex={0} role="log" aria-label={words.messages} ref={log}>
        <div class="log">
          {lines.map(line => (
            <LineView key={keyOf(line)} line={line} visitorName={name} messages={chat.messages} />
          ))}
        </div>
      </div>
      {group === 'finished' ? <p class="composer t3">{words.finishedNote}</p> : <Composer chat={chat} name={name} isPrimary={!canAccept} />}
    </section>
  )
}

const keyOf = (line: Line) => (line.kind === 'message' ? line.message.id : `${line.kind}${line.event.seq}`)

interface LineProps {
  readonly line: Line
  readonly visitorName: string
  readonly messages: Chat['messages']
}

const LineView = ({ line, visitorName, messages }: LineProps) => {
  if (line.kind === 'system') return <SystemLine event={line.event} />
  if (line.kind === 'note') return <NoteLine event={line.event} />
  if (line.kind === 'retry') return <RetryLine line={line} />
  return <MessageView message={line.message} visitorName={visitorName} hands={line.hands} messages={messages} />
}

interface MessageProps {
  readonly message: Chat['messages'][number]
  readonly visitorName: string
  readonly hands: Hands | null
  readonly messages: Chat['messages']
}

const MessageView = ({ message, visitorName, hands, messages }: MessageProps) => {
  const { by, name = '', text, at, content } = message
  const { words, settings } = useApp()
  const who = by === 'visitor' ? visitorName : by === 'bot' ? name : hands === 'auto' ? `${name}, ${words.auto}` : `${words.you} (${name})`
  const face = (
    <span class={`ava sm ${by === 'visitor' ? '' : by}`} aria-hidden="true">
      {initials(by === 'visitor' ? visitorName : name)}
    </span>
  )
  return (
    <div class={`msg ${by}`}>
      <p class="by">
        <b class="cut">{who}</b>
        <time class="num" dateTime={new Date(at).toISOString()}>
          {dayAndTime(at, Date.now(), settings.lang)}
        </time>
      </p>
      {face}
      {content === undefined ? <div class="bub">{text}</div> : <ContentView message={message} content={content} messages={messages} />}
    </div>
  )
}

/** Keeps the newest line in view, unless the person has scrolled up to read. */
const useStickToEnd = (length: number) => {
  const element = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  useLayoutEffect(() => {
    const log = element.current
    if (log === null) return
    const read = () => {
      isAtEnd.current = log.scrollTop + log.clientHeight >= log.scrollHeight - 40
    }
    const stick = () => {
      if (isAtEnd.current) log.scrollTop = log.scrollHeight
    }
    log.addEventListener('scroll', read, { passive: true })
    // Pictures come later than their messages, and what stands below may take room.
    log.addEventListener('load', stick, true)
    const resized = new ResizeObserver(stick)
    resized.observe(log)
    return () => {
      log.removeEventListener('scroll', read)
      log.removeEventListener('load', stick, true)
      resized.disconnect()
    }
  }, [])
  useLayoutEffect(() => {
    const log = element.current
    if (log !== null && isAtEnd.current && length >= 0) log.scrollTop = log.scrollHeight
  }, [length])
  return element
}
