import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import { type Completion, completed, completionsOf } from '../../reading/complete-filter.js'
import { type FilterProblem, filterKeys, outcomeWords } from '../../reading/filter.js'
import { count } from '../../reading/format.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'

/** Most completions that are offered; typing on makes them fewer. */
const mostCompletions = 8

interface Props {
  readonly field: RefObject<HTMLInputElement | null>
  readonly value: string
  readonly problem: FilterProblem | null
  /** What stands at its end: how many events it finds. */
  readonly note: string
  readonly change: (value: string) => void
}

/** Filter and search in one field: words and `key:value`, with completion from what is there. */
export const FilterField = ({ field, value, problem, note, change }: Props) => {
  const { store, words } = useApp()
  const { history } = store
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState<number | null>(null)
  const completions = isOpen ? completionsOf(value, history.events, history.chatOf).slice(0, mostCompletions) : []
  const isShown = completions.length > 0
  const at = chosen === null ? null : Math.min(chosen, completions.length - 1)

  const type = (text: string) => {
    setOpen(true)
    setChosen(null)
    change(text)
  }
  const take = (completion: Completion) => {
    type(completed(value, completion))
    setOpen(completion.token.endsWith(':'))
    field.current?.focus()
  }
  const close = () => {
    setOpen(false)
    setChosen(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      if (isShown) setChosen(((at ?? (step > 0 ? -1 : 0)) + step + completions.length) % completions.length)
      else setOpen(true)
      return
    }
    const completion = completions[event.key === 'Tab' ? (at ?? 0) : (at ?? -1)]
    if (isShown && completion !== undefined && ((event.key === 'Tab' && !event.shiftKey) || event.key === 'Enter')) {
      event.preventDefault()
      take(completion)
    } else if (event.key === 'Enter') close()
    else if (event.key === 'Escape' && isShown) {
      // The first closes what is offered, the next leaves the field.
      event.preventDefault()
      close()
    }
  }

  return (
    <div class={`field ${problem === null ? '' : 'bad'}`}>
      <Icon name="funnel" class="s" />
      <input
        ref={field}
        type="text"
        class="mono"
        spellcheck={false}
        autocomplete="off"
        role="combobox"
        aria-label={words.filter}
        aria-expanded={isShown}
        aria-controls="completions"
        aria-autocomplete="list"
        aria-activedescendant={at === null ? undefined : `completion-${at}`}
        aria-invalid={problem !== null}
        aria-describedby="filter-problem"
        placeholder={words.filterHint}
        value={value}
        onInput={event => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <span class="fail-t" id="filter-problem" role="status">
        {problem !== null && said(problem, words)}
      </span>
      {problem === null && note !== '' && <span class="t3 num note">{note}</span>}
      {value !== '' && (
        <button class="btn quiet ico sm" type="button" aria-label={words.clear} onClick={() => change('')}>
          <Icon name="cross" class="s" />
        </button>
      )}
      {isShown && (
        <div class="pop">
          <div class="pop-list" role="listbox" id="completions" aria-label={words.completions}>
            {completions.map((completion, nth) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and names what is chosen
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field
              <div
                key={completion.token}
                id={`completion-${nth}`}
                role="option"
                aria-selected={nth === at}
                // The field must not lose the focus before the click is there.
                onMouseDown={event => event.preventDefault()}
                onClick={() => take(completion)}
              >
                <code class="cut grow">{completion.token}</code>
                {completion.count !== null && <span class="num t3">{count(completion.count)}</span>}
              </div>
            ))}
          </div>
          <p class="t3">
            <kbd>↑</kbd> <kbd>↓</kbd> {words.completionKeys[0]} <kbd>Tab</kbd> {words.completionKeys[1]}
          </p>
        </div>
      )}
    </div>
  )
}

const said = (problem: FilterProblem, words: ReturnType<typeof useApp>['words']): string => {
  if (problem.kind === 'unknown-key') return words.unknownKey(problem.key, problem.near, filterKeys.map(key => `${key}:`).join(', '))
  return problem.kind === 'not-a-status' ? words.badStatus(problem.value, outcomeWords.join(', ')) : words.badNumber(problem.key, problem.value)
}
