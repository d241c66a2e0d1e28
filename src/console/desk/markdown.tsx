import { type Block, type Inline, parseMarkdown } from '../../contracts/markdown.js'

/** A message in markdown as the visitor sees it. Whatever is not understood is text. */
export const Markdown = ({ text }: { readonly text: string }) => (
  <div class="bub md">
    {parseMarkdown(text).map((block, at) => (
      <BlockView key={at} block={block} />
    ))}
  </div>
)

const BlockView = ({ block }: { readonly block: Block }) => {
  const Tag = block.tag
  if ('children' in block) {
    return (
      <Tag>
        <Inlines parts={block.children} />
      </Tag>
    )
  }
  return (
    <Tag>
      {block.items.map((item, at) => (
        <li key={at}>
          <Inlines parts={item} />
        </li>
      ))}
    </Tag>
  )
}

const Inlines = ({ parts }: { readonly parts: readonly Inline[] }) => (
  <>
    {parts.map((part, at) => {
      if (typeof part === 'string') return part
      const inside = <Inlines parts={part.children} />
      if (part.tag === 'a') {
        return (
          <a key={at} href={part.href} target="_blank" rel="noreferrer">
            {inside}
          </a>
        )
      }
      const Tag = part.tag
      return <Tag key={at}>{inside}</Tag>
    })}
  </>
)
