import { useEffect, useRef } from 'preact/hooks'

/** Keys by name: a letter, `G`, `F` with shift, `g d` for two in a row, `Enter`, `Escape`, `Space`, `?`. */
export type KeyMap = Readonly<Record<string, () => void>>

/** Milliseconds within which the second key of a pair must come. */
const pairTime = 1_000

export interface Pressed {
  readonly key: string
  readonly isModified: boolean
  /** What has the focus: text goes into fields, and buttons and links have their own Enter and Space. */
  readonly focus: 'page' | 'field' | 'control'
  readonly at: number
}

/** Finds what a key means; the answer depends on the key before it. Null when it means nothing. */
export const createKeyReader = (): ((pressed: Pressed, names: ReadonlySet<string>, letters: 'on' | 'off') => string | null) => {
  let before: { key: string; at: number } | null = null
  return ({ key: raw, isModified, focus, at }, names, letters) => {
    const first = before
    before = null
    if (isModified) return null
    const key = raw === ' ' ? 'Space' : raw
    if (key === 'Escape') return names.has(key) ? key : null
    if (focus === 'field') return null
    if (focus === 'control' && (key === 'Enter' || key === 'Space')) return null
    if (letters === 'off' && key.length === 1 && key !== '?') return null
    const pair = first !== null && at - first.at <= pairTime ? `${first.key} ${key}` : null
    if (pair !== null && names.has(pair)) return pair
    if ([...names].some(name => name.startsWith(`${key} `))) {
      before = { key, at }
      return null
    }
    return names.has(key) ? key : null
  }
}

interface Layer {
  readonly keys: () => KeyMap
  readonly nth: number
}
/** Those that win come first. */
const layers: Layer[] = []
let drawn = 0

/**
 * Adds keys for as long as the component is there. Those of inner components win, and of what came later: a component is
 * drawn after the one around it, while effects of several that appear together run from the inside out.
 */
export const useKeys = (keys: KeyMap): void => {
  const latest = useRef(keys)
  latest.current = keys
  const nth = useRef(0)
  if (nth.current === 0) {
    drawn += 1
    nth.current = drawn
  }
  useEffect(() => {
    const layer: Layer = { keys: () => latest.current, nth: nth.current }
    layers.push(layer)
    layers.sort((a, b) => b.nth - a.nth)
    return () => {
      layers.splice(layers.indexOf(layer), 1)
    }
  }, [])
}

/** Listens for the whole page. Called once. */
export const listenForKeys = (letters: () => 'on' | 'off'): (() => void) => {
  const read = createKeyReader()
  const listener = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]') !== null) return
    const maps = layers.map(layer => layer.keys())
    const names = new Set(maps.flatMap(map => Object.keys(map)))
    const pressed = { key: latinKey(event), isModified: event.ctrlKey || event.metaKey || event.altKey, focus: focusOf(event.target), at: event.timeStamp }
    const name = read(pressed, names, letters())
    const action = name === null ? undefined : maps.find(map => map[name] !== undefined)?.[name]
    if (action === undefined) return
    event.preventDefault()
    action()
  }
  addEventListener('keydown', listener)
  return () => removeEventListener('keydown', listener)
}

/** The letter or square bracket of the key's place on a Latin keyboard: with a Russian layout `j` would be another letter. */
export const latinKey = ({ key, code, shiftKey }: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string => {
  const bracket = code === 'BracketLeft' ? '[' : code === 'BracketRight' ? ']' : undefined
  if (bracket !== undefined && !shiftKey) return bracket
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter === undefined || key.length > 1 || /^[a-z]$/i.test(key)) return key
  return shiftKey ? letter : letter.toLowerCase()
}

const focusOf = (target: EventTarget | null): Pressed['focus'] => {
  if (!(target instanceof Element)) return 'page'
  if (target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null) return 'field'
  return target.closest('a, button, input, summary') === null ? 'page' : 'control'
}
