import type { Utm } from '../contracts/journal.js'
import type { MarkStore } from './cookies.js'
import { randomId } from './ids.js'

/** What a browser keeps of its visitor. */
export interface VisitorMark {
  readonly key: string
  /** Labels of the first visit; absent for direct traffic. */
  readonly utm?: Utm | undefined
}

/** `<number>.<random>`, as in Jivo's older cookies. The number is the moment: a guess. */
const markPattern = /^\d+\.([0-9a-f]{16,64})$/

const namesOf = (widgetId: string) => ({ client: `jv_client_id_${widgetId}`, utm: `jv_utm_${widgetId}` })

/**
 * Knows the visitor again, or marks a new one: sites delete `jv_client_id_…` so that whoever comes next is somebody new.
 * Two pages that open at once may both mark one; the last mark counts for both when they ask again.
 */
export const recallVisitor = (store: MarkStore, widgetId: string, search: string, now = Date.now()): VisitorMark => {
  const { client, utm: labels } = namesOf(widgetId)
  const known = markPattern.exec(store.getItem(client) ?? '')?.[1]
  if (known !== undefined) {
    return { key: `k${known}`, utm: readUtm(store.getItem(labels) ?? '') }
  }
  const utm = readUtm(search)
  const key = randomId('k')
  store.setItem(client, `${now}.${key.slice(1)}`)
  store.setItem(labels, utm === undefined ? '' : new URLSearchParams(prefixed(utm)).toString())
  return { key, utm }
}

/** Forgets the visitor: the next one on this browser is new. */
export const forgetVisitor = (store: MarkStore, widgetId: string): void => store.removeItem(namesOf(widgetId).client)

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

const prefixed = (utm: Utm): Record<string, string> => Object.fromEntries(Object.entries(utm).map(([label, value]) => [`utm_${label}`, value ?? '']))
