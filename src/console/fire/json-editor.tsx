import type { Ref } from 'preact'

interface Props {
  readonly value: string
  readonly label: string
  readonly describedBy: string
  /** Line with a mistake, from 1. */
  readonly badLine: number | null
  readonly onInput: (text: string) => void
  readonly field: Ref<HTMLTextAreaElement>
}

/** A plain text field that is as large as its text, beside the numbers of its lines: the box around both scrolls. */
export const JsonEditor = ({ value, label, describedBy, badLine, onInput, field }: Props) => {
  const lines = value.split('\n')
  const widest = Math.min(2_000, Math.max(...lines.map(line => line.length)))
  return (
    <div class="editor">
      <ol aria-hidden="true">
        {lines.map((_, at) => (
          <li key={at} class={at + 1 === badLine ? 'bad' : ''}>
            {at + 1}
          </li>
        ))}
      </ol>
      <textarea
        ref={field}
        value={value}
        rows={lines.length}
        cols={widest + 2}
        wrap="off"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        aria-label={label}
        aria-invalid={badLine !== null}
        aria-describedby={describedBy}
        onInput={event => onInput(event.currentTarget.value)}
      />
    </div>
  )
}
