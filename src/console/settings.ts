import { useEffect, useState } from 'preact/hooks'
import type { Lang } from '../reading/lang.js'

export type { Lang }
export type Theme = 'system' | 'light' | 'dark'

/** What this browser remembers about the person, and nothing of the emulator's. */
export interface Settings {
  readonly lang: Lang
  readonly theme: Theme
  /** Single letters as keys. Speech input types letters by accident, so they can be switched off. */
  readonly letters: 'on' | 'off'
}

const key = 'jivo-dev.console'

export const parseSettings = (stored: string | null, language: string): Settings => {
  const own = readObject(stored)
  return {
    lang: own.lang === 'en' || own.lang === 'ru' ? own.lang : language.toLowerCase().startsWith('ru') ? 'ru' : 'en',
    theme: own.theme === 'light' || own.theme === 'dark' ? own.theme : 'system',
    letters: own.letters === 'off' ? 'off' : 'on',
  }
}

export const useSettings = (): [Settings, (change: Partial<Settings>) => void] => {
  const [settings, setSettings] = useState(() => parseSettings(load(), navigator.language))
  useEffect(() => {
    const root = document.documentElement
    root.lang = settings.lang
    if (settings.theme === 'system') delete root.dataset.theme
    else root.dataset.theme = settings.theme
  }, [settings])
  const change = (part: Partial<Settings>) => {
    const next = { ...settings, ...part }
    setSettings(next)
    save(JSON.stringify(next))
  }
  return [settings, change]
}

const readObject = (text: string | null): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

// A browser may forbid storage; the console then works and forgets.
const load = (): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
const save = (text: string): void => {
  try {
    localStorage.setItem(key, text)
  } catch {}
}
