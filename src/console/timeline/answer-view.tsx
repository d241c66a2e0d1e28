import { useState } from 'preact/hooks'
import type { EventOf } from '../../contracts/journal.js'
import { useApp } from '../app-context.js'

/** Characters of an answer that are shown before somebody asks for more. */
const shownAtFirst = 4_000

/** What the receiver answered, as text, whatever it is. */
export const AnswerView = ({ attempt }: { readonly attempt: EventOf<'delivery.attempted'> | undefined }) => {
  const { words } = useApp()
  const [isWhole, setWhole] = useState(false)
  if (attempt === undefined) return <p class="hint">{words.noAnswerYet}</p>
  const { result } = attempt
  if (result.kind === 'no-answer') {
    return (
      <p class="hint">
        {words.nothingAnswered} <span lang="en">{result.message}</span>
      </p>
    )
  }
  const { body, contentType, truncated } = result
  const isLong = body.length > shownAtFirst && !isWhole
  return (
    <div class="answer">
      <p class="t3">
        <code>{contentType || '—'}</code>
      </p>
      {body === '' ? (
        <p class="t3">{words.emptyAnswer}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        <pre tabIndex={0}>{isLong ? `${body.slice(0, shownAtFirst)}…` : body}</pre>
      )}
      {isLong && (
        <button class="btn sm" type="button" onClick={() => setWhole(true)}>
          {words.whole(body.length)}
        </button>
      )}
      {truncated && <p class="pending-t">{words.truncated}</p>}
    </div>
  )
}
