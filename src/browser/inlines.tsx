import type { Inline } from '../contracts/markdown.js'

interface Props {
  readonly parts: readonly Inline[]
  /** Class of each mark, for a page whose own styles are to be kept away. */
  readonly classOf?: (tag: string) => string
}

/** A line of markdown as the visitor sees it. */
export const Inlines = ({ parts, classOf }: Props) => (
  <>
    {parts.map((part, at) => {
      if (typeof part === 'string') return part
      const inside = <Inlines parts={part.children} {...(classOf && { classOf })} />
      if (part.tag === 'a') {
        return (
          <a key={at} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {inside}
          </a>
        )
      }
      const Tag = part.tag
      return (
        <Tag key={at} class={classOf?.(Tag)}>
          {inside}
        </Tag>
      )
    })}
  </>
)
