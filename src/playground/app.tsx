import { useEffect, useState } from 'preact/hooks'
import { AppContext } from '../console/app-context.js'
import { LinkLine } from '../console/link-line.js'
import { useSettings } from '../console/settings.js'
import { type Store, useStore } from '../console/store.js'
import { TabBar, TopBar } from '../console/top-bar.js'
import { wordsOf } from '../console/words.js'
import { widgetApi } from '../contracts/widget-api.js'
import { EntryPane } from './entry-pane.js'
import { IndexPane } from './index-pane.js'
import type { PageLog } from './page-log.js'
import { ResultsPane } from './results-pane.js'
import { playgroundWords } from './words.js'

const place = { name: 'playground' } as const

/** The living reference: what there is, the form that tries it, and what came back. */
export const App = ({ store, log }: { readonly store: Store; readonly log: PageLog }) => {
  useStore(store)
  const [, draw] = useState(0)
  useEffect(() => log.subscribe(() => draw(count => count + 1)), [log])
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const read = () => setHash(location.hash)
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  const [settings, change] = useSettings()
  const words = wordsOf(settings.lang)
  useEffect(() => {
    document.title = `${playgroundWords(settings.lang).title} · jivo-dev`
  }, [settings.lang])
  const chosen = widgetApi.find(({ name }) => name === hash.slice(1))
  const entry = chosen ?? widgetApi[0]
  return (
    <AppContext.Provider value={{ store, words, settings, change, openFire: () => {} }}>
      <div class="app">
        <button class="skip" type="button" onClick={() => document.getElementById('main')?.focus()}>
          {words.skip}
        </button>
        <TopBar place={place} />
        <LinkLine />
        <main class="pg" id="main" tabIndex={-1} data-pane={chosen === undefined ? 'index' : 'entry'}>
          <IndexPane log={log} current={entry?.name ?? ''} />
          {entry !== undefined && <EntryPane key={entry.name} entry={entry} log={log} />}
          <ResultsPane log={log} />
        </main>
        <TabBar place={place} />
      </div>
    </AppContext.Provider>
  )
}
