import { useApp } from '../console/app-context.js'
import { Icon } from '../console/icons.js'
import { exactClock } from '../reading/format.js'
import { summaryOf } from '../reading/summary.js'
import type { LogRow, PageLog } from './page-log.js'
import { type PlaygroundWords, playgroundWords } from './words.js'

/** What the page got: answers, callbacks, and the events that recorded them, newest first. */
export const ResultsPane = ({ log }: { readonly log: PageLog }) => {
  const { settings } = useApp()
  const words = playgroundWords(settings.lang)
  return (
    <section class="pane res" aria-label={words.results}>
      <div class="pane-h">
        <h2>{words.results}</h2>
        <span class="grow" />
        <button class="btn quiet sm" type="button" onClick={log.clear}>
          {words.clear}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section class="scroll" tabIndex={0} aria-label={words.rows}>
        {log.rows.length === 0 ? (
          <p class="hint">{words.nothingYet}</p>
        ) : (
          <ul class="came">
            {log.rows.map(row => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        )}
      </section>
    </section>
  )
}

const Row = ({ row }: { readonly row: LogRow }) => {
  const { settings } = useApp()
  const { lang } = settings
  const words = playgroundWords(lang)
  const { at, title, seq, kind } = row
  return (
    <li data-kind={kind}>
      <span class="at">{exactClock(at)}</span>
      <code>{title}</code>
      <Tag row={row} words={words} />
      <span class="more">
        <More row={row} words={words} lang={lang} />
        {seq !== undefined && (
          <>
            {' '}
            <a href={`/console#/timeline/${seq}`}>
              {words.event} #{seq}
            </a>
          </>
        )}
      </span>
    </li>
  )
}

const Tag = ({ row: { kind, tone }, words }: { readonly row: LogRow; readonly words: PlaygroundWords }) => {
  if (kind === 'event') return tone === 'fail' ? <span class="tag pending">{words.event}</span> : <span class="tag">{words.event}</span>
  switch (tone) {
    case 'ok':
      return (
        <span class="tag ok">
          <Icon name="tick" class="xs" />
          ok
        </span>
      )
    case 'fail':
      return (
        <span class="tag fail">
          <Icon name="bang" class="xs" />
          {words.failed}
        </span>
      )
    case 'threw':
      return <span class="tag pending">{words.threw}</span>
    case 'missing':
      return <span class="tag line">{words.notDefined}</span>
    case 'plain':
      return <span class="tag">{words.isCallback}</span>
  }
}

const time = (milliseconds: number) => milliseconds.toFixed(milliseconds < 10 ? 1 : 0)

const More = ({ row, words, lang }: { readonly row: LogRow; readonly words: PlaygroundWords; readonly lang: 'en' | 'ru' }) => {
  const { kind, value, took, tone, event } = row
  if (event !== undefined) return <>{summaryOf(event, lang)}</>
  if (tone === 'missing') return <>{words.noSuchFunction}</>
  if (tone === 'threw') return <>{words.goesOn}</>
  if (kind === 'answer') return <>{words.answered(time(took ?? 0))}</>
  if (kind === 'call' && value === undefined) return <>{words.returnedNothing}</>
  if (value === undefined) return null
  return (
    <>
      {kind === 'call' && took !== undefined && `${words.returned} `}
      <code>{value}</code> {took !== undefined && words.took(time(took))}
    </>
  )
}
