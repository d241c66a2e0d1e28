import type { Context } from '../context.js'
import { UserError } from '../errors.js'
import { createChoice } from '../replay/choose.js'
import { EditError } from '../replay/edit.js'
import type { Fixture } from '../replay/fixture.js'
import { createFreshIds } from '../replay/fresh-ids.js'
import { seededRandom } from '../replay/random.js'
import { createRewriting, type Rewriting } from '../replay/rewrite.js'
import { type FixtureSource, readFixtures } from '../transports/fixture-files.js'
import { untilAborted } from '../transports/line-stream.js'
import type { Options } from './replay-options.js'

/** What all runs of one command line share. */
export interface Plan {
  readonly paths: readonly string[]
  readonly options: Options
  readonly context: Context
  readonly to: string
  readonly seed: number
  /** Names that failed before. */
  readonly names?: ReadonlySet<string>
}

/** The chosen fixtures, rewritten, in the order of their sources. */
export async function* prepared(
  sources: readonly FixtureSource[],
  rewriting: Rewriting,
  { options, context, names }: Plan,
): AsyncGenerator<readonly Fixture[]> {
  const isChosen = createChoice({ ...options, ...(names === undefined ? {} : { names }) })
  try {
    for await (const batch of readFixtures(sources, context, untilAborted(context.stdin, context.signal))) {
      const chosen = batch.filter(isChosen).map(rewriting.rewrite)
      if (chosen.length > 0) yield chosen
    }
  } catch (error) {
    if (!(error instanceof EditError)) throw error
    const { problem } = error
    throw problem.kind === 'bad-value' ? new UserError('badValue', problem) : error
  }
}

export const rewritingOf = ({ options, seed, context }: Plan) =>
  createRewriting([...options.set, ...options.unset], options.freshIds ? createFreshIds(seededRandom(seed), context.clock.now()) : undefined)

/** @throws UserError when an edit fits no event at all */
export const checkEdits = (rewriting: Rewriting) => {
  const [unused] = rewriting.unused()
  if (unused === undefined) return
  const { problem } = unused.error
  throw new UserError('unknownPath', { path: unused.edit.path, event: unused.event, near: problem.kind === 'unknown-path' ? problem.near : [] })
}

/** Reads all files once, so that a mistake in the last is known before the first is sent. Returns how many are chosen; null when streams are among them. */
export const checkFiles = async (sources: readonly FixtureSource[], plan: Plan): Promise<number | null> => {
  const files = sources.filter(({ kind }) => kind === 'file')
  const rewriting = rewritingOf(plan)
  let count = 0
  for await (const batch of prepared(files, rewriting, plan)) count += batch.length
  if (files.length < sources.length) return null
  checkEdits(rewriting)
  return count * plan.options.repeat
}
