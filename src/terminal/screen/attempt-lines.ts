import type { DeliveryFacts } from '../../reading/delivery-facts.js'
import { duration } from '../../reading/format.js'
import { timingParts } from '../../reading/timing-parts.js'
import { column, type Line, rightColumn, type Span, type Style, span } from './cells.js'
import { glyphs } from './glyphs.js'

const resultWidth = 14
const tookWidth = 11

const partStyles: Readonly<Record<'dns' | 'connect' | 'wait' | 'body', Style>> = {
  dns: { color: 'gray' },
  connect: { color: 'magenta' },
  wait: { color: 'blue' },
  body: { color: 'green' },
}

/** The attempts of a delivery on one scale of time; hatched is the time in which nothing came. */
export const attemptLines = ({ attempts, failed }: DeliveryFacts, cells: number): Line[] => {
  const longest = Math.max(...attempts.map(({ timing }) => timing.total), 0.1)
  const room = Math.max(4, cells - 4 - resultWidth - 1 - tookWidth - 2)
  return attempts.map(({ attempt, result, timing, retryAt }): Line => {
    const isGood = result.kind === 'answered' && retryAt === undefined && failed === undefined
    const text =
      result.kind === 'answered' ? `${result.status} ${kindOf(result.contentType)}`.trim() : result.reason === 'timeout' ? 'no answer' : result.reason
    const bars: Span[] = []
    let used = 0
    // Each part takes what it adds to the sum, so that rounding never makes the bar longer than its time.
    let sum = 0
    const add = (took: number, sign: string, style: Style) => {
      sum += took
      const end = Math.round((sum / longest) * room)
      if (end > used) bars.push(span(sign.repeat(end - used), style))
      used = Math.max(used, end)
    }
    for (const { name, took } of timingParts(timing)) add(took, glyphs.filled, partStyles[name])
    if (result.kind === 'no-answer') add(Math.max(0, timing.total - sum), glyphs.nothing, { color: 'red' })
    return [
      span(` ${rightColumn(String(attempt), 2)} `),
      span(column(text, resultWidth), isGood ? { color: 'green' } : { color: 'red', bold: true }),
      span(glyphs.start, { color: 'gray' }),
      ...bars,
      span(' '.repeat(Math.max(0, room - used))),
      span(rightColumn(duration(timing.total, 'en'), tookWidth)),
    ]
  })
}

/** The parts of the attempt that is meant, in words. */
export const timingLine = ({ attempt }: DeliveryFacts): Line => {
  if (attempt === undefined) return []
  const names = { dns: 'dns', connect: 'connect', wait: 'first byte', body: 'body' }
  const parts = timingParts(attempt.timing)
  const isReused = attempt.result.kind === 'answered' && attempt.timing.connect === null
  if (parts.length === 0 && !isReused) return []
  return [
    span('    '),
    ...parts.flatMap(({ name, took }): Span[] => [span(`${names[name]} `, { color: 'gray' }), span(`${duration(took, 'en')}   `)]),
    ...(isReused ? [span('over an open connection', { color: 'gray' })] : []),
  ]
}

const kindOf = (contentType: string) => (/html/i.test(contentType) ? 'HTML' : /json/i.test(contentType) ? '' : (contentType.split(';')[0]?.split('/')[1] ?? ''))
