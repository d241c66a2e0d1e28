import type { World } from '../../emulator/world/world.js'
import { count } from '../../reading/format.js'
import { blank, ends, type Line, lineWidth, type Span, type Style, span } from './cells.js'
import { glyphs } from './glyphs.js'

interface StatusFacts {
  readonly world: Readonly<World>
  readonly openChats: number
  readonly isLive: boolean
  readonly newer: number
  readonly filter: string
}

/** Where it runs, what is there, how it goes, and whether the list follows. What has no room is left out from the middle. */
export const statusLine = ({ world, openChats, isLive, newer, filter }: StatusFacts, cells: number): Line => {
  const { account, tally, deliveries, origin } = world
  const isWide = cells >= 100
  const gap = isWide ? '   ' : '  '
  const waiting = Object.keys(deliveries).length
  const mode: Line = [span('agents '), span(account?.mode ?? '', { bold: true })]
  const counters: Line = [
    counter(glyphs.ok, tally.done, { color: 'green' }),
    span(gap),
    counter(glyphs.fail, tally.failed, { color: 'red', bold: true }),
    span(gap),
    counter(glyphs.waiting, waiting, { color: 'yellow' }),
  ]
  const address = isWide ? origin : origin.replace(/^https?:\/\//, '')
  const parts: { readonly line: Line; readonly rank: number }[] = [
    { line: [span(' jivo-dev', { bold: true }), span(` ${address}`, { color: 'blue' })], rank: 0 },
    { line: [span(amount(Object.keys(world.pages).length, 'page'))], rank: 2 },
    ...(isWide ? [{ line: [span(amount(account?.channels.length ?? 0, 'channel'))], rank: 4 }] : []),
    { line: mode, rank: 2 },
    ...(isWide ? [{ line: [span(amount(openChats, 'open chat'))], rank: 3 }] : []),
    { line: counters, rank: 1 },
  ]
  const news = isLive ? '' : newer === 0 ? '' : `, ${count(newer)} new`
  const right: Line = [
    ...(filter === '' ? [] : [span('filtered  ', { color: 'blue' })]),
    span(`${isLive ? 'live' : 'paused'}`, { color: isLive ? 'green' : 'yellow' }),
    span(`${news} `, { color: 'yellow', bold: true }),
  ]
  for (let rank = 4; rank >= 0; rank -= 1) {
    const left = joined(
      parts.filter(part => part.rank <= rank).map(part => part.line),
      gap,
    )
    if (lineWidth(left) + lineWidth(right) + 1 <= cells || rank === 0) return ends(left, right, cells)
  }
  return blank
}

const joined = (lines: readonly Line[], gap: string): Line => lines.flatMap((line, at) => (at === 0 ? line : [span(gap), ...line]))

const counter = (sign: string, number: number, style: Style): Span => span(`${sign} ${count(number)}`, number === 0 ? { color: 'gray' } : style)

const amount = (number: number, what: string) => `${count(number)} ${what}${number === 1 ? '' : 's'}`
