import type { Account } from '../../contracts/account.js'
import { duration } from '../../reading/format.js'
import { useApp } from '../app-context.js'
import { Rich } from '../rich.js'
import { FactList } from './fact-list.js'
import { Section } from './section.js'
import { accountWords } from './words.js'

export const BotsSection = ({ account: { bots, channels } }: { readonly account: Account }) => {
  const { settings } = useApp()
  const w = accountWords(settings.lang)
  const namesOf = (ids: readonly string[]) => ids.map(id => channels.find(({ publicId }) => publicId === id)?.name ?? id).join(', ')
  return (
    <Section name="bots" lead={w.botsLead}>
      <ul class="rowset">
        {bots.length === 0 && (
          <li class="described">
            <p>
              <Rich text={w.noBots} />
            </p>
          </li>
        )}
        {bots.map(({ id, name, url, providerId, channels: bound, headers, answerWithin }) => (
          <li key={id} class="described">
            <div class="who-r">
              <b>{name}</b> <code class="tag">{id}</code>
            </div>
            <FactList
              facts={[
                [w.asked, <code key="value">{url}</code>],
                [w.answersAt, <code key="value">{`${location.origin}/webhooks/${providerId}/${w.token}`}</code>],
                [w.provider, <code key="value">{providerId}</code>],
                [w.ofChannels, bound === null ? w.everyChannel : namesOf(bound)],
                [w.headers, Object.keys(headers).length === 0 ? w.noHeaders : <code key="value">{Object.keys(headers).join(', ')}</code>],
                [w.answerTime, answerWithin === null ? w.forEver : duration(answerWithin, settings.lang)],
              ]}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}
