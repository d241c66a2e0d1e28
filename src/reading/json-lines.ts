/** One line of a JSON view: a key, one value or one bracket. */
export interface JsonLine {
  readonly depth: number
  /** Null inside an array and on closing brackets. */
  readonly key: string | null
  readonly kind: 'string' | 'number' | 'word' | 'bracket'
  /** As JSON writes it; an empty array or object is one bracket. */
  readonly text: string
  readonly comma: boolean
  /** Where the value stands, as contracts write it: `chat.messages[].type`. Empty for the whole and for closing brackets. */
  readonly path: string
}

/** A value as indented lines, one for each value and bracket. */
export const jsonLines = (value: unknown): JsonLine[] => {
  const lines: JsonLine[] = []
  const add = (item: unknown, key: string | null, depth: number, comma: boolean, path: string) => {
    if (typeof item !== 'object' || item === null) {
      const kind = typeof item === 'string' ? 'string' : typeof item === 'number' ? 'number' : 'word'
      lines.push({ depth, key, kind, text: JSON.stringify(item) ?? 'undefined', comma, path })
      return
    }
    const [open, close] = Array.isArray(item) ? ['[', ']'] : ['{', '}']
    const entries: [string | null, unknown][] = Array.isArray(item) ? item.map(child => [null, child]) : Object.entries(item)
    if (entries.length === 0) {
      lines.push({ depth, key, kind: 'bracket', text: `${open}${close}`, comma, path })
      return
    }
    lines.push({ depth, key, kind: 'bracket', text: open, comma: false, path })
    for (const [at, [childKey, child]] of entries.entries()) {
      const childPath = childKey === null ? `${path}[]` : path === '' ? childKey : `${path}.${childKey}`
      add(child, childKey, depth + 1, at < entries.length - 1, childPath)
    }
    lines.push({ depth, key: null, kind: 'bracket', text: close, comma, path: '' })
  }
  add(value, null, 0, false, '')
  return lines
}

/** Longest text that a line shows before it is folded. */
export const longestText = 80

/** The beginning of a long text, whole letters only, or null when it is short enough. */
export const folded = (text: string): string | null => {
  if (text.length <= longestText) return null
  const head = text.slice(0, longestText - 1)
  return `${/[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head}…`
}
