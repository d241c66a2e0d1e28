import type { Account } from '../../contracts/account.js'
import { duration } from '../../reading/format.js'
import { useApp } from '../app-context.js'
import { Rich } from '../rich.js'
import { Address } from './fact-list.js'
import { Section } from './section.js'
import { Setting } from './setting.js'
import { accountWords } from './words.js'

export const DeliverySection = ({ account: { delivery, crmWebhook } }: { readonly account: Account }) => {
  const { settings } = useApp()
  const w = accountWords(settings.lang)
  const { name, timeout, pauses, retryOn } = delivery
  const lengths = pauses.map(pause => duration(pause, settings.lang))
  const rows = [
    [w.profile, <code key="value">{name}</code>],
    [w.timeout, duration(timeout, settings.lang)],
    [w.pauses, lengths.length === 0 ? w.noPauses : lengths.join(', ')],
    [w.retryOn, <Rich key="value" text={w.retries[retryOn]} />],
  ] as const
  return (
    <Section name="delivery" lead={w.deliveryLead}>
      <ul class="rowset">
        {rows.map(([[title, reason], value], at) => (
          <Setting key={title} name={title} reason={reason} evidence="guessed" {...(at === 0 ? { flag: `--delivery-profile ${name}` } : {})}>
            {value}
          </Setting>
        ))}
        <Setting name={w.crm[0]} reason={w.crm[1]} evidence="documented" flag="--crm-webhook">
          <Address url={crmWebhook} none={w.nowhere} />
        </Setting>
      </ul>
    </Section>
  )
}
