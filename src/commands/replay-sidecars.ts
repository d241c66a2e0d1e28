import { readFile } from 'node:fs/promises'
import type { Fixture } from '../replay/fixture.js'
import { judgeFixture, type Outcome } from '../replay/replay.js'
import { expectationOf } from '../replay/verdict.js'
import { absolute, sidecarOf } from '../transports/fixture-files.js'
import { inFolder, writeText } from '../transports/text-files.js'
import type { Plan } from './replay-plan.js'

/** Writes what servers answer beside the fixtures; what is answered counts as right. */
export const createSidecars = ({ context }: Plan) => {
  const counts = { written: 0, same: 0, skipped: 0 }
  const write = async (fixture: Fixture, { result, headers }: Outcome) => {
    const own = inFolder(context.cwd, fixture.name)
    // The lines of a recording have no sidecar, and those of the package are not ours to write.
    if (result.kind === 'no-answer' || fixture.line !== undefined || absolute(fixture.name, context) !== own) {
      counts.skipped += 1
      return
    }
    const { headers: wanted, within } = fixture.expected ?? {}
    const refreshed = wanted && Object.fromEntries(Object.keys(wanted).map(name => [name, headers?.[name.toLowerCase()]?.toString() ?? '']))
    const expected = { ...expectationOf(result), ...(refreshed === undefined ? {} : { headers: refreshed }), ...(within === undefined ? {} : { within }) }
    const path = sidecarOf(own)
    const text = `${JSON.stringify(expected, null, 2)}\n`
    if ((await readFile(path, 'utf8').catch(() => '')) === text) {
      counts.same += 1
      return
    }
    await writeText(path, text)
    counts.written += 1
  }
  return {
    write,
    judge: (fixture: Fixture, outcome: Outcome) => {
      const judged = judgeFixture(fixture, outcome)
      if (outcome.result.kind === 'no-answer') return judged
      const { reason, message, diff, hint, ...rest } = judged
      return { ...rest, ok: true }
    },
    told: () => {
      const { written, same, skipped } = counts
      return `Expectations: ${written} written, ${same} as they were${skipped === 0 ? '' : `, ${skipped} without a place: no answer, a recording, or a fixture of the package`}.\n`
    },
  }
}
