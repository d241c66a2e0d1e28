import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Settings } from './settings.js'
import { createStore, type Store } from './store.js'
import { type Words, wordsOf } from './words.js'

/** A body to start from, of a delivery that was there before. */
export interface Edited {
  readonly delivery: string
  readonly event: string
  readonly body: Record<string, unknown>
}

export interface App {
  readonly store: Store
  readonly words: Words
  readonly settings: Settings
  readonly change: (part: Partial<Settings>) => void
  /** Opens the dialog that sends a webhook: any one, or an edited one. */
  readonly openFire: (edited?: Edited) => void
}

export const AppContext = createContext<App>({
  store: createStore(),
  words: wordsOf('en'),
  settings: { lang: 'en', theme: 'system', letters: 'on' },
  change: () => {},
  openFire: () => {},
})

export const useApp = (): App => useContext(AppContext)
