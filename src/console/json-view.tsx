import { useMemo, useState } from 'preact/hooks'
import { useApp } from './app-context.js'
import { folded, type JsonLine, jsonLines } from './json-lines.js'

/** JSON as lines with numbers. Everything in it is shown as text. */
export const JsonView = ({ value, label }: { readonly value: unknown; readonly label: string }) => {
  const lines = useMemo(() => jsonLines(value), [value])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section class="json" aria-label={label} tabIndex={0}>
      {lines.map((line, at) => (
        <Line key={at} line={line} number={at + 1} />
      ))}
    </section>
  )
}

const classes = { string: 'js', number: 'jn', word: 'jw', bracket: '' }

const Line = ({ line: { depth, key, kind, text, comma }, number }: { readonly line: JsonLine; readonly number: number }) => {
  const { words } = useApp()
  const [isWhole, setWhole] = useState(false)
  const short = kind === 'string' ? folded(text) : null
  return (
    <div class="ln">
      <s aria-hidden="true">{number}</s>
      <span class={isWhole ? 'whole' : ''}>
        {'  '.repeat(depth)}
        {key !== null && (
          <>
            <b class="jk">{JSON.stringify(key)}</b>
            {': '}
          </>
        )}
        <span class={classes[kind]}>{short === null || isWhole ? text : short}</span>
        {short !== null && (
          <button class="fold" type="button" onClick={() => setWhole(!isWhole)}>
            {isWhole ? words.less : words.whole(text.length - 2)}
          </button>
        )}
        {comma && ','}
      </span>
    </div>
  )
}
