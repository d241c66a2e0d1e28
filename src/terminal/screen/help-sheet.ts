import { column, type Line, span } from './cells.js'
import { glyphs } from './glyphs.js'

type Entry = readonly [key: string, does: string] | string | null

const left: readonly Entry[] = [
  'Move',
  ['j k  ↓ ↑', 'next, previous'],
  ['g  G', 'first, last and live'],
  ['space', 'pause, go on'],
  ['[  ]', 'previous, next error'],
  null,
  'See',
  ['/', 'filter'],
  ['d', 'chats and deliveries'],
  ['tab', 'next part'],
  ['J K', 'scroll the part'],
  ['w', 'wrap long lines'],
  null,
  'Marks',
  [glyphs.ok, 'ok'],
  [glyphs.fail, 'failed'],
  [glyphs.waiting, 'waiting'],
]

const right: readonly Entry[] = [
  'Act on the selected event',
  ['enter', 'open or close it'],
  ['r', 'resend as it was'],
  ['e', 'edit the body, then resend'],
  ['c', 'copy as curl'],
  ['s', 'save as fixture'],
  ['y', 'copy its link'],
  ['o', 'open in the browser'],
  'Do',
  ['f', 'fire a webhook or a callback'],
  ['m', 'write as the agent'],
  ['a', 'agents online, offline'],
  ['W', 'change the webhook address'],
  ['C', 'open the console'],
  ['q', 'quit and stop the emulator'],
  null,
  [`${glyphs.evidence.documented} ${glyphs.evidence.observed} ${glyphs.evidence.guessed}`, 'documented, observed, guessed'],
]

const leftWidth = 36
const keyWidth = 10

export const helpSheet = (cells: number): Line[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, at) => [
    span('  '),
    ...half(left[at] ?? null, leftWidth - 2),
    ...half(right[at] ?? null, Math.max(20, cells - leftWidth)),
  ])

const half = (entry: Entry, cells: number): Line => {
  if (entry === null) return [span(' '.repeat(cells))]
  if (typeof entry === 'string') return [span(column(entry, cells), { bold: true })]
  const [key, does] = entry
  return [span(column(` ${key}`, keyWidth), { bold: true }), span(column(does, cells - keyWidth))]
}
