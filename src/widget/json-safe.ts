/** Depth beyond which a value is only named: a page may pass a DOM node, and with it the whole document. */
const deepest = 8
/** Characters of JSON that one report may have. */
const longest = 200_000

/** A copy that can be sent as JSON, whatever a page passes: cycles, functions, DOM nodes and big numbers become words. */
export const jsonSafe = (value: unknown): unknown => {
  const copied = copy(() => value, []) ?? null
  const length = JSON.stringify(copied).length
  return length > longest ? `(too long to report: ${length} characters)` : copied
}

/** Undefined stays what it is: JSON leaves such a key out. */
const copy = (read: () => unknown, above: readonly unknown[]): unknown => {
  try {
    const value = read()
    switch (typeof value) {
      case 'string':
      case 'boolean':
      case 'undefined':
        return value
      case 'number':
        return Number.isFinite(value) ? value : String(value)
      case 'object':
        return value === null ? null : copyObject(value, above)
      case 'function':
        return `(function ${value.name || 'without a name'})`
      default:
        return String(value)
    }
  } catch {
    // A getter of the page may throw.
    return '(unreadable)'
  }
}

const copyObject = (value: object, above: readonly unknown[]): unknown => {
  if (above.includes(value)) return '(cycle)'
  if (value instanceof Date || value instanceof Error || typeof (value as { nodeType?: unknown }).nodeType === 'number') return String(value)
  if (above.length >= deepest) return '(deeper than is reported)'
  const path = [...above, value]
  if (Array.isArray(value)) return value.map(item => copy(() => item, path) ?? null)
  return Object.fromEntries(Object.keys(value).map(key => [key, copy(() => (value as Record<string, unknown>)[key], path)]))
}
