import type { EventOf } from '../../contracts/journal.js'
import { duration } from '../../reading/format.js'
import { timingParts } from '../../reading/timing-parts.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { hashOf, timeline } from '../router.js'

interface Props {
  readonly attempts: readonly EventOf<'delivery.attempted'>[]
  readonly failed: EventOf<'delivery.failed'> | undefined
  /** `seq` of the event that is open. */
  readonly opened: number
}

/** The attempts on one scale of time; hatched is the time in which nothing came. */
export const Attempts = ({ attempts, failed, opened }: Props) => {
  const { words, settings } = useApp()
  const longest = Math.max(...attempts.map(({ timing }) => timing.total), 0.1)
  const shown = attempts.find(({ seq }) => seq === opened) ?? attempts.at(-1)
  const parts = shown === undefined ? [] : timingParts(shown.timing)
  const isReused = shown?.result.kind === 'answered' && shown.timing.connect === null
  return (
    <>
      <ol class="tries">
        {attempts.map(attempt => {
          const { seq, result, timing, retryAt } = attempt
          const isGood = result.kind === 'answered' && retryAt === undefined && failed === undefined
          const own = timingParts(timing)
          const dead = Math.max(0, timing.total - own.reduce((sum, { took }) => sum + took, 0))
          return (
            <li key={seq}>
              <Icon name={isGood ? 'tick' : 'cross'} class={`xs ${isGood ? 'ok-t' : 'fail-t'}`} />
              <a class="num" href={hashOf(timeline(seq))} aria-current={seq === opened ? 'true' : undefined}>
                <span class="vh">{words.attempt(attempt.attempt)}</span>
                <span aria-hidden="true">{attempt.attempt}</span>
              </a>
              <span class={`res-t cut ${isGood ? 'ok-t' : 'fail-t'}`}>{result.kind === 'answered' ? result.status : result.reason}</span>
              <span class="tbar" aria-hidden="true">
                {own.map(({ name, took }) => (
                  <i key={name} class={name} style={{ width: `${(took / longest) * 100}%` }} />
                ))}
                {result.kind === 'no-answer' && <i class="dead" style={{ width: `${(dead / longest) * 100}%` }} />}
              </span>
              <span class="num mono took">{duration(timing.total, settings.lang)}</span>
            </li>
          )
        })}
      </ol>
      {(parts.length > 0 || isReused) && (
        <p class="legend">
          {parts.map(({ name, took }) => (
            <span class="k" key={name}>
              <i class={`key ${name}`} />
              {words.timing[name]} <span class="num">{duration(took, settings.lang)}</span>
            </span>
          ))}
          {isReused && <span>{words.reused}</span>}
        </p>
      )}
    </>
  )
}
