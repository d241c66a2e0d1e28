import type { EventOf } from '../../contracts/journal.js'
import { dayAndTime } from '../../reading/format.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { hashOf, timeline } from '../router.js'
import { deskWords } from './words.js'

/** What an agent wrote for the others, where it was written. */
export const NoteLine = ({ event: { seq, at, agent, text } }: { readonly event: EventOf<'client.noted'> }) => {
  const { store, words, settings } = useApp()
  const name = store.world.account?.agents.find(({ id }) => id === agent)?.name ?? words.agent
  return (
    <div class="memo">
      <p class="memo-h">
        <Icon name="note" class="s" />
        <b>{deskWords(settings.lang).noteSeen}</b>
        <a class="seq" href={hashOf(timeline(seq))}>
          #{seq}
        </a>
      </p>
      <p class="memo-t">{text}</p>
      <p class="memo-by">
        {name}, <time dateTime={new Date(at).toISOString()}>{dayAndTime(at, Date.now(), settings.lang)}</time>
      </p>
    </div>
  )
}
