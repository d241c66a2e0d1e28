import { useEffect, useRef, useState } from 'preact/hooks'
import { AppContext, type Edited } from './app-context.js'
import { HelpSheet } from './help-sheet.js'
import { listenForKeys, useKeys } from './keys.js'
import { Lazy, part } from './lazy.js'
import { LinkLine } from './link-line.js'
import { account, desk, go, type Place, timeline, usePlace } from './router.js'
import { useSettings } from './settings.js'
import { type Store, useStore } from './store.js'
import { TabBar, TopBar } from './top-bar.js'
import { wordsOf } from './words.js'

const places = {
  desk: part(async () => (await import('./desk/desk.js')).Desk),
  timeline: part(async () => (await import('./timeline/timeline.js')).Timeline),
  account: part(async () => (await import('./account/account.js')).Account),
}
const jumpDialog = part(async () => (await import('./jump/jump-dialog.js')).JumpDialog)
const fireDialog = part(async () => (await import('./fire/fire-dialog.js')).FireDialog)

/** Milliseconds. */
const afterFirstPaint = 500

/** What is not shown at first is fetched when the page has nothing else to do, so that going there takes no time. */
const loadAll = () => void Promise.allSettled([...Object.values(places), jumpDialog, fireDialog].map(({ load }) => load()))

/** Everything around the places. */
export const Shell = ({ store }: { readonly store: Store }) => {
  useStore(store)
  const place = usePlace()
  const [settings, change] = useSettings()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const [isJumping, setJumping] = useState(false)
  const [fire, setFire] = useState<Edited | 'any' | null>(null)
  const openFire = (edited?: Edited) => setFire(edited ?? 'any')
  const words = wordsOf(settings.lang)

  const letters = useRef(settings.letters)
  letters.current = settings.letters
  useEffect(() => listenForKeys(() => letters.current), [])
  useEffect(() => {
    const idle = setTimeout(loadAll, afterFirstPaint)
    return () => clearTimeout(idle)
  }, [])
  useKeys({
    'g d': () => go(desk()),
    'g t': () => go(timeline()),
    'g a': () => go(account()),
    f: () => openFire(),
    '/': () => setJumping(true),
    '?': () => setHelpOpen(true),
  })

  return (
    <AppContext.Provider value={{ store, words, settings, change, openFire }}>
      <div class="app">
        <button class="skip" type="button" onClick={() => document.getElementById('main')?.focus()}>
          {words.skip}
        </button>
        <TopBar place={place} openHelp={() => setHelpOpen(true)} openJump={() => setJumping(true)} />
        <LinkLine />
        <Current place={place} />
        <TabBar place={place} />
      </div>
      {isHelpOpen && <HelpSheet close={() => setHelpOpen(false)} />}
      {isJumping && <Lazy of={jumpDialog} props={{ close: () => setJumping(false) }} />}
      {fire !== null && <Lazy of={fireDialog} props={{ edited: fire === 'any' ? null : fire, close: () => setFire(null) }} />}
    </AppContext.Provider>
  )
}

const Current = ({ place }: { readonly place: Place }) => {
  const waiting = <main class="waiting" id="main" tabIndex={-1} />
  if (place.name === 'desk')
    return (
      <Lazy key="desk" of={places.desk} props={{ place }}>
        {waiting}
      </Lazy>
    )
  if (place.name === 'timeline')
    return (
      <Lazy key="timeline" of={places.timeline} props={{ place }}>
        {waiting}
      </Lazy>
    )
  return (
    <Lazy key="account" of={places.account} props={{ place }}>
      {waiting}
    </Lazy>
  )
}
