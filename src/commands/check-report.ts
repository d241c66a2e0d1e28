import { InvalidArgumentError, Option } from 'commander'
import { type CheckResult, totalsOf } from '../checks/check-result.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../errors.js'
import { checkLines, checkSummary } from '../reporters/check-lines.js'
import { paint } from '../reporters/paint.js'
import { inFolder, writeText } from '../transports/text-files.js'

export const reportOption = () =>
  new Option('--report <junit=file>', 'write a JUnit report').argParser((text: string) => {
    const [, file] = /^junit=(.+)$/s.exec(text) ?? []
    if (file === undefined) throw new InvalidArgumentError('Expected junit=FILE.')
    return file
  })

interface CheckRun {
  /** Words of the command, such as `check token`. */
  readonly name: string
  /** The server that was asked; absent when it was no server. */
  readonly to?: string
  /** Longest name of a check. */
  readonly width: number
  readonly json: boolean
  readonly report?: string | undefined
}

/** Shows each result when it is there, then sums up, writes the report, and decides the exit code. */
export const createCheckReport = ({ name, to, width, json, report }: CheckRun, { stdout, stderr, env, cwd, clock, signal }: Context) => {
  const began = clock.now()
  const color = paint(stdout, env)
  const results: CheckResult[] = []
  const type = name.replace(' ', '.')
  const shownTo = to === undefined ? undefined : withoutPassword(to)
  return {
    add: (result: CheckResult) => {
      results.push(result)
      stdout.write(json ? `${JSON.stringify({ type: `${type}.result`, ...result })}\n` : `${checkLines(result, width, color).join('\n')}\n`)
    },
    end: async (): Promise<ExitCode> => {
      const took = clock.now() - began
      const { failed, ...others } = totalsOf(results)
      if (json) stdout.write(`${JSON.stringify({ type: `${type}.summary`, to: shownTo, failed, ...others, took })}\n`)
      else stdout.write(`\n${checkSummary(results, took)}\n`)
      if (report !== undefined) {
        const { checkJunit } = await import('../reporters/check-junit.js')
        await writeText(inFolder(cwd, report), checkJunit(name, shownTo, results))
        if (!json) stderr.write(`Report: ${report}\n`)
      }
      if (signal.aborted) return exitCodes.interrupted
      return failed === 0 ? exitCodes.done : exitCodes.verdict
    },
  }
}

const withoutPassword = (address: string): string => {
  const url = new URL(address)
  url.password = ''
  return url.href
}
