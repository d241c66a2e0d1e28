import type { Event } from '../../contracts/journal.js'
import type { Chat, World } from '../../emulator/world/world.js'
import { type ChatGroup, type GroupName, openGroups, unreadIn } from '../../reading/chat-groups.js'
import { clock, duration, elapsed, shortUrl } from '../../reading/format.js'
import { blank, column, ends, type Line, line, rightColumn, span, width, within } from './cells.js'
import { glyphs } from './glyphs.js'
import type { Source } from './source.js'

const groupTitles: Readonly<Record<GroupName, string>> = {
  waiting: 'Waiting',
  withYou: 'With you',
  withBot: 'With the bot',
  byItself: 'Answered by itself',
  finished: 'Finished',
}

/** Three letters for each type of channel. */
const codes: Readonly<Record<string, string>> = { site: 'WEB', app: 'APP', telegram: 'TG', whatsapp: 'WA', viber: 'VB', email: '@', 'chat-api': 'API' }

/** Open chats in groups, of a world that may have many that are finished. */
export const chatGroups = ({ world, openChats }: Source): ChatGroup[] => {
  const chats = Object.fromEntries([...openChats].flatMap(id => (world.chats[id] === undefined ? [] : [[id, world.chats[id]]])))
  return openGroups({ ...world, chats } as World)
}

export const chatOrder = (groups: readonly ChatGroup[]): number[] => groups.flatMap(({ chats }) => chats.map(({ id }) => id))

interface PaneOptions {
  readonly width: number
  readonly height: number
  readonly selected: number | null
  readonly now: number
}

/** The open chats, and below them how the deliveries go. */
export const chatsPane = (source: Source, groups: readonly ChatGroup[], { width: cells, height, selected, now }: PaneOptions): Line[] => {
  const { world } = source
  const number = groups.reduce((sum, { chats }) => sum + chats.length, 0)
  const head: Line[] = [ends([span(' Chats', { bold: true })], line(`${number} open  `, { color: 'gray' }), cells), blank]
  const below = deliveryLines(source, cells, now)
  const rows: { readonly line: Line; readonly chat: number | null }[] = groups.flatMap(({ name, chats }) => [
    { line: line(` ${groupTitles[name]}`, { color: 'gray' }), chat: null },
    ...chats.map(chat => ({ line: chatRow(chat, world, { width: cells, isSelected: chat.id === selected, now }), chat: chat.id })),
  ])
  if (rows.length === 0) rows.push({ line: line('  No open chats.', { color: 'gray' }), chat: null })
  // The chats come first; below them as much of the rest as has room.
  const room = Math.max(3, height - head.length - (selected === null ? Math.min(below.length, Math.floor(height / 2)) : 0))
  const at = rows.findIndex(({ chat }) => chat !== null && chat === selected)
  const first = at < room ? 0 : at - room + 1
  const list = rows.slice(first, first + room).map(row => row.line)
  const hidden = rows.length - list.length
  if (hidden > 0 && first === 0) list.splice(-1, 1, line(`  and ${hidden + 1} more`, { color: 'gray' }))
  const left = height - head.length - list.length - 1
  return [...head, ...list, ...(left > 2 ? [blank, ...below.slice(0, left)] : [])].slice(0, height)
}

interface ChatRowOptions {
  readonly width: number
  readonly isSelected: boolean
  readonly now: number
}

const chatRow = (chat: Chat, world: Readonly<World>, { width: cells, isSelected, now }: ChatRowOptions): Line => {
  const visitor = world.visitors[chat.visitor]
  const type = world.account?.channels.find(({ publicId }) => publicId === chat.channel)?.type ?? ''
  const name = visitor?.contacts.name || `Visitor ${chat.visitor}`
  const unread = unreadIn(chat, 0)
  const isWaiting = chat.status === 'waiting'
  const time = isWaiting ? elapsed(now - chat.startedAt) : clock(chat.messages.at(-1)?.at ?? chat.startedAt)
  const mark = visitor?.typing == null ? (unread > 0 ? String(Math.min(unread, 99)) : '') : 'typing…'
  const code = codes[type] ?? type.slice(0, 3).toUpperCase()
  const room = cells - 1 - 5 - 8 - 8 - 1
  const parts = [
    isSelected ? span(glyphs.selected, { color: 'blue' as const }) : span(' '),
    span(` ${column(code, 4)}`, { color: 'gray' as const }),
    span(column(name, room)),
    span(rightColumn(mark, 8), visitor?.typing == null ? { color: 'blue' as const, bold: true } : { color: 'cyan' as const }),
    span(rightColumn(time, 8), { color: isWaiting ? ('yellow' as const) : ('gray' as const) }),
    span(' '),
  ]
  return isSelected ? parts.map((part, nth) => (nth === 0 ? part : { text: part.text, inverse: true })) : parts
}

/** Seconds that the plot looks back. */
const plotted = 180

/** How deliveries went lately: a plot, the slowest and the newest warnings. */
const deliveryLines = ({ history }: Source, cells: number, now: number): Line[] => {
  const lines: Line[] = []
  const ended = history.events.filter((event): event is Ended => event.type === 'delivery.done' || event.type === 'delivery.failed')
  const bars = Math.max(1, cells - 4)
  const buckets = new Array<number>(bars).fill(0)
  for (const { at } of ended) {
    const place = bars - 1 - Math.floor((((now - at) / 1_000) * bars) / plotted)
    if (place >= 0 && place < bars) buckets[place] = (buckets[place] ?? 0) + 1
  }
  const most = Math.max(...buckets)
  if (most > 0) {
    const plot = buckets.map(number => (number === 0 ? ' ' : (glyphs.levels[Math.ceil((number / most) * glyphs.levels.length) - 1] ?? ' '))).join('')
    lines.push(line(' Deliveries, last 3 minutes', { bold: true }), line(`  ${plot}`, { color: 'green' }), blank)
  }
  const newest = new Map(ended.map(event => [event.event, event]))
  const slowest = [...newest.values()].sort((a, b) => b.took - a.took).slice(0, 4)
  if (slowest.length > 0) {
    const names = cells - 2 - 11 - 2 - 1
    lines.push(
      line(' Slowest now', { bold: true }),
      ...slowest.map(({ type, event, took }): Line => {
        const isBad = type === 'delivery.failed'
        return [span(`  ${column(event, names)} `), span(isBad ? glyphs.fail : ' ', { color: 'red', bold: true }), span(rightColumn(duration(took, 'en'), 11))]
      }),
      blank,
    )
  }
  const warnings = history.events.filter(({ type }) => type === 'warning.raised').slice(-3) as Extract<Event, { type: 'warning.raised' }>[]
  if (warnings.length > 0) {
    lines.push(
      line(' Warnings', { bold: true }),
      ...warnings.map(({ message }): Line => [span(`  ${glyphs.warning} `, { color: 'yellow' }), span(within(message, cells - 5))]),
    )
  }
  return lines
}

type Ended = Extract<Event, { type: 'delivery.done' | 'delivery.failed' }>

/** Whether something on the pane changes with the time alone. */
export const isTicking = ({ world, history, openChats }: Source, now: number): boolean => {
  for (const id of openChats) if (world.chats[id]?.status === 'waiting') return true
  const last = history.lastEnded
  return last !== undefined && now - last.at < (plotted + 2) * 1_000
}

/** The name of whoever a chat is with, and the address that they are at. */
export const chatTitle = (world: Readonly<World>, id: number): string => {
  const visitor = world.visitors[world.chats[id]?.visitor ?? 0]
  const name = visitor?.contacts.name || `visitor ${visitor?.number ?? ''}`
  const place = visitor?.lastPage?.url
  return width(name) > 40 || place === undefined ? within(name, 40) : `${name}, ${shortUrl(place)}`
}
