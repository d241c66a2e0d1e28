import { useMemo, useState } from 'preact/hooks'
import type { Field } from '../contracts/paths.js'
import { marksOf } from '../reading/field-marks.js'
import { folded, type JsonLine, jsonLines } from '../reading/json-lines.js'
import { useApp } from './app-context.js'
import { EvidenceMark } from './evidence-mark.js'
import { Rich } from './rich.js'

interface Props {
  readonly value: unknown
  readonly label: string
  /** Fields of its contract: each line then has the mark of how sure it is. */
  readonly fields?: readonly Field[] | null
}

/** JSON as lines with numbers. Everything in it is shown as text. */
export const JsonView = ({ value, label, fields = null }: Props) => {
  const lines = useMemo(() => jsonLines(value), [value])
  const marks = useMemo(() => (fields === null ? null : marksOf(lines, fields)), [lines, fields])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section class={`json ${marks === null ? '' : 'marked'}`} aria-label={label} tabIndex={0}>
      {lines.map((line, at) => (
        <Line key={at} line={line} number={at + 1} mark={marks?.[at] ?? null} />
      ))}
    </section>
  )
}

const classes = { string: 'js', number: 'jn', word: 'jw', bracket: '' }

interface LineProps {
  readonly line: JsonLine
  readonly number: number
  readonly mark: Field | null
}

const Line = ({ line: { depth, key, kind, text, comma }, number, mark }: LineProps) => {
  const { words } = useApp()
  const [isWhole, setWhole] = useState(false)
  const [isWhyOpen, setWhyOpen] = useState(false)
  const provenance = mark?.provenance
  const short = kind === 'string' ? folded(text) : null
  const line = (
    <div class={`ln ${isWhyOpen ? 'hit' : ''}`}>
      <s aria-hidden="true">{number}</s>
      {provenance === undefined ? null : provenance.evidence === 'guessed' ? (
        <button
          class="why-b"
          type="button"
          aria-expanded={isWhyOpen}
          aria-label={words.whyOf(mark?.path ?? '')}
          title={words.evidence.guessed}
          onClick={() => setWhyOpen(!isWhyOpen)}
        >
          <i class="ev guessed" aria-hidden="true" />
        </button>
      ) : (
        <EvidenceMark evidence={provenance.evidence} />
      )}
      <span class={isWhole ? 'tx whole' : 'tx'}>
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
  if (!isWhyOpen || provenance === undefined) return line
  return (
    <>
      {line}
      <p class="why">
        <b>{words.why}</b>{' '}
        <span lang="en">
          <Rich text={provenance.description === undefined ? provenance.source : `${provenance.source}; ${provenance.description}`} />
        </span>
      </p>
    </>
  )
}
