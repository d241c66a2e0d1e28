import { type Line, lineWidth, span } from './cells.js'
import { isWide } from './measures.js'
import type { Action, ScreenState } from './state.js'

/** What a key may ask for that is more than another view. */
export type Errand =
  | 'resend'
  | 'edit'
  | 'curl'
  | 'fixture'
  | 'link'
  | 'browse'
  | 'console'
  | 'fire'
  | 'write'
  | 'toggle-agents'
  | 'webhook'
  | 'filter'
  | 'suspend'
  | 'quit'

/** A key as Ink tells it. */
export interface Press {
  readonly input: string
  readonly key: { readonly [name: string]: boolean | string | undefined }
}

/** One name for each key: the letter, or `up`, `enter`, `ctrl-c`. Empty for a key that nothing here knows. */
export const nameOf = ({ input, key }: Press): string => {
  if (key.upArrow === true) return 'up'
  if (key.downArrow === true) return 'down'
  if (key.leftArrow === true) return 'left'
  if (key.rightArrow === true) return 'right'
  if (key.pageUp === true) return 'pageup'
  if (key.pageDown === true) return 'pagedown'
  if (key.home === true) return 'home'
  if (key.end === true) return 'end'
  if (key.return === true) return 'enter'
  if (key.escape === true) return 'esc'
  if (key.tab === true) return key.shift === true ? 'shift-tab' : 'tab'
  if (key.backspace === true || key.delete === true) return 'backspace'
  if (key.ctrl === true) return `ctrl-${input}`
  return input
}

/** What the keys of the list and of an open event do. */
export const bindings: Readonly<Record<string, Action | Errand>> = {
  j: { type: 'move', by: 1 },
  down: { type: 'move', by: 1 },
  k: { type: 'move', by: -1 },
  up: { type: 'move', by: -1 },
  pagedown: { type: 'page', by: 1 },
  'ctrl-d': { type: 'page', by: 1 },
  pageup: { type: 'page', by: -1 },
  'ctrl-u': { type: 'page', by: -1 },
  g: { type: 'first' },
  home: { type: 'first' },
  G: { type: 'follow' },
  end: { type: 'follow' },
  ' ': { type: 'toggle-pause' },
  '[': { type: 'problem', by: -1 },
  ']': { type: 'problem', by: 1 },
  enter: { type: 'open' },
  esc: { type: 'back' },
  d: { type: 'toggle-pane' },
  '?': { type: 'help' },
  w: { type: 'toggle-wrap' },
  tab: { type: 'tab', by: 1 },
  right: { type: 'tab', by: 1 },
  'shift-tab': { type: 'tab', by: -1 },
  left: { type: 'tab', by: -1 },
  J: { type: 'scroll', by: 1 },
  K: { type: 'scroll', by: -1 },
  'ctrl-f': { type: 'scroll', by: 10 },
  'ctrl-b': { type: 'scroll', by: -10 },
  r: 'resend',
  e: 'edit',
  c: 'curl',
  s: 'fixture',
  y: 'link',
  o: 'browse',
  C: 'console',
  f: 'fire',
  m: 'write',
  a: 'toggle-agents',
  W: 'webhook',
  '/': 'filter',
  q: 'quit',
  'ctrl-c': 'quit',
  'ctrl-z': 'suspend',
}

interface BarFacts {
  readonly isFirstRun: boolean
  /** The sheet goes on below. */
  readonly hasMore: boolean
}

/** The keys that matter now, as many as there is room for. */
export const keyBar = (state: ScreenState, facts: BarFacts, cells: number): Line => {
  const wide = isWide(state)
  const keys = keysOf(state, facts, wide)
  const gap = wide ? '   ' : '  '
  for (let number = keys.length; number > 0; number -= 1) {
    // The last key stays: it is the way to all the others.
    const shown = number === keys.length ? keys : [...keys.slice(0, number - 1), ...keys.slice(-1)]
    const bar: Line = [
      span(' '),
      ...shown.flatMap(([key, does], at) => [span(at === 0 ? '' : gap), span(key, { bold: true }), span(` ${does}`, { color: 'gray' })]),
    ]
    if (lineWidth(bar) <= cells) return bar
  }
  return []
}

type Key = readonly [key: string, does: string]

const keysOf = ({ field, sheet, opened, pane }: ScreenState, { isFirstRun, hasMore }: BarFacts, wide: boolean): readonly Key[] => {
  if (sheet !== null)
    return hasMore
      ? [
          ['any key', 'shows the rest'],
          ['esc', 'close'],
        ]
      : [['any key', 'closes this']]
  switch (field?.kind) {
    case 'filter':
      return [
        ['tab', 'complete'],
        ['↑ ↓', 'choose'],
        ['enter', 'keep'],
        ['esc', 'clear'],
        ['"text"', 'in quotes is one word'],
      ]
    case 'message':
      return [
        ['enter', 'send'],
        ['esc', 'close'],
      ]
    case 'webhook':
      return [
        ['enter', 'set'],
        ['empty', 'sends nothing'],
        ['esc', 'close'],
      ]
    case 'fire':
      return [
        ['↑ ↓', 'choose'],
        ['enter', 'fire'],
        ['esc', 'close'],
      ]
    case undefined:
  }
  if (opened !== null) {
    const isDelivery = 'delivery' in opened.event
    const acts: readonly Key[] = isDelivery
      ? [
          ['tab', wide ? 'request, event, contract' : 'part'],
          ['J K', 'scroll'],
          ['r', 'resend'],
          ['e', 'edited'],
          ['c', 'curl'],
        ]
      : [
          ['J K', 'scroll'],
          ['o', 'in the browser'],
        ]
    return [['esc', 'back'], ['j k', wide ? 'next, previous' : 'next'], ...acts, ['?', 'help']]
  }
  if (pane === 'chats')
    return [
      ['j k', 'move'],
      ['enter', 'its events'],
      ['m', 'write as the agent'],
      ['d', 'events'],
      ['?', 'help'],
    ]
  if (isFirstRun)
    return [
      ['o', 'shop page'],
      ['C', 'console'],
      ['f', 'fire'],
      ['W', 'webhook address'],
      ['q', 'quit'],
      ['?', 'help'],
    ]
  return [
    ['j k', 'move'],
    ['enter', 'open'],
    ['r', 'resend'],
    ['o', wide ? 'open in browser' : 'browser'],
    ['/', 'filter'],
    ['f', 'fire'],
    ['d', 'chats'],
    ...(wide
      ? ([
          ['e', 'resend edited'],
          ['q', 'quit'],
        ] as const)
      : []),
    ['?', 'help'],
  ]
}
