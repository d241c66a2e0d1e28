import { useEffect, useState } from 'preact/hooks'
import { type SectionName, sectionNames } from './account/sections.js'

/** Where the console is. The address says it all, so that a link shows the same to somebody else. */
export type Place =
  | { readonly name: 'desk'; readonly chat: number | null; readonly offline: number | null; readonly isCard: boolean }
  | { readonly name: 'timeline'; readonly event: number | null; readonly filter: string; readonly view: TimelineView }
  | { readonly name: 'account'; readonly section: SectionName | null }

/** The events one below the other, or one chat as arrows between those who take part. */
export type TimelineView = 'list' | 'lanes'

export const desk = (chat: number | null = null, isCard = false): Place => ({ name: 'desk', chat, offline: null, isCard })
export const offlineMessage = (id: number): Place => ({ name: 'desk', chat: null, offline: id, isCard: false })
export const timeline = (event: number | null = null, filter = '', view: TimelineView = 'list'): Place => ({ name: 'timeline', event, filter, view })
export const account = (section: SectionName | null = null): Place => ({ name: 'account', section })

/** `#/desk`, `#/desk/9001`, `#/desk/9001/card`, `#/desk/offline/17`, `#/timeline`, `#/timeline/214?filter=chat:9001&view=lanes`, `#/account`, `#/account/quirks`. Anything else is the desk. */
export const parsePlace = (hash: string): Place => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s)
  const [, name, first, second] = path.split('/')
  if (name === 'timeline') {
    const asked = new URLSearchParams(query)
    return timeline(numberOf(first), asked.get('filter') ?? '', asked.get('view') === 'lanes' ? 'lanes' : 'list')
  }
  if (name === 'account') return account(sectionNames.find(section => section === first) ?? null)
  const offline = first === 'offline' ? numberOf(second) : null
  return offline === null ? desk(numberOf(first), second === 'card') : offlineMessage(offline)
}

export const hashOf = (place: Place): string => {
  if (place.name === 'timeline') {
    const filter = place.filter === '' ? [] : [`filter=${encodeURIComponent(place.filter).replaceAll('%3A', ':').replaceAll('%20', '+')}`]
    const query = [...filter, ...(place.view === 'lanes' ? ['view=lanes'] : [])].join('&')
    return `#/timeline${place.event === null ? '' : `/${place.event}`}${query === '' ? '' : `?${query}`}`
  }
  if (place.name === 'account') return `#/account${place.section === null ? '' : `/${place.section}`}`
  if (place.offline !== null) return `#/desk/offline/${place.offline}`
  return `#/desk${place.chat === null ? '' : `/${place.chat}${place.isCard ? '/card' : ''}`}`
}

/** The whole address, to give to somebody else. */
export const addressOf = (place: Place): string => `${location.origin}/console${hashOf(place)}`

/** `replace` keeps the browser's way back short: for moves inside one list. */
export const go = (place: Place, replace = false): void => {
  if (!replace) {
    location.hash = hashOf(place)
    return
  }
  history.replaceState(null, '', hashOf(place))
  dispatchEvent(new Event('hashchange'))
}

export const usePlace = (): Place => {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const read = () => setHash(location.hash)
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  return parsePlace(hash)
}

const numberOf = (text: string | undefined): number | null => (text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null)
