import { useState } from 'preact/hooks'
import type { Failure } from '../api.js'
import { useApp } from '../app-context.js'
import { accountWords } from './words.js'

/** Asks for a change, and keeps why it did not happen until it is dismissed or the next one is asked for. */
export const useChange = () => {
  const { settings } = useApp()
  const [failure, setFailure] = useState<Failure | null>(null)
  const change = async (asked: Promise<Failure | null>) => {
    const failed = await asked
    setFailure(failed?.code === 'offline' ? { code: 'own', message: accountWords(settings.lang).notDone } : failed)
  }
  return { failure, change: (asked: Promise<Failure | null>) => void change(asked), dismiss: () => setFailure(null) }
}
