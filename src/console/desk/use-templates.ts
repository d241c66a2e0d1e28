import { useEffect, useState } from 'preact/hooks'
import type { Template } from '../../contracts/account.js'
import { findTemplates, templateQuery } from './templates.js'

interface TemplateSearch {
  readonly isOpen: boolean
  readonly found: readonly Template[]
  readonly active: number
  /** What a key does while the list is open; undefined for one that means nothing to it. */
  readonly onKey: (key: string) => (() => void) | undefined
}

/** The search that a `/` at the beginning of the text opens. Esc closes it until the text begins otherwise. */
export const useTemplates = (templates: readonly Template[], text: string, choose: (template: Template) => void): TemplateSearch => {
  const [isClosed, setClosed] = useState(false)
  const [place, setPlace] = useState({ query: '', at: 0 })
  const query = templateQuery(text)
  useEffect(() => {
    if (query === null) setClosed(false)
  }, [query === null])
  const isOpen = query !== null && !isClosed && templates.length > 0
  const found = isOpen ? findTemplates(templates, query) : []
  const active = place.query === query ? place.at : 0
  const move = (step: number) => setPlace({ query: query ?? '', at: (active + step + found.length) % found.length })
  const chosen = found[active]
  const onKey = (key: string) => {
    if (!isOpen) return undefined
    if (key === 'Escape') return () => setClosed(true)
    if (chosen === undefined) return undefined
    return { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => choose(chosen) }[key]
  }
  return { isOpen, found, active, onKey }
}
