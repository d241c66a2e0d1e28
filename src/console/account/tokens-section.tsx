import type { Account } from '../../contracts/account.js'
import { useApp } from '../app-context.js'
import { Address } from './fact-list.js'
import { Section } from './section.js'
import { Setting } from './setting.js'
import { accountWords } from './words.js'

export const TokensSection = ({ account: { hasStrictTokens, tokenUrl } }: { readonly account: Account }) => {
  const { settings } = useApp()
  const w = accountWords(settings.lang)
  return (
    <Section name="tokens" lead={w.tokensLead}>
      <ul class="rowset">
        <Setting name={w.strictTokens[0]} reason={w.strictTokens[1]} evidence="guessed" flag="--strict-tokens">
          {hasStrictTokens ? w.refused : w.taken}
        </Setting>
        <Setting name={w.tokenUrl[0]} reason={w.tokenUrl[1]} flag="--token-url">
          <Address url={tokenUrl} none={w.ownTokens} />
        </Setting>
      </ul>
    </Section>
  )
}
