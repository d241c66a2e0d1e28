import type { ComponentChildren } from 'preact'
import type { Account, Channel } from '../../contracts/account.js'
import { useApp } from '../app-context.js'
import { CodeLine } from '../code-line.js'
import { WebhookAddress } from '../webhook-address.js'
import { Address, FactList } from './fact-list.js'
import { Section } from './section.js'
import { type AccountWords, accountWords } from './words.js'

export const ChannelsSection = ({ account }: { readonly account: Account }) => {
  const { settings } = useApp()
  const w = accountWords(settings.lang)
  return (
    <Section name="channels" lead={w.channelsLead}>
      <ul class="rowset">
        {account.channels.map((channel, nth) => (
          <li key={channel.id} class="described">
            <div class="who-r">
              <b>{channel.name}</b> <code class="tag">{channel.type}</code>
            </div>
            <FactList facts={factsOf(channel, nth === 0, w)} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Only the first channel has an address that changes while the emulator runs. */
const factsOf = ({ type, id, publicId, webhook, api, jwtSecret }: Channel, isFirst: boolean, w: AccountWords): (readonly [string, ComponentChildren])[] => [
  [w.publicId, <code key="value">{publicId}</code>],
  [w.digits, <code key="value">{id}</code>],
  ...(type === 'site'
    ? ([[w.snippet, <CodeLine key="value" label={w.snippet} text={`<script src="//${location.host}/widget/${publicId}" async></script>`} />]] as const)
    : []),
  [w.webhook, isFirst ? <WebhookAddress key="value" address={webhook} /> : <Address key="value" url={webhook} none={w.nowhereWith('--webhook URL')} />],
  ...(api === null
    ? []
    : ([
        [w.server, <Address key="value" url={api.url} none={w.nowhereWith('--chat URL')} />],
        [w.clients, <code key="value">{`${location.origin}/chat/${publicId}`}</code>],
        [w.framing, w.framings[api.framing]],
      ] as const)),
  ...(type === 'site' ? ([[w.secret, jwtSecret === null ? w.secretNone : w.secretSet]] as const) : []),
]
