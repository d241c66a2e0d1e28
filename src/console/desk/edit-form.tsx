import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Failure } from '../api.js'
import { useApp } from '../app-context.js'
import { Icon, type IconName } from '../icons.js'
import { Rich } from '../rich.js'
import { FailureNote } from './failure-note.js'

interface OpenerProps {
  readonly id: string
  readonly label: string
  readonly isOpen: boolean
  readonly icon?: IconName
  readonly toggle: () => void
}

/** The small button that opens a form. The focus comes back to it. */
export const Opener = ({ id, label, isOpen, icon = 'pencil', toggle }: OpenerProps) => (
  <button class="btn quiet ico sm" type="button" id={id} aria-label={label} title={label} aria-expanded={isOpen} onClick={toggle}>
    <Icon name={icon} class="s" />
  </button>
)

interface Props {
  /** Id of its opener. */
  readonly opener: string
  readonly label: string
  /** Which webhook follows. */
  readonly hint: string
  readonly submit?: string
  /** What keeps it from being saved, as a failure; null when it is done. */
  readonly save: () => Promise<Failure | null>
  readonly close: () => void
  readonly children: ComponentChildren
}

/** A form in the visitor's card. What was typed stays until it is saved or given up. */
export const EditForm = ({ opener, label, hint, submit, save, close, children }: Props) => {
  const { store, words } = useApp()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  // At once: the next key may be the first letter of a value.
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus()
    return () => document.getElementById(opener)?.focus()
  }, [])
  const submitted = async () => {
    if (isSaving) return
    setSaving(true)
    const problem = await save()
    setSaving(false)
    if (problem === null) close()
    else setFailure(problem)
  }
  const hasAddress = store.world.account?.channels.some(({ webhook }) => webhook !== null) === true
  return (
    <form
      class="edit"
      ref={form}
      aria-label={label}
      onSubmit={event => {
        event.preventDefault()
        void submitted()
      }}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        close()
      }}
    >
      {children}
      {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
      <p class="t3 follows">
        <Rich text={hint} /> {!hasAddress && words.edit.noAddress}
      </p>
      <div class="form-end">
        <button class="btn sm" type="submit" aria-disabled={isSaving}>
          {isSaving ? words.edit.saving : (submit ?? words.edit.save)}
        </button>
        <button class="btn sm quiet" type="button" onClick={close}>
          {words.edit.cancel}
        </button>
      </div>
    </form>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly change: (value: string) => void
  readonly type?: 'text' | 'tel' | 'email' | 'url'
  readonly isLong?: boolean
  readonly isNeeded?: boolean
}

export const TextField = ({ label, value, change, type = 'text', isLong = false, isNeeded = false }: FieldProps) => {
  const id = useId()
  return (
    <div class="pair">
      <label for={id}>{label}</label>
      {isLong ? (
        <textarea class="in" id={id} rows={3} value={value} onInput={event => change(event.currentTarget.value)} />
      ) : (
        // Always a plain text: the browser's own check would refuse what a receiver should be tried with.
        <input
          class="in"
          type="text"
          id={id}
          inputMode={type}
          autocomplete="off"
          required={isNeeded}
          value={value}
          onInput={event => change(event.currentTarget.value)}
        />
      )}
    </div>
  )
}

/** A failure of our own, before anything was asked. */
export const wrong = (message: string): Failure => ({ code: 'own', message })
