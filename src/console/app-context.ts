import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Settings } from './settings.js'
import { createStore, type Store } from './store.js'
import { type Words, wordsOf } from './words.js'

export interface App {
  readonly store: Store
  readonly words: Words
  readonly settings: Settings
  readonly change: (part: Partial<Settings>) => void
}

export const AppContext = createContext<App>({
  store: createStore(),
  words: wordsOf('en'),
  settings: { lang: 'en', theme: 'system', letters: 'on' },
  change: () => {},
})

export const useApp = (): App => useContext(AppContext)
