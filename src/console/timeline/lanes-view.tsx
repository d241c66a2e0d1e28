import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Event } from '../../contracts/journal.js'
import { finishedChats, openGroups } from '../../reading/chat-groups.js'
import { cut, duration, exactClock, shortUrl } from '../../reading/format.js'
import { type LaneName, type Lanes, lanesOf, type Step } from '../../reading/lanes.js'
import { summaryOf, whoDid } from '../../reading/summary.js'
import { type App, useApp } from '../app-context.js'
import { channelOfVisitor, nameOf } from '../desk/visitor.js'
import { hashOf, type Place } from '../router.js'

interface Props {
  readonly chat: number | undefined
  /** `seq` of the event that is open beside it. */
  readonly opened: number | null
  /** Where an event is shown; with a chat, where that is drawn. */
  readonly at: (seq: number | null, chat?: number) => Place
}

/** Most chats to choose from: the open ones first. */
const mostChats = 30

/** One chat as arrows between those who take part. */
export const LanesView = ({ chat, opened, at }: Props) => {
  const { words } = useApp()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section class="lanes scroll" tabIndex={0} aria-label={words.views.lanes}>
      {chat === undefined ? <Choice at={at} /> : <Drawn chat={chat} opened={opened} at={at} />}
    </section>
  )
}

const Drawn = ({ chat, opened, at }: Props & { readonly chat: number }) => {
  const { store, words } = useApp()
  const { history } = store
  // The page is drawn more often than something happens.
  const lanes = useMemo(
    () => lanesOf(history.events.filter(event => history.chatOf(event) === chat)),
    [history, chat, history.events.at(-1)?.seq, history.leftOut],
  )
  return lanes.steps.length === 0 ? <p class="hint">{words.lanes.none(chat)}</p> : <Drawing chat={chat} lanes={lanes} opened={opened} at={at} />
}

const Choice = ({ at }: Pick<Props, 'at'>) => {
  const { store, words } = useApp()
  const { world } = store
  const chats = [...openGroups(world).flatMap(group => group.chats), ...finishedChats(world)].slice(0, mostChats)
  if (chats.length === 0) return <p class="hint">{words.lanes.noChats}</p>
  return (
    <div class="lane-choice">
      <p>{words.lanes.choose}</p>
      <ul>
        {chats.map(({ id, visitor }) => (
          <li key={id}>
            <a href={hashOf(at(null, id))}>
              {words.chat(id)} <span class="t2">{nameOf(world.visitors[visitor], words)}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

const Drawing = ({ chat, lanes: { steps, lanes, leftOut }, opened, at }: { readonly lanes: Lanes; readonly chat: number } & Pick<Props, 'opened' | 'at'>) => {
  const { store, words } = useApp()
  const w = words.lanes
  const { world } = store
  const visitor = world.visitors[world.chats[chat]?.visitor ?? 0]
  const heads = headsOf(chat, useApp())
  const [first] = steps
  const last = steps.at(-1)
  const time = (step: Step | undefined) => exactClock(step?.events[0]?.at ?? 0).slice(0, 8)
  /** The middle of a lane, in percent of the width. */
  const middle = (name: LaneName) => ((lanes.indexOf(name) + 0.5) / lanes.length) * 100
  return (
    <figure aria-label={w.drawing(chat)}>
      <figcaption>
        <b>
          {w.title(chat)}, {nameOf(visitor, words)}
        </b>
        <span class="t3 num">
          {time(first)}–{time(last)}
        </span>
        <span class="grow" />
        <span class="k">
          <i class="line" /> {w.message}
        </span>
        <span class="k">
          <i class="line dashed" /> {w.callback}
        </span>
        {lanes.includes('bot') && (
          <span class="k">
            <i class="held bot" /> {w.held.bot}
          </span>
        )}
        <span class="k">
          <i class="held agent" /> {w.held.agent}
        </span>
      </figcaption>
      {leftOut > 0 && <p class="hint">{w.leftOut(leftOut)}</p>}
      <div class="lane-sheet">
        <div class="lane-heads">
          <span />
          <div class="lane-area">
            {lanes.map(name => (
              <div key={name} class={`lane-head ${name}`} style={{ left: `${middle(name)}%`, width: `${84 / lanes.length}%` }}>
                <b>{heads[name].title}</b>
                <span class="mono cut">{heads[name].note}</span>
              </div>
            ))}
          </div>
        </div>
        <div class="lane-lines" aria-hidden="true">
          {lanes.map(name => (
            <i key={name} class={name} style={{ left: `${middle(name)}%` }} />
          ))}
        </div>
        <ol>
          {steps.map((step, nth) => (
            <StepRow
              key={step.events[0]?.seq}
              step={step}
              time={nth > 0 && time(steps[nth - 1]) === time(step) ? '' : time(step)}
              heads={heads}
              middle={middle}
              isOpened={step.events.some(({ seq }) => seq === opened)}
              href={hashOf(at(step.events[0]?.seq ?? null))}
            />
          ))}
        </ol>
      </div>
    </figure>
  )
}

interface StepProps {
  readonly step: Step
  /** Empty where it is that of the step before. */
  readonly time: string
  readonly heads: Heads
  readonly middle: (name: LaneName) => number
  readonly isOpened: boolean
  readonly href: string
}

const StepRow = ({ step, time, heads, middle, isOpened, href }: StepProps) => {
  const app = useApp()
  const { from, to, kind, tone, holder, events } = step
  const [event] = events
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isOpened) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpened])
  if (event === undefined) return null
  const { title, text } = saidBy(step, app)
  const color = tone === 'plain' ? (kind === 'callback' ? 'jivo' : whoDid(event)) : tone
  const left = Math.min(middle(from), middle(to))
  const length = Math.abs(middle(to) - middle(from))
  const who = from === to ? heads[from].title : app.words.lanes.to(heads[from].title, heads[to].title)
  return (
    <li ref={row} class={isOpened ? 'opened' : ''}>
      <span class="num mono t3">{time}</span>
      <a class={`lane-area ${color}-t`} href={href} aria-current={isOpened ? 'true' : undefined}>
        {holder !== null && <i class={`held ${holder}`} style={{ left: `${middle(holder === 'bot' ? 'bot' : 'jivo')}%` }} />}
        <i class="dot" style={{ left: `${middle(from)}%` }} />
        {kind !== 'point' && <i class={`arrow ${kind} ${middle(to) < middle(from) ? 'back' : ''}`} style={{ left: `${left}%`, width: `${length}%` }} />}
        <span class="vh">{who}: </span>
        <span class="lane-words" style={{ left: `${left}%`, width: `${kind === 'point' ? 100 - left : length}%` }}>
          <span class="mono cut">{title}</span>
          <span class="said cut">{text}</span>
        </span>
      </a>
    </li>
  )
}

type Heads = Readonly<Record<LaneName, { readonly title: string; readonly note: string }>>

/** Who stands at the head of each lane. */
const headsOf = (chat: number, { store: { world }, words }: App): Heads => {
  const { names, inChannel } = words.lanes
  const { account } = world
  const drawn = world.chats[chat]
  const visitor = world.visitors[drawn?.visitor ?? 0]
  const channel = account?.channels.find(({ publicId }) => publicId === drawn?.channel)
  const bot = account?.bots.find(({ id }) => id === drawn?.bot)
  const from = visitor === undefined ? null : channelOfVisitor(world, visitor)
  return {
    visitor: { title: from === null ? names.visitor : inChannel, note: from ?? nameOf(visitor, words) },
    jivo: { title: names.jivo, note: location.host },
    bot: { title: names.bot, note: bot?.name ?? '' },
    server: { title: names.server, note: shortUrl(channel?.webhook ?? account?.crmWebhook ?? '') },
  }
}

/** Characters of a message that are of use beside an arrow. */
const longestText = 80

/** What stands above the arrow, and what below it. */
const saidBy = ({ events, kind }: Step, { words, settings }: App): { readonly title: string; readonly text: string } => {
  const event = events[0] as Event
  const { lang } = settings
  if (kind === 'callback') {
    const [title = '', ...others] = events.flatMap(one => (one.type === 'callback.fired' ? [one.callback] : []))
    return { title, text: others.join(', ') }
  }
  switch (event.type) {
    case 'message.sent': {
      const type = event.content?.kind
      return { title: type === undefined ? event.type : `${event.type} ${type}`, text: `“${cut(event.text, longestText)}”` }
    }
    case 'bot.said':
      return { title: event.event, text: '' }
    case 'delivery.attempted': {
      const { result, timing, attempt } = event
      const title = attempt === 1 ? event.event : `${event.event} · ${attempt}`
      return { title, text: result.kind === 'answered' ? words.lanes.answered(result.status, duration(timing.total, lang)) : result.message }
    }
    case 'delivery.failed':
      return { title: event.event, text: words.lanes.gaveUp(event.attempts) }
    case 'api.called':
      return { title: event.method, text: cut(event.args.map(value => JSON.stringify(value)).join(', '), longestText) }
    default:
      return { title: event.type, text: summaryOf(event, lang) }
  }
}
