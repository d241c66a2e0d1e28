import type { Event } from '../../contracts/journal.js'
import { exactClock } from '../../reading/format.js'
import { type Outcome, outcomeOf, summaryOf, type Tone, tookOf, type Who, whoDid } from '../../reading/summary.js'
import { useApp } from '../app-context.js'
import { Icon, type IconName } from '../icons.js'
import type { Words } from '../words.js'

interface Props {
  readonly event: Event
  readonly top: number
  readonly position: number
  readonly of: number
  /** `kin` are the cause and the effects of the event that is open. */
  readonly mark: 'opened' | 'active' | 'kin' | 'plain'
  readonly onOpen: (seq: number) => void
}

export const rowId = (seq: number) => `event-${seq}`

export const whoIcons: Record<Who, IconName> = { visitor: 'visitor', page: 'page', agent: 'desk', bot: 'bot', jivo: 'jivo', server: 'server' }
export const toneIcons: Record<Tone, IconName | null> = { ok: 'tick', fail: 'bang', pending: 'wait', plain: null }

export const EventRow = ({ event, top, position, of, mark, onOpen }: Props) => {
  const { words, settings } = useApp()
  const who = whoDid(event)
  const outcome = outcomeOf(event)
  const isBad = outcome?.tone === 'fail'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and the keys
    <div
      class={`row ${mark} ${isBad ? 'bad' : ''}`}
      id={rowId(event.seq)}
      role="option"
      tabIndex={-1}
      aria-selected={mark === 'opened' || mark === 'active'}
      aria-posinset={position}
      aria-setsize={of}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(event.seq)}
    >
      <span class="seq">{event.seq}</span>
      <span class="at">{exactClock(event.at)}</span>
      <span class={`who ${who}-t`}>
        <Icon name={whoIcons[who]} class="s" />
        <span class="vh">{words.who[who]}</span>
      </span>
      <span class="type">{event.type}</span>
      <span class="sum cut">{summaryOf(event, settings.lang)}</span>
      <Status outcome={outcome} words={words} />
      <span class="ms">{tookOf(event, settings.lang)}</span>
    </div>
  )
}

const Status = ({ outcome, words }: { readonly outcome: Outcome | null; readonly words: Words }) => {
  if (outcome === null) return <span class="st" />
  const icon = outcome.status === 'warn' ? 'warn' : toneIcons[outcome.tone]
  return (
    <span class={`st ${outcome.tone}-t`}>
      {icon !== null && <Icon name={icon} class="xs" />}
      {statusText(outcome, words)}
    </span>
  )
}

export const statusText = ({ status }: Outcome, words: Words): string => (typeof status === 'number' ? String(status) : words.status[status])
