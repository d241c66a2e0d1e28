import { useEffect, useRef, useState } from 'preact/hooks'
import { Account } from './account/account.js'
import { AppContext, type Edited } from './app-context.js'
import { Desk } from './desk/desk.js'
import { FireDialog } from './fire/fire-dialog.js'
import { HelpSheet } from './help-sheet.js'
import { listenForKeys, useKeys } from './keys.js'
import { LinkLine } from './link-line.js'
import { account, desk, go, timeline, usePlace } from './router.js'
import { useSettings } from './settings.js'
import { type Store, useStore } from './store.js'
import { Timeline } from './timeline/timeline.js'
import { TabBar, TopBar } from './top-bar.js'
import { wordsOf } from './words.js'

/** Everything around the places. */
export const Shell = ({ store }: { readonly store: Store }) => {
  useStore(store)
  const place = usePlace()
  const [settings, change] = useSettings()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const [fire, setFire] = useState<Edited | 'any' | null>(null)
  const openFire = (edited?: Edited) => setFire(edited ?? 'any')
  const words = wordsOf(settings.lang)

  const letters = useRef(settings.letters)
  letters.current = settings.letters
  useEffect(() => listenForKeys(() => letters.current), [])
  useKeys({ 'g d': () => go(desk()), 'g t': () => go(timeline()), 'g a': () => go(account()), f: () => openFire(), '?': () => setHelpOpen(true) })

  return (
    <AppContext.Provider value={{ store, words, settings, change, openFire }}>
      <div class="app">
        <button class="skip" type="button" onClick={() => document.getElementById('main')?.focus()}>
          {words.skip}
        </button>
        <TopBar place={place} openHelp={() => setHelpOpen(true)} />
        <LinkLine />
        {place.name === 'desk' ? <Desk place={place} /> : place.name === 'timeline' ? <Timeline place={place} /> : <Account place={place} />}
        <TabBar place={place} />
      </div>
      {isHelpOpen && <HelpSheet close={() => setHelpOpen(false)} />}
      {fire !== null && <FireDialog edited={fire === 'any' ? null : fire} close={() => setFire(null)} />}
    </AppContext.Provider>
  )
}
