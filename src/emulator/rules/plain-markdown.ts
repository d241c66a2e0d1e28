/** Markdown as text, for a channel without markup: marks go, an address stays behind its label. */
export const plainMarkdown = (markdown: string): string => {
  let isCode = false
  const lines = markdown.split(/\r?\n/).flatMap(line => {
    if (!/^\s*```/.test(line)) return [isCode ? line : plainLine(line)]
    isCode = !isCode
    return []
  })
  return lines.join('\n').trim()
}

/** A mark that opens and closes around something that neither begins nor ends with a space. */
const marks =
  /`([^`]+)`|\*\*(?=\S)([^*]+)(?<=\S)\*\*|\*(?=\S)([^*]+)(?<=\S)\*|(?<!\w)__(?=\S)([^_]+)(?<=\S)__(?!\w)|(?<!\w)_(?=\S)([^_]+)(?<=\S)_(?!\w)|\\([\\`*_[\](){}#+\-.!>~|])/g

const plainLine = (line: string): string =>
  line
    .replace(/^#{1,6}\s+/, '')
    .replace(/^(\s*)[*+]\s+/, '$1- ')
    .replace(/\[([^[\]]+)\]\(([^()\s]+)\)/g, (_, label: string, address: string) => (label === address ? address : `${label}: ${address}`))
    .replace(marks, (all, ...groups: (string | undefined)[]) => groups.slice(0, 6).find(group => group !== undefined) ?? all)
