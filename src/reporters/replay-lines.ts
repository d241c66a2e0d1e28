import type { ReplayResult } from '../replay/replay.js'
import { milliseconds } from './event-line.js'
import { cut, oneLine, type Paint } from './paint.js'

/** One result as lines: what was sent, how it went, and on a failure why and what came back. */
export const resultLines = ({ ok, name, event, status, took, message, answer }: ReplayResult, paint: Paint): string[] => {
  const mark = ok ? paint.green('✔') : paint.red('✖')
  const head = `${mark} ${oneLine(ok ? name : paint.red(oneLine(name)))}  ${name.includes(event) ? '' : `${event}  `}${status ?? 'no answer'}  ${milliseconds(took)}`
  if (ok) return [head]
  return [head, `  ${oneLine(message ?? '')}`, ...answerLines(answer)]
}

/** The beginning of an answer, indented. */
export const answerLines = (answer: ReplayResult['answer']): string[] => {
  if (answer === undefined || answer.body.trim() === '') return []
  const lines = answer.body.trim().split('\n')
  const shown = lines.slice(0, 6).map(line => `    ${cut(oneLine(line), 160)}`)
  return ['', ...shown, ...(lines.length > 6 ? [`    … ${lines.length - 6} more lines`] : []), '']
}

/** `39 passed, 2 failed in 0.4 s`. */
export const summaryLine = (results: readonly ReplayResult[], took: number): string => {
  const failed = results.filter(({ ok }) => !ok).length
  const passed = results.length - failed
  return `${passed} passed${failed === 0 ? '' : `, ${failed} failed`} in ${milliseconds(took)}`
}
