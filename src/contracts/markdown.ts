/**
 * The part of markdown that chat messages use. It becomes a tree of these and nothing else: whatever is not understood
 * stays text.
 */
export type Inline =
  | string
  | { readonly tag: 'strong' | 'em' | 'code'; readonly children: readonly Inline[] }
  | { readonly tag: 'a'; readonly href: string; readonly children: readonly Inline[] }

export type Block =
  | { readonly tag: 'p' | 'pre'; readonly children: readonly Inline[] }
  | { readonly tag: 'ul' | 'ol'; readonly items: readonly (readonly Inline[])[] }

export const parseMarkdown = (text: string): Block[] => {
  const blocks: Block[] = []
  let lines: string[] = []
  let items: Inline[][] = []
  let list: 'ul' | 'ol' | null = null
  let code: string[] | null = null

  const flush = () => {
    if (lines.length > 0) blocks.push({ tag: 'p', children: parseInline(lines.join('\n')) })
    if (list !== null) blocks.push({ tag: list, items })
    lines = []
    items = []
    list = null
  }
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*```/.test(line)) {
      if (code === null) {
        flush()
        code = []
      } else {
        blocks.push({ tag: 'pre', children: [code.join('\n')] })
        code = null
      }
      continue
    }
    if (code !== null) {
      code.push(line)
      continue
    }
    const item = /^\s*(?:([-*+])|\d{1,9}[.)])\s+(.*)$/.exec(line)
    if (item !== null) {
      const kind = item[1] === undefined ? 'ol' : 'ul'
      if (list !== kind) flush()
      list = kind
      items.push(parseInline(item[2] ?? ''))
    } else if (line.trim() === '') flush()
    else {
      if (list !== null) flush()
      // A heading is a line in bold: a message has no place in the outline of a page.
      const heading = /^#{1,6}\s+(.*)$/.exec(line)
      if (heading === null) lines.push(line)
      else {
        flush()
        blocks.push({ tag: 'p', children: [{ tag: 'strong', children: parseInline(heading[1] ?? '') }] })
      }
    }
  }
  if (code !== null) blocks.push({ tag: 'pre', children: [code.join('\n')] })
  flush()
  return blocks
}

/** A mark that opens and closes around something that neither begins nor ends with a space. No part repeats inside a part: every text is read in one go. */
const marks =
  /`([^`]+)`|\*\*(?=\S)([^*]+(?:\*[^*]+\*[^*]*)?)\*\*|__(?=\S)([^_]+)__|\*(?=\S)([^*\n]+)\*|\b_(?=\S)([^_\n]+)_\b|\[([^\]\n]+)\]\(([^()\s]+)\)|\\([\\`*_[\](){}#+\-.!>~|])|\bhttps?:\/\/[^\s<>"'«»*]*[^\s<>"'«»*.,;:!?)\]}…]/

/** Deepest that marks stand in each other. */
const deepest = 8

const parseInline = (text: string, depth = 0): Inline[] => {
  const parts: Inline[] = []
  const add = (part: Inline) => {
    const last = parts.at(-1)
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part
    else if (part !== '') parts.push(part)
  }
  const inside = (inner: string) => (depth < deepest ? parseInline(inner, depth + 1) : [inner])
  let end = 0
  for (const match of text.matchAll(new RegExp(marks, 'gi'))) {
    const [all, code, strong = match[3], , em = match[5], , label, address, escaped] = match
    add(text.slice(end, match.index))
    end = match.index + all.length
    if (code !== undefined) add({ tag: 'code', children: [code] })
    else if (strong !== undefined) add({ tag: 'strong', children: inside(strong) })
    else if (em !== undefined) add({ tag: 'em', children: inside(em) })
    else if (label !== undefined && address !== undefined) add(isWeb(address) ? { tag: 'a', href: address, children: inside(label) } : all)
    else if (escaped !== undefined) add(escaped)
    else add(isWeb(all) ? { tag: 'a', href: all, children: [all] } : all)
  }
  add(text.slice(end))
  return parts
}

const isWeb = (address: string) => /^https?:\/\//i.test(address) && URL.canParse(address)
