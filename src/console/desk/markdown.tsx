import { Inlines } from '../../browser/inlines.js'
import { type Block, parseMarkdown } from '../../contracts/markdown.js'

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
