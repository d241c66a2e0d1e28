import { useRef } from 'preact/hooks'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import type { Mode } from './body-drafts.js'
import { isSame, type Path } from './body-path.js'

interface Props {
  readonly mode: Mode
  readonly choose: (mode: Mode) => void
  /** Whether there can be a form of the text. */
  readonly hasForm: boolean
  /** Whether there would be a form, were the text an object. */
  readonly isKnown: boolean
  readonly search: string
  readonly setSearch: (search: string) => void
  readonly changes: readonly Path[]
  readonly mistakes: readonly Path[]
  readonly goTo: (path: Path) => void
}

/** How the body is edited, and ways to a field: by name, the next that was changed, the next that is wrong. */
export const FormBar = ({ mode, choose, hasForm, isKnown, search, setSearch, changes, mistakes, goTo }: Props) => {
  const { fire } = useApp().words
  return (
    <div class="form-bar">
      <fieldset class="modes">
        <legend class="vh">{fire.mode}</legend>
        {(['form', 'text'] as const).map(name => (
          <label key={name} class="chip">
            <input type="radio" name="mode" checked={mode === name} disabled={!hasForm} onChange={() => choose(name)} />
            {name === 'form' ? fire.asForm : fire.asText}
          </label>
        ))}
      </fieldset>
      {!hasForm && isKnown && <span class="t3">{fire.noForm}</span>}
      {mode === 'form' && (
        <>
          <input
            class="in"
            type="search"
            aria-label={fire.findField}
            placeholder={fire.findField}
            value={search}
            onInput={event => setSearch(event.currentTarget.value)}
            onKeyDown={event => {
              // The field's own Escape empties it; the dialog closes with the next one.
              if (event.key !== 'Escape' || search === '') return
              event.preventDefault()
              setSearch('')
            }}
          />
          <Jump paths={mistakes} label={fire.mistakes(mistakes.length)} title={fire.nextMistake} tone="fail" goTo={goTo} />
          <Jump paths={changes} label={fire.changes(changes.length)} title={fire.nextChange} tone="pending" goTo={goTo} />
        </>
      )}
    </div>
  )
}

interface JumpProps {
  readonly paths: readonly Path[]
  readonly label: string
  readonly title: string
  readonly tone: 'fail' | 'pending'
  readonly goTo: (path: Path) => void
}

/** Goes from one of the fields to the next, and round again. */
const Jump = ({ paths, label, title, tone, goTo }: JumpProps) => {
  const last = useRef<Path>([])
  if (paths.length === 0) return null
  return (
    <button
      class={`chip jump ${tone}-t`}
      type="button"
      title={title}
      aria-label={`${label}, ${title}`}
      onClick={() => {
        const next = paths[(paths.findIndex(path => isSame(path, last.current)) + 1) % paths.length] ?? []
        last.current = next
        goTo(next)
      }}
    >
      {label} <Icon name="down" class="xs" />
    </button>
  )
}
