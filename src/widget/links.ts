export interface TextPart {
  readonly text: string
  /** Address that opens when the part is pressed; absent for plain text. */
  readonly href?: string
}

/** Addresses in a text. Nothing but http and https ever becomes a link. */
export const splitLinks = (text: string): TextPart[] => {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"'«»]+/gi)) {
    // What ends a sentence does not belong to the address.
    const address = match[0].replace(/[.,;:!?)\]}…]+$/, '')
    if (!URL.canParse(address)) continue
    if (match.index > end) parts.push({ text: text.slice(end, match.index) })
    parts.push({ text: address, href: address })
    end = match.index + address.length
  }
  if (end < text.length || parts.length === 0) parts.push({ text: text.slice(end) })
  return parts
}
