import { blank, column, type Line, line, span, within } from './cells.js'
import { glyphs } from './glyphs.js'

/** Something that can be fired. */
export interface Fireable {
  readonly kind: 'webhook' | 'callback'
  readonly name: string
  readonly about: string
}

/** Those that have every word of the search, which may be cut short. */
export const found = (all: readonly Fireable[], search: string): Fireable[] => {
  const words = search
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean)
  return all.filter(({ name }) => words.every(word => name.toLowerCase().includes(word)))
}

interface ListOptions {
  readonly chosen: number
  readonly width: number
  readonly height: number
}

export const fireLines = (items: readonly Fireable[], { chosen, width, height }: ListOptions): Line[] => {
  if (items.length === 0) return [blank, line('   Nothing has this name.', { color: 'gray' })]
  const rows: { readonly line: Line; readonly at: number | null }[] = items.flatMap((item, at) => {
    const title = item.kind === 'webhook' ? 'Webhooks, to your server' : 'Callbacks, on every open page'
    const isFirst = items[at - 1]?.kind !== item.kind
    return [...(isFirst ? [{ line: line(`   ${title}`, { color: 'gray' as const }), at: null }] : []), { line: itemLine(item, at === chosen, width), at }]
  })
  const place = rows.findIndex(({ at }) => at === chosen)
  const first = Math.max(0, Math.min(place - Math.floor(height / 2), rows.length - height))
  return rows.slice(first, first + height).map(row => row.line)
}

const nameWidth = 34

const itemLine = ({ name, about }: Fireable, isChosen: boolean, cells: number): Line => [
  isChosen ? span(` ${glyphs.selected} `, { color: 'blue' }) : span('   '),
  span(column(name, nameWidth), { bold: isChosen }),
  span(` ${within(about, Math.max(0, cells - nameWidth - 5))}`, { color: 'gray' }),
]
