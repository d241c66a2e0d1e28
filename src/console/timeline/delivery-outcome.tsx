import { duration, exactClock } from '../../reading/format.js'
import { lastOf, roundsOf } from '../../reading/rounds.js'
import type { Tone } from '../../reading/summary.js'
import { whatToTry } from '../../reading/what-to-try.js'
import { useApp } from '../app-context.js'
import { Icon, type IconName } from '../icons.js'
import { hashOf, timeline } from '../router.js'

interface Props {
  readonly delivery: string
  /** The round that is meant is the first that began after this `seq`. */
  readonly after: number
  readonly onOpen?: () => void
}

/** How one round of a delivery goes, as it goes. */
export const DeliveryOutcome = ({ delivery, after, onOpen }: Props) => {
  const { store, words, settings } = useApp()
  const { outcome } = words
  const round = roundsOf(store.history.ofDelivery(delivery)).find(([first]) => first !== undefined && first.seq > after) ?? []
  const last = lastOf(round)
  const attempt = round.findLast(event => event.type === 'delivery.attempted')
  const show = (tone: Exclude<Tone, 'plain'>, icon: IconName, text: string) => (
    <p class={`outcome ${tone}`}>
      <Icon name={icon} class="s" />
      <span>{text}</span>
      {last !== undefined && (
        <a class="seq" href={hashOf(timeline(last.seq))} onClick={onOpen}>
          #{last.seq}
        </a>
      )}
    </p>
  )
  if (last?.type === 'delivery.done') return show('ok', 'tick', outcome.done(last.status, duration(last.took, settings.lang)))
  if (last?.type === 'delivery.failed') {
    const why = whatToTry(attempt?.type === 'delivery.attempted' ? attempt : undefined, last, '', words, settings.lang)?.title ?? last.message
    return show('fail', 'bang', outcome.failed(why, duration(last.took, settings.lang)))
  }
  if (attempt?.type === 'delivery.attempted' && attempt.retryAt !== undefined) {
    const what = attempt.result.kind === 'answered' ? String(attempt.result.status) : words.status.noAnswer
    return show('pending', 'wait', outcome.retry(attempt.attempt, attempt.of, what, exactClock(attempt.retryAt).slice(0, 8)))
  }
  return show('pending', 'wait', outcome.waiting)
}
