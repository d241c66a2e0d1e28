import type { Completion } from '../../reading/complete-filter.js'
import { filterKeys, outcomeWords, type ParsedFilter } from '../../reading/filter.js'
import { count } from '../../reading/format.js'
import { blank, column, ends, type Line, line, rightColumn, type Span, span, width, within } from './cells.js'
import { glyphs } from './glyphs.js'
import type { Field } from './state.js'

/** What is typed, with the cursor; it shows the end where there is not room for all. */
export const typedLine = (label: string, { draft }: Field, right: Line, cells: number): Line => {
  const text = draft.text.replaceAll(/\s/g, ' ')
  const before = text.slice(0, draft.cursor)
  const at = text.slice(draft.cursor, draft.cursor + 1) || ' '
  const after = text.slice(draft.cursor + 1)
  const room = cells - width(label) - right.reduce((sum, one) => sum + width(one.text), 0) - 4
  let head = before
  while (head.length > 0 && width(head) > room - 1) head = head.slice(Math.max(1, Math.floor((width(head) - room) / 2)))
  return ends([span(` ${label} `, { bold: true }), span(head), span(at, { inverse: true }), span(within(after, Math.max(0, room - width(head))))], right, cells)
}

interface FilterFacts {
  readonly completions: readonly Completion[]
  readonly parsed: ParsedFilter
  readonly shown: number
  readonly all: number
  readonly height: number
}

/** The filter with its completions above, in `height` lines and one. */
export const filterLines = (field: Field, { completions, parsed, shown, all, height }: FilterFacts, cells: number): Line[] => {
  const first = field.choice === null || field.choice < height ? 0 : field.choice - height + 1
  const offered = parsed.ok
    ? completions.slice(first, first + height).map((completion, at) => completionLine(completion, first + at === field.choice))
    : [problemLine(parsed)]
  const padding = Array.from({ length: height - offered.length }, () => blank)
  const amount = line(`${count(shown)} of ${count(all)} `, { color: 'gray' })
  return [...padding, ...offered, typedLine('/', field, parsed.ok ? amount : [], cells)]
}

const completionLine = ({ token, count: number }: Completion, isChosen: boolean): Line => [
  isChosen ? span(` ${glyphs.selected} `, { color: 'blue' }) : span('   '),
  ...keyAndValue(column(token, 32)),
  span(number === null ? '' : rightColumn(count(number), 8), { color: 'gray' }),
]

const keyAndValue = (text: string): Span[] => {
  const at = text.indexOf(':') + 1
  return [span(text.slice(0, at), { color: 'blue' }), span(text.slice(at))]
}

const problemLine = ({ problem }: Extract<ParsedFilter, { ok: false }>): Line => {
  if (problem.kind === 'not-a-status') return line(`   status: takes 500, >=500, 5xx, ${outcomeWords.join(', ')}; got ${problem.value}`, { color: 'red' })
  if (problem.kind === 'not-a-number') return line(`   ${problem.key}: needs a number, got ${problem.value}`, { color: 'red' })
  const { key, near } = problem
  const hint =
    near === null ? `no such key: ${within(key, 20)}: (there are ${filterKeys.map(name => `${name}:`).join(' ')})` : `no such key, did you mean ${near}:`
  return line(`   ${hint}`, { color: 'red' })
}
