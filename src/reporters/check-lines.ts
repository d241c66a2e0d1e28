import { type CheckResult, totalsOf } from '../checks/check-result.js'
import { milliseconds } from './milliseconds.js'
import { cut, oneLine, type Paint } from './paint.js'

const marks = { passed: '✔', warned: '!', failed: '✖', skipped: '-' } as const
const colors = { passed: 'green', warned: 'yellow', failed: 'red', skipped: 'gray' } as const

/** One result: the mark, the name, the status that was answered, what was found; below it what to do. */
export const checkLines = ({ name, verdict, message, fix, status }: CheckResult, width: number, paint: Paint): string[] => {
  const head = `${paint[colors[verdict]](marks[verdict])} ${name.padEnd(width)}  ${String(status ?? '').padEnd(3)}`
  const line = `${head}  ${cut(oneLine(message), 240)}`
  return fix === '' ? [line] : [line, `${' '.repeat(width + 9)}${paint.gray(oneLine(fix))}`]
}

/** `63 passed, 1 warned, 2 failed in 0.4 s`. */
export const checkSummary = (results: readonly CheckResult[], took: number): string => {
  const { passed, ...rest } = totalsOf(results)
  const others = Object.entries(rest).flatMap(([name, count]) => (count === 0 ? [] : [`, ${count} ${name}`]))
  return `${passed} passed${others.join('')} in ${milliseconds(took)}`
}
