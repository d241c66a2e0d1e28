import { type ExitCode, UserError } from '../errors.js'
import { type FixtureSource, findFixtures } from '../transports/fixture-files.js'
import { untilAborted } from '../transports/line-stream.js'
import { inFolder } from '../transports/text-files.js'
import type { Plan } from './replay-plan.js'

/** Sends what changes, and all of it on Enter, until Ctrl-C. */
export const watch = async (first: ExitCode, plan: Plan, sendAll: (sources: readonly FixtureSource[]) => Promise<ExitCode>): Promise<ExitCode> => {
  const { paths, options, context } = plan
  const { stderr, stdin, signal, cwd } = context
  const { changedFixtures } = await import('../transports/watch-files.js')
  stderr.write('Watching; Enter sends all of it again, Ctrl-C ends it.\n')
  const reports = new Set(options.report.map(({ file }) => inFolder(cwd, file)))
  let code = first
  const onLines = (again: () => void) => {
    void (async () => {
      for await (const chunk of untilAborted(stdin, signal)) if (String(chunk).includes('\n')) again()
    })().catch(() => {})
  }
  try {
    for await (const path of changedFixtures(paths, cwd, signal, onLines)) {
      if (path !== null && reports.has(inFolder(cwd, path))) continue
      try {
        code = await sendAll(await findFixtures(path === null ? paths : [path], context))
      } catch (error) {
        // A file that is being written may be broken for a while.
        if (!(error instanceof UserError)) throw error
        stderr.write(`${error.message}\n`)
      }
    }
    return code
  } finally {
    stdin.close()
  }
}
