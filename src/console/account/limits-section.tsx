import type { Account } from '../../contracts/account.js'
import { duration } from '../../reading/format.js'
import { useApp } from '../app-context.js'
import { Section } from './section.js'
import { Setting } from './setting.js'
import { accountWords } from './words.js'

export const LimitsSection = ({ account: { isStrict, rateLimit, refuseWith } }: { readonly account: Account }) => {
  const { settings } = useApp()
  const w = accountWords(settings.lang)
  return (
    <Section name="limits" lead={w.limitsLead}>
      <ul class="rowset">
        <Setting name={w.strict[0]} reason={w.strict[1]} evidence="observed" flag="--strict">
          {isStrict ? w.refused : w.taken}
        </Setting>
        <Setting name={w.rate[0]} reason={w.rate[1]} evidence="guessed" flag="--rate-limit">
          {rateLimit === null ? w.noLimit : w.perSeconds(rateLimit.requests, duration(rateLimit.seconds * 1_000, settings.lang))}
        </Setting>
        <Setting name={w.refuseWith[0]} reason={w.refuseWith[1]} evidence="documented" flag="--refuse-with">
          {refuseWith === null ? w.asDeserved : <code>{refuseWith}</code>}
        </Setting>
      </ul>
    </Section>
  )
}
