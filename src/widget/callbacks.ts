import type { PageFrame } from '../contracts/page-channel.js'
import { jsonSafe } from './json-safe.js'
import { globals } from './page-globals.js'

export type Fired = PageFrame & { type: 'fired' }

/** Characters of a stack that are reported. */
const longestError = 20_000

/**
 * Calls a callback of the page: a global function, found by its name at this moment. A missing one is skipped, and one that
 * throws breaks nothing. Widget API, callbacks.
 */
export const callPage = (callback: string, args: readonly unknown[]): Pick<Fired, 'outcome' | 'error'> => {
  const handler = globals[callback]
  if (typeof handler !== 'function') return { outcome: 'missing' }
  try {
    handler.apply(window, args)
    return { outcome: 'called' }
  } catch (error) {
    console.error(error)
    return { outcome: 'threw', error: describe(error).slice(0, longestError) }
  }
}

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(jsonSafe(error))
  // Some browsers begin a stack with the message, some leave it out.
  const title = `${error.name}: ${error.message}`
  const stack = error.stack ?? ''
  return stack.startsWith(title) || stack === '' ? stack || title : `${title}\n${stack}`
}
