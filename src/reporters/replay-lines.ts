import type { DiffLine } from '../replay/difference.js'
import type { ReplayResult } from '../replay/replay.js'
import type { EventTally, Summary } from '../replay/tally.js'
import { milliseconds } from './milliseconds.js'
import { cut, oneLine, type Paint } from './paint.js'

/** Up to so many fixtures have a line each; more are told by event. */
export const fewest = 20

/** Failures that a terminal shows in full. */
const shownFailures = 50

/** One result as lines: what was sent, how it went, and on a failure why and what came back. */
export const resultLines = (result: ReplayResult, paint: Paint): string[] => {
  const { ok, name, event, status, took, message, answer, diff, hint, attempts } = result
  const mark = ok ? paint.green('✔') : paint.red('✖')
  const again = attempts === undefined ? '' : `  attempt ${attempts}`
  const head = `${mark} ${ok ? oneLine(name) : paint.red(oneLine(name))}  ${name.includes(event) ? '' : `${oneLine(event)}  `}${status ?? 'no answer'}  ${milliseconds(took)}${again}`
  if (ok) return [head]
  const details = diff === undefined ? answerLines(answer) : diffLines(diff, paint)
  return [head, `  ${oneLine(message ?? '')}`, ...details, ...(hint === undefined ? [] : [`  ${paint.gray(oneLine(hint))}`, ''])]
}

/** A comparison, indented; of a long one its first lines. */
const diffLines = (diff: readonly DiffLine[], paint: Paint): string[] => {
  const most = 30
  const rows = diff.slice(0, most).map(({ mark, text }) => {
    const row = `    ${mark}   ${cut(oneLine(text), 160)}`.trimEnd()
    return mark === '-' ? paint.red(row) : mark === '+' ? paint.green(row) : row
  })
  return diff.length === 0 ? [] : ['', ...rows, ...(diff.length > most ? [`    … ${diff.length - most} more lines`] : []), '']
}

/** The beginning of an answer, indented. */
export const answerLines = (answer: ReplayResult['answer']): string[] => {
  if (answer === undefined || answer.body.trim() === '') return []
  const lines = answer.body.trim().split('\n')
  const shown = lines.slice(0, 6).map(line => `    ${cut(oneLine(line), 160)}`)
  return ['', ...shown, ...(lines.length > 6 ? [`    … ${lines.length - 6} more lines`] : []), '']
}

/** A line an event: those that passed whole, then those that did not. */
export const eventLines = (events: readonly EventTally[], paint: Paint): string[] => {
  const name = Math.max(0, ...events.map(({ event }) => oneLine(event).length)) + 2
  const count = Math.max(0, ...events.map(({ sent }) => String(sent).length)) + 2
  const passed = events.filter(({ failed }) => failed === 0)
  const failed = events.filter(({ failed }) => failed > 0)
  return [
    ...passed.map(({ event, sent, median, p95 }) => {
      const times = `median ${milliseconds(median)}   p95 ${milliseconds(p95)}`
      return `${paint.green('✔')} ${oneLine(event).padEnd(name)}${String(sent).padStart(count)}   ${times}`
    }),
    ...failed.map(({ event, sent, failed }) => `${paint.red('✖')} ${oneLine(event).padEnd(name)}${String(sent - failed).padStart(count)} of ${sent}`),
  ]
}

/** The failures of a long run: in full as far as somebody may read them. */
export const failureLines = ({ failures, failed }: Summary, paint: Paint): string[] => {
  const shown = failures.slice(0, shownFailures)
  const more = failed - shown.length
  return [
    ...shown.flatMap(failure => ['', ...resultLines(failure, paint)]),
    ...(more === 0 ? [] : ['', `… and ${more} more; --report html=FILE keeps the first 1,000.`]),
  ]
}

/** `39 passed, 2 failed in 0.4 s`. */
export const summaryLine = ({ passed, failed }: Pick<Summary, 'passed' | 'failed'>, took: number): string =>
  `${passed} passed${failed === 0 ? '' : `, ${failed} failed`} in ${milliseconds(took)}`
