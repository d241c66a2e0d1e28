import { useEffect } from 'preact/hooks'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { account as accountPlace, hashOf, type Place } from '../router.js'
import { AgentsSection } from './agents-section.js'
import { BotsSection } from './bots-section.js'
import { ChannelsSection } from './channels-section.js'
import { DeliverySection } from './delivery-section.js'
import { LimitsSection } from './limits-section.js'
import { QuirksSection } from './quirks-section.js'
import { Section } from './section.js'
import { type SectionName, sectionNames, sections } from './sections.js'
import { TokensSection } from './tokens-section.js'
import { accountWords } from './words.js'

type AccountPlace = Extract<Place, { name: 'account' }>

/** What the account is, and what of it can be changed while it runs. */
export const Account = ({ place }: { readonly place: AccountPlace }) => {
  const { store, words, settings } = useApp()
  const { account } = store.world
  const w = accountWords(settings.lang)
  const isThere = account !== null

  useEffect(() => {
    document.title = `${words.account} · jivo-dev`
  }, [words])
  useEffect(() => {
    if (isThere && place.section !== null) document.getElementById(place.section)?.scrollIntoView()
  }, [isThere, place.section])

  if (account === null) {
    return (
      <main class="pagey" id="main" tabIndex={-1}>
        <p class="t3">{words.loading}</p>
      </main>
    )
  }
  const numbers: { readonly [Name in SectionName]?: number } = {
    agents: account.agents.length,
    channels: account.channels.length,
    bots: account.bots.length,
  }
  return (
    <main class="acc" id="main" tabIndex={-1}>
      <nav aria-label={w.nav}>
        {sectionNames.map(name => (
          <a key={name} href={hashOf(accountPlace(name))} aria-current={place.section === name ? 'true' : undefined}>
            <Icon name={sections[name]} class="s" />
            {w.sections[name]}
            {numbers[name] !== undefined && <span class="num">{numbers[name]}</span>}
          </a>
        ))}
      </nav>
      <div class="wrap">
        <AgentsSection account={account} />
        <ChannelsSection account={account} />
        <BotsSection account={account} />
        <DeliverySection account={account} />
        <QuirksSection account={account} />
        <TokensSection account={account} />
        <LimitsSection account={account} />
        <Section name="faults" lead={w.faultsLater} />
        <Section name="clock" lead={w.clockLater} />
      </div>
    </main>
  )
}
