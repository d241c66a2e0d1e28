import { type Draft, emptyDraft } from '../../chat/draft.js'
import type { Event } from '../../contracts/journal.js'
import { indexOfSeq } from '../../reading/index-of-seq.js'
import { isWide, listHeight } from './measures.js'

export interface Size {
  readonly columns: number
  readonly rows: number
}

export const tabs = ['request', 'answer', 'event', 'contract'] as const
export type Tab = (typeof tabs)[number]

/** The event that is open. What belongs to it is held here: the list may let go of it while it is read. */
export interface Opened {
  readonly event: Event
  readonly related: readonly Event[]
  readonly tab: Tab
  /** Lines of the part that are above the window. */
  readonly scroll: number
}

/**
 * A line that is being typed at the bottom.
 * - `filter`: the list follows every letter.
 * - `message`: what the agent writes in `chat`.
 * - `webhook`: another address for the webhooks.
 * - `fire`: narrows down the list of what can be fired.
 */
export interface Field {
  readonly kind: 'filter' | 'message' | 'webhook' | 'fire'
  readonly draft: Draft
  /** Place in the list above it, from 0; null while nothing is chosen. */
  readonly choice: number | null
  readonly chat: number | null
  /** What stood there before. */
  readonly before: string
}

/** One thing that was said about the last key; it goes with the next. */
export interface Notice {
  readonly tone: 'ok' | 'fail' | 'plain'
  readonly text: string
}

export interface ScreenState {
  readonly size: Size
  /** The list follows its end. */
  readonly isLive: boolean
  /** `seq` of the newest event when it stopped following. */
  readonly pausedAt: number
  /** `seq` of the first row of the window, while it does not follow. */
  readonly top: number
  /** `seq` of the row under the bar; null for the newest. */
  readonly selected: number | null
  readonly opened: Opened | null
  readonly pane: 'events' | 'chats'
  /** The chat under the bar, while the chats have it. */
  readonly chat: number | null
  readonly filter: string
  readonly field: Field | null
  /** What lies over the list until the next key. */
  readonly sheet: 'help' | { readonly title: string; readonly text: string } | null
  /** Screenfuls of it that were read. */
  readonly sheetPage: number
  readonly wraps: boolean
  readonly notice: Notice | null
  /** Somebody listens at the address of the webhooks; null while nobody has looked. */
  readonly isHeard: boolean | null
}

export const initialState = (size: Size): ScreenState => ({
  size,
  isLive: true,
  pausedAt: 0,
  top: 0,
  selected: null,
  opened: null,
  pane: 'events',
  chat: null,
  filter: '',
  field: null,
  sheet: null,
  sheetPage: 0,
  wraps: false,
  notice: null,
  isHeard: null,
})

/** What the reducer must know of the list. */
export interface Facts {
  /** The events that fit the filter, oldest first. */
  readonly rows: readonly Event[]
  /** The open chats, in the order in which they are shown. */
  readonly chats: readonly number[]
  readonly isFailure: (event: Event) => boolean
  readonly relatedOf: (event: Event) => readonly Event[]
  /** Lines of the open part that have no room below the first. */
  readonly mostScroll: () => number
}

export type Action =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'page'; readonly by: number }
  | {
      readonly type:
        | 'first'
        | 'follow'
        | 'toggle-pause'
        | 'open'
        | 'back'
        | 'toggle-pane'
        | 'help'
        | 'toggle-wrap'
        | 'sheet-turned'
        | 'sheet-closed'
        | 'field-closed'
    }
  | { readonly type: 'problem'; readonly by: 1 | -1 }
  | { readonly type: 'tab' | 'scroll'; readonly by: number }
  | { readonly type: 'resized'; readonly size: Size }
  | { readonly type: 'heard'; readonly isHeard: boolean | null }
  | { readonly type: 'told'; readonly notice: Notice | null }
  | { readonly type: 'ask'; readonly kind: Field['kind']; readonly text: string; readonly chat?: number }
  | { readonly type: 'typed'; readonly draft: Draft; readonly filter?: string }
  | { readonly type: 'choose'; readonly choice: number | null }
  | { readonly type: 'filter'; readonly text: string }
  | { readonly type: 'show'; readonly title: string; readonly text: string }

export const reduce = (state: ScreenState, action: Action, facts: Facts): ScreenState => {
  const { rows } = facts
  switch (action.type) {
    case 'move':
      return state.pane === 'chats' ? moveChat(state, action.by, facts) : moveTo(state, indexOf(state, rows) + action.by, facts)
    case 'page':
      return moveTo(state, indexOf(state, rows) + action.by * Math.max(1, listHeight(state) - 1), facts)
    case 'first':
      return moveTo(state, 0, facts)
    case 'follow':
      return reopened({ ...state, isLive: true, selected: null }, rows.at(-1), facts)
    case 'toggle-pause':
      return state.isLive ? paused(state, rows) : { ...state, isLive: true, selected: null }
    case 'problem':
      return toProblem(state, action.by, facts)
    case 'open': {
      const event = selectedEvent(state, rows)
      return event === undefined ? state : kept({ ...paused(state, rows), opened: openedAt(event, facts, null) }, rows)
    }
    case 'back':
      if (state.opened !== null) return kept({ ...state, opened: null }, rows)
      return state.pane === 'chats' ? { ...state, pane: 'events' } : { ...state, isLive: true, selected: null }
    case 'toggle-pane':
      return state.pane === 'chats' ? { ...state, pane: 'events' } : { ...state, pane: 'chats', opened: null, chat: state.chat ?? facts.chats[0] ?? null }
    case 'help':
      return { ...state, sheet: 'help' }
    case 'show':
      return { ...state, sheet: { title: action.title, text: action.text } }
    case 'sheet-turned':
      return { ...state, sheetPage: state.sheetPage + 1 }
    case 'sheet-closed':
      return { ...state, sheet: null, sheetPage: 0 }
    case 'toggle-wrap':
      return { ...state, wraps: !state.wraps }
    case 'tab':
      return state.opened === null ? state : { ...state, opened: { ...state.opened, tab: turned(state.opened, action.by, state), scroll: 0 } }
    case 'scroll': {
      if (state.opened === null) return state
      return { ...state, opened: { ...state.opened, scroll: Math.max(0, Math.min(facts.mostScroll(), state.opened.scroll + action.by)) } }
    }
    case 'resized':
      return kept({ ...state, size: action.size }, rows)
    case 'heard':
      return state.isHeard === action.isHeard ? state : { ...state, isHeard: action.isHeard }
    case 'told':
      return { ...state, notice: action.notice }
    case 'ask': {
      const draft = { ...emptyDraft, text: action.text, cursor: action.text.length }
      return {
        ...state,
        notice: null,
        field: { kind: action.kind, draft, choice: action.kind === 'fire' ? 0 : null, chat: action.chat ?? null, before: action.text },
      }
    }
    case 'typed':
      return state.field === null
        ? state
        : {
            ...state,
            filter: action.filter ?? state.filter,
            field: { ...state.field, draft: action.draft, choice: state.field.kind === 'fire' ? 0 : null },
          }
    case 'choose':
      return state.field === null ? state : { ...state, field: { ...state.field, choice: action.choice } }
    case 'filter':
      return { ...state, filter: action.text }
    case 'field-closed':
      return { ...state, field: null }
  }
}

/** The event under the bar. */
export const selectedEvent = (state: ScreenState, rows: readonly Event[]): Event | undefined => rows[indexOf(state, rows)]

/** Place of the bar among the rows; -1 when there are none. */
const indexOf = ({ selected, isLive }: ScreenState, rows: readonly Event[]): number =>
  selected === null || isLive ? rows.length - 1 : Math.min(rows.length - 1, indexOfSeq(rows, selected))

/** The rows that are in the window. */
export const visibleRows = (state: ScreenState, rows: readonly Event[], height: number): readonly Event[] => {
  const first = firstRow(state, rows, height)
  return rows.slice(first, first + height)
}

const firstRow = (state: ScreenState, rows: readonly Event[], height: number): number => {
  const last = Math.max(0, rows.length - height)
  return state.isLive ? last : Math.min(last, indexOfSeq(rows, state.top))
}

/** How many rows came since it stopped following. */
export const newRows = ({ isLive, pausedAt }: ScreenState, rows: readonly Event[]): number => (isLive ? 0 : rows.length - indexOfSeq(rows, pausedAt + 1))

const paused = (state: ScreenState, rows: readonly Event[]): ScreenState => {
  if (!state.isLive) return state
  const last = rows.at(-1)?.seq ?? 0
  return { ...state, isLive: false, pausedAt: last, selected: last, top: rows[firstRow(state, rows, listHeight(state))]?.seq ?? 0 }
}

const moveTo = (before: ScreenState, to: number, facts: Facts): ScreenState => {
  const { rows } = facts
  if (rows.length === 0) return before
  const state = paused(before, rows)
  const event = rows[Math.max(0, Math.min(rows.length - 1, to))]
  return reopened(kept({ ...state, selected: event?.seq ?? null }, rows), event, facts)
}

/** The same with the bar inside of the window. */
const kept = (state: ScreenState, rows: readonly Event[]): ScreenState => {
  if (state.isLive) return state
  const height = listHeight(state)
  const first = firstRow(state, rows, height)
  const at = indexOf(state, rows)
  const next = at < first ? at : at >= first + height ? at - height + 1 : first
  const top = rows[next]?.seq ?? 0
  return top === state.top ? state : { ...state, top }
}

/** Where an event is open, the one under the bar is. */
const reopened = (state: ScreenState, event: Event | undefined, facts: Facts): ScreenState =>
  state.opened === null || event === undefined || event.seq === state.opened.event.seq ? state : { ...state, opened: openedAt(event, facts, state.opened.tab) }

const openedAt = (event: Event, { relatedOf, isFailure }: Facts, tab: Tab | null): Opened => {
  // What to try stands with the answer.
  const isTrouble = isFailure(event) || (event.type === 'delivery.attempted' && event.retryAt !== undefined)
  const first = 'delivery' in event ? (isTrouble ? 'answer' : 'request') : 'event'
  return { event, related: relatedOf(event), tab: 'delivery' in event && tab !== null ? tab : first, scroll: 0 }
}

/** The parts of an event that can be turned to: beside a wide request the answer stands anyway. */
export const tabsOf = (event: Event, state: Pick<ScreenState, 'size'>): readonly Tab[] =>
  'delivery' in event ? (isWide(state) ? tabs.filter(tab => tab !== 'answer') : tabs) : ['event']

/** The part that is shown. */
export const tabOf = ({ event, tab }: Opened, state: Pick<ScreenState, 'size'>): Tab =>
  tabsOf(event, state).includes(tab) ? tab : 'delivery' in event ? 'request' : 'event'

const turned = (opened: Opened, by: number, state: Pick<ScreenState, 'size'>): Tab => {
  const known = tabsOf(opened.event, state)
  const tab = tabOf(opened, state)
  return known[(known.indexOf(tab) + by + known.length) % known.length] ?? tab
}

const toProblem = (state: ScreenState, by: 1 | -1, facts: Facts): ScreenState => {
  const { rows, isFailure } = facts
  for (let at = indexOf(state, rows) + by; at >= 0 && at < rows.length; at += by) {
    const event = rows[at]
    if (event !== undefined && isFailure(event)) return moveTo(state, at, facts)
  }
  return { ...state, notice: { tone: 'plain', text: by === 1 ? 'No failure after this one.' : 'No failure before this one.' } }
}

const moveChat = (state: ScreenState, by: number, { chats }: Facts): ScreenState => {
  const at = chats.indexOf(state.chat ?? -1)
  return { ...state, chat: chats[Math.max(0, Math.min(chats.length - 1, at + by))] ?? null }
}
