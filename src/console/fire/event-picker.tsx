import { useState } from 'preact/hooks'
import { useApp } from '../app-context.js'
import { channelEvents, crmEvents, searchEvents } from './event-names.js'

interface Props {
  readonly chosen: string
  readonly choose: (event: string) => void
}

/** Every webhook in two groups, with a search. */
export const EventPicker = ({ chosen, choose }: Props) => {
  const { words } = useApp()
  const { fire } = words
  const [search, setSearch] = useState('')
  const groups: [string, string[]][] = [
    [fire.channel, searchEvents(channelEvents, search)],
    [fire.crm, searchEvents(crmEvents, search)],
  ]
  const found = groups.flatMap(([, names]) => names)
  return (
    <section class="picker" aria-label={fire.events}>
      <select class="in only-phone" aria-label={fire.events} value={chosen} onChange={event => choose(event.currentTarget.value)}>
        <optgroup label={fire.channel}>
          {channelEvents.map(name => (
            <option key={name}>{name}</option>
          ))}
        </optgroup>
        <optgroup label={fire.crm}>
          {crmEvents.map(name => (
            <option key={name}>{name}</option>
          ))}
        </optgroup>
      </select>
      <input
        class="in no-phone"
        type="search"
        aria-label={fire.search}
        placeholder={fire.search}
        value={search}
        onInput={event => setSearch(event.currentTarget.value)}
        onKeyDown={event => {
          const [first] = found
          if (event.key === 'Enter' && first !== undefined) choose(first)
          // The field's own Escape empties it; the dialog closes with the next one.
          if (event.key === 'Escape' && search !== '') {
            event.preventDefault()
            setSearch('')
          }
        }}
      />
      <div class="names no-phone">
        {groups.map(
          ([title, names]) =>
            names.length > 0 && (
              <fieldset key={title}>
                <legend>{title}</legend>
                {names.map(name => (
                  <label key={name}>
                    <input type="radio" name="event" value={name} checked={name === chosen} onChange={() => choose(name)} />
                    <code>{name}</code>
                  </label>
                ))}
              </fieldset>
            ),
        )}
        {found.length === 0 && <p class="hint">{fire.noEvent}</p>}
      </div>
    </section>
  )
}
