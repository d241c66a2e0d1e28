import type { Completion } from '../../reading/complete-filter.js'
import { blank, broken, clip, full, type Line, line, type Span, span, within } from './cells.js'
import { chatGroups, chatsPane, chatTitle } from './chats-pane.js'
import { detailLines } from './detail.js'
import { eventRow } from './event-rows.js'
import { filterLines, typedLine } from './field-lines.js'
import { type Fireable, fireLines, found } from './fire-list.js'
import { firstRun } from './first-run.js'
import { glyphs } from './glyphs.js'
import { helpSheet } from './help-sheet.js'
import type { KnownFields } from './json-part.js'
import { keyBar } from './keys.js'
import { bodyHeight, chatsWidth, hasChatsBeside, noticeLines, offeredLines, rowsAboveDetail } from './measures.js'
import type { Source } from './source.js'
import { newRows, type ScreenState, selectedEvent, visibleRows } from './state.js'
import { statusLine } from './status-line.js'

/** What a frame is made of besides the state. */
export interface FrameFacts {
  readonly source: Source
  readonly now: number
  readonly fieldsOf: (event: string) => KnownFields
  readonly completions: (text: string) => readonly Completion[]
  readonly fireables: readonly Fireable[]
}

/** The whole screen: as many lines as it has rows, none wider than it is. Nothing but its arguments decides it. */
export const frameOf = (state: ScreenState, facts: FrameFacts): Line[] => {
  const { columns, rows } = state.size
  const { source } = facts
  const top = statusLine(
    { world: source.world, openChats: source.openChats.size, isLive: state.isLive, newer: newRows(state, source.rows), filter: state.filter },
    columns,
  )
  const hasChats = hasChatsBeside(state) && state.opened === null && state.sheet === null && state.field?.kind !== 'fire'
  const height = bodyHeight(state)
  const body = fill(bodyOf(state, facts, height), height)
  const beside = hasChats ? besideChats(body, state, facts, height) : body
  const rule = (sign: string): Line => {
    const at = columns - chatsWidth - 1
    return line(hasChats ? glyphs.rule.repeat(at) + sign + glyphs.rule.repeat(columns - at - 1) : glyphs.rule.repeat(columns), { color: 'gray' })
  }
  const frame = [top, rule(glyphs.down), ...beside, rule(glyphs.up), ...fieldOf(state, facts), ...bottom(state, facts)]
  return frame.slice(0, rows).map(spans => clip(spans, columns))
}

const fill = (lines: readonly Line[], height: number): Line[] => [
  ...lines.slice(0, height),
  ...Array.from({ length: Math.max(0, height - lines.length) }, () => blank),
]

const bodyOf = (state: ScreenState, facts: FrameFacts, height: number): Line[] => {
  const { columns } = state.size
  const { source } = facts
  if (state.sheet !== null) return sheetLines(state).slice(state.sheetPage * height)
  if (state.field?.kind === 'fire') {
    return fireLines(found(facts.fireables, state.field.draft.text), { chosen: state.field.choice ?? 0, width: columns, height })
  }
  if (state.opened !== null) {
    const above = rowsAboveDetail(state)
    return [
      ...(above === 0 ? [] : fill(listOf(state, facts, columns, above, true), above)),
      ...detailLines(state, { world: source.world, history: source.history, fieldsOf: facts.fieldsOf }, height - above).lines,
    ]
  }
  if (state.pane === 'chats' && !hasChatsBeside(state)) {
    return chatsPane(source, chatGroups(source), { width: columns, height, selected: state.chat, now: facts.now })
  }
  if (isQuiet(source) && state.filter === '') return firstRun(source.world, state.isHeard, listWidth(state))
  return listOf(state, facts, listWidth(state), height, false)
}

/** All of what lies over the list. */
const sheetLines = ({ sheet, size }: ScreenState): Line[] => (sheet === null ? [] : sheet === 'help' ? helpSheet(size.columns) : textSheet(sheet, size.columns))

/** Whether the sheet goes on below what is seen of it. */
export const hasMoreSheet = (state: ScreenState): boolean => sheetLines(state).length > (state.sheetPage + 1) * bodyHeight(state)

/** A text to be read or marked with the mouse: whole, whatever its length. */
const textSheet = ({ title, text }: { readonly title: string; readonly text: string }, cells: number): Line[] => [
  line(` ${title}`, { bold: true }),
  blank,
  ...text.split('\n').flatMap(row => broken(within(row, 20_000), cells).map(part => line(part))),
]

/** Nothing but the start has happened: then the screen teaches. */
export const isQuiet = ({ history }: Pick<Source, 'history'>): boolean => history.events.every(({ type }) => quiet.has(type))

const quiet: ReadonlySet<string> = new Set(['emulator.started', 'emulator.stopping', 'account.changed', 'journal.repaired'])

const listWidth = ({ size }: ScreenState): number => (hasChatsBeside({ size }) ? size.columns - chatsWidth - 1 : size.columns)

const listOf = (state: ScreenState, { source }: FrameFacts, cells: number, height: number, isLong: boolean): Line[] => {
  const { rows, world } = source
  if (rows.length === 0) return [blank, line(`  No event matches ${within(state.filter, 40)}.`, { color: 'gray' })]
  const selected = state.pane === 'chats' ? undefined : selectedEvent(state, rows)?.seq
  return visibleRows(state, rows, height).map(event => eventRow(event, world, { width: cells, isSelected: event.seq === selected, isLong }))
}

const besideChats = (body: readonly Line[], state: ScreenState, { source, now }: FrameFacts, height: number): Line[] => {
  const cells = listWidth(state)
  const pane = chatsPane(source, chatGroups(source), { width: chatsWidth, height, selected: state.pane === 'chats' ? state.chat : null, now })
  return body.map((row, at) => [...full(row, cells), span(glyphs.vertical, { color: 'gray' }), ...(pane[at] ?? blank)])
}

const fieldOf = (state: ScreenState, facts: FrameFacts): Line[] => {
  const { field, size } = state
  const { source } = facts
  if (field === null) return []
  switch (field.kind) {
    case 'filter':
      return filterLines(
        field,
        {
          completions: facts.completions(field.draft.text),
          parsed: source.parsed,
          shown: source.rows.length,
          all: source.history.events.length,
          height: offeredLines(state),
        },
        size.columns,
      )
    case 'message':
      return [typedLine(`to ${chatTitle(source.world, field.chat ?? 0)}:`, field, [], size.columns)]
    case 'webhook':
      return [typedLine('webhooks go to:', field, [], size.columns)]
    case 'fire':
      return [typedLine('fire:', field, [], size.columns)]
  }
}

const bottom = (state: ScreenState, { source }: FrameFacts): Line[] => {
  const { notice, size } = state
  if (notice === null || state.sheet !== null) return [keyBar(state, { isFirstRun: isQuiet(source), hasMore: hasMoreSheet(state) }, size.columns)]
  const signs: Record<typeof notice.tone, Span> = {
    ok: span(` ${glyphs.ok} `, { color: 'green' }),
    fail: span(` ${glyphs.fail} `, { color: 'red', bold: true }),
    plain: span(' '),
  }
  return noticeLines(state).map((text, at) => [at === 0 ? signs[notice.tone] : span(notice.tone === 'plain' ? ' ' : '   '), span(text)])
}
