import { useState } from 'preact/hooks'
import type { Account } from '../../contracts/account.js'
import { defaultQuirks } from '../../contracts/webhooks/default-quirks.js'
import { quirkChoices, quirkNames } from '../../contracts/webhooks/quirk-choices.js'
import { editQuirks } from '../api.js'
import { useApp } from '../app-context.js'
import { FailureNote } from '../desk/failure-note.js'
import { Section } from './section.js'
import { Setting } from './setting.js'
import { useChange } from './use-change.js'
import { accountWords } from './words.js'

export const QuirksSection = ({ account: { channels } }: { readonly account: Account }) => {
  const { settings } = useApp()
  const { failure, change, dismiss } = useChange()
  const [chosen, choose] = useState('')
  const w = accountWords(settings.lang)
  const channel = channels.find(({ id }) => id === chosen) ?? channels[0]
  if (channel === undefined) return null
  const { publicId, quirks } = channel
  return (
    <Section name="quirks" title={w.quirksOf(channel.name)} lead={w.quirksLead}>
      {channels.length > 1 && (
        <label class="pick">
          {w.channel}
          <select class="in" value={channel.id} onChange={event => choose(event.currentTarget.value)}>
            {channels.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {failure !== null && <FailureNote failure={failure} dismiss={dismiss} />}
      <ul class="rowset">
        {quirkNames.map(name => {
          const [title, reason] = w.quirks[name]
          const { values, evidence } = quirkChoices[name]
          return (
            <Setting
              key={`${publicId} ${name}`}
              id={`quirk-${name}`}
              name={title}
              reason={reason}
              evidence={evidence}
              flag={`--quirk ${quoted(`${name}=${quirks[name]}`)}`}
            >
              <select
                class="in"
                aria-labelledby={`quirk-${name}`}
                value={quirks[name]}
                onChange={event => change(editQuirks(publicId, { [name]: event.currentTarget.value }))}
              >
                {values.map(value => (
                  <option key={value} value={value}>
                    {value === defaultQuirks[name] ? `${value} (${w.isDefault})` : value}
                  </option>
                ))}
              </select>
            </Setting>
          )
        })}
      </ul>
    </Section>
  )
}

/** As a shell takes it. */
const quoted = (text: string): string => (text.includes(' ') ? `'${text}'` : text)
