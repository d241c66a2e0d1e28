import type { Utm } from '../contracts/journal.js'
import { randomId } from './ids.js'

/** What a browser keeps of its visitor. */
export interface VisitorMark {
  readonly key: string
  /** Labels of the first visit; absent for direct traffic. */
  readonly utm?: Utm
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>

/** Knows the visitor again, or marks a new one. A browser that keeps nothing has a new visitor on every page. */
export const recallVisitor = (storage: () => Storage, widgetId: string, search: string): VisitorMark => {
  const names = { key: `jv_client_id_${widgetId}`, utm: `jv_utm_${widgetId}` }
  try {
    const store = storage()
    const known = store.getItem(names.key)
    if (known !== null && /^k[0-9a-f]{16,64}$/.test(known)) {
      const utm = readUtm(store.getItem(names.utm) ?? '')
      return { key: known, ...(utm === undefined ? {} : { utm }) }
    }
    const fresh = newVisitor(search)
    store.setItem(names.key, fresh.key)
    store.setItem(names.utm, fresh.utm === undefined ? '' : new URLSearchParams(prefixed(fresh.utm)).toString())
    return fresh
  } catch {
    // Storage is switched off, full, or forbidden in a frame.
    return newVisitor(search)
  }
}

/** Forgets the visitor: the next one on this browser is new. */
export const forgetVisitor = (storage: () => Storage, widgetId: string): void => {
  try {
    storage().setItem(`jv_client_id_${widgetId}`, '')
  } catch {
    // Nothing was kept.
  }
}

const labels = ['source', 'campaign', 'content', 'medium', 'term'] as const
/** Characters of one label that are kept. */
const longestLabel = 500

/** The labels in the query of an address, or undefined when it has none. */
export const readUtm = (search: string): Utm | undefined => {
  const query = new URLSearchParams(search)
  const found = labels.flatMap(label => {
    const value = query.get(`utm_${label}`)?.trim().slice(0, longestLabel)
    return value ? [[label, value]] : []
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

const newVisitor = (search: string): VisitorMark => {
  const utm = readUtm(search)
  return { key: randomId('k'), ...(utm === undefined ? {} : { utm }) }
}

const prefixed = (utm: Utm): Record<string, string> => Object.fromEntries(Object.entries(utm).map(([label, value]) => [`utm_${label}`, value ?? '']))
