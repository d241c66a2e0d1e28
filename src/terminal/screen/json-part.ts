import type { Field } from '../../contracts/paths.js'
import { marksOf } from '../../reading/field-marks.js'
import { type JsonLine, jsonLines } from '../../reading/json-lines.js'
import { broken, type Line, line, lineWidth, type Span, type Style, shown, span, width, within, wrap } from './cells.js'
import { glyphs } from './glyphs.js'

const valueStyle: Readonly<Record<JsonLine['kind'], Style>> = {
  string: { color: 'green' },
  number: { color: 'yellow' },
  word: { color: 'magenta' },
  bracket: {},
}

export const evidenceStyle = { documented: { color: 'gray' }, observed: { color: 'cyan' }, guessed: { color: 'yellow' } } as const

/** The fields of a contract. `loading`: they are on their way. Null: there is no contract. */
export type KnownFields = readonly Field[] | 'loading' | null

interface JsonOptions {
  readonly width: number
  readonly wraps: boolean
  readonly fields: KnownFields
}

/** A value as indented JSON; each field of a contract has the mark of how sure it is, and a guess has its reason. */
export const jsonPart = (value: unknown, { width: cells, wraps, fields }: JsonOptions): Line[] => {
  const lines = jsonLines(value)
  const marks = Array.isArray(fields) ? marksOf(lines, fields) : lines.map(() => null)
  return lines.flatMap((item, at) => {
    const provenance = marks[at]?.provenance
    const evidence = provenance?.evidence
    const mark = evidence === undefined ? span('  ') : span(`${glyphs.evidence[evidence]} `, evidenceStyle[evidence])
    const isGuess = evidence === 'guessed'
    const indent = '  '.repeat(item.depth)
    const key = item.key === null ? '' : `${shown(JSON.stringify(item.key))}: `
    const tail = item.comma ? ',' : ''
    const head: Span[] = [mark, span(`  ${indent}${key}`, isGuess ? { color: 'yellow' } : {})]
    const room = Math.max(8, cells - lineWidth(head) - tail.length)
    const text = shown(item.text)
    const style = isGuess ? { color: 'yellow' as const } : valueStyle[item.kind]
    if (wraps && width(text) > room) {
      const [first = '', ...rest] = broken(text, room)
      const hanging = ' '.repeat(lineWidth(head))
      return [[...head, span(first, style)], ...rest.map((piece, nth): Line => [span(hanging), span(piece, style), span(nth === rest.length - 1 ? tail : '')])]
    }
    const fitted = within(item.text, room)
    const row: Span[] = [...head, span(fitted, style), span(tail)]
    if (!isGuess) return [row]
    const note = `${glyphs.arrow} guessed: ${provenance?.source ?? ''}`
    const left = cells - lineWidth(row) - 2
    if (width(note) <= left || (!wraps && left >= 24)) return [[...row, span(`  ${within(note, left)}`, { color: 'yellow' })]]
    const hanging = ' '.repeat(4 + 2 * item.depth)
    return wraps ? [row, ...wrap(note, cells - hanging.length).map(text => line(hanging + text, { color: 'yellow' }))] : [row]
  })
}
