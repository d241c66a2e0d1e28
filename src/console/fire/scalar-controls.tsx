import { useRef, useState } from 'preact/hooks'

interface Props {
  readonly id: string
  readonly label: string
  readonly value: unknown
  readonly change: (value: unknown) => void
  /** Of the words about the field, the mistake first. */
  readonly describedBy: string
  readonly isWrong: boolean
}

const attributesOf = ({ id, label, describedBy, isWrong }: Props) => ({
  id,
  'aria-label': label,
  'aria-describedby': describedBy,
  'aria-invalid': isWrong,
  autocomplete: 'off',
  spellcheck: false,
})

/** One line, or several where the text has them: a field of one line would lose its line breaks. */
export const TextControl = (props: Props) => {
  const text = String(props.value)
  const isLong = useRef(text.length > 90)
  if (text.includes('\n')) isLong.current = true
  const change = (event: { readonly currentTarget: { readonly value: string } }) => props.change(event.currentTarget.value)
  if (!isLong.current) return <input class="in" {...attributesOf(props)} value={text} onInput={change} />
  return <textarea class="in" {...attributesOf(props)} rows={Math.min(8, Math.max(2, text.split('\n').length))} value={text} onInput={change} />
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** The number that a text is; any other text stays what it is, so that nothing typed is lost. */
export const numberIn = (text: string): number | string => (jsonNumber.test(text.trim()) && Number.isFinite(Number(text)) ? Number(text) : text)

export const NumberControl = (props: Props) => {
  // `1.0` on the way to `1.05` is the number 1, and must not be written anew.
  const [typed, setTyped] = useState('')
  const text = numberIn(typed) === props.value ? typed : String(props.value)
  return (
    <input
      class="in num"
      {...attributesOf(props)}
      inputMode="decimal"
      value={text}
      onInput={event => {
        setTyped(event.currentTarget.value)
        props.change(numberIn(event.currentTarget.value))
      }}
    />
  )
}

/** A value that may be a text or a number: which of them is said beside it. */
export const EitherControl = (props: Props & { readonly typeLabel: string }) => {
  const { value, change, typeLabel } = props
  const [chosen, choose] = useState(typeof value)
  const text = String(value)
  // A number that is being typed may be none for a moment: that makes no text of it.
  const isText = typeof value === 'string' && (chosen === 'string' || typeof numberIn(value) === 'number')
  return (
    <div class="either">
      <input
        class="in num"
        {...attributesOf(props)}
        value={text}
        onInput={event => {
          choose(isText ? 'string' : 'number')
          change(isText ? event.currentTarget.value : numberIn(event.currentTarget.value))
        }}
      />
      <select
        class="in"
        aria-label={typeLabel}
        value={isText ? 'string' : 'number'}
        onChange={event => {
          choose(event.currentTarget.value === 'string' ? 'string' : 'number')
          change(event.currentTarget.value === 'string' ? text : numberIn(text))
        }}
      >
        <option>string</option>
        <option>number</option>
      </select>
    </div>
  )
}

export const ChoiceControl = (props: Props & { readonly values: readonly unknown[] }) => {
  const { values, value, change } = props
  const written = values.map(one => JSON.stringify(one))
  const own = JSON.stringify(value)
  const isText = [...values, value].every(one => typeof one === 'string')
  return (
    <select class="in" {...attributesOf(props)} value={own} onChange={event => change(JSON.parse(event.currentTarget.value))}>
      {!written.includes(own) && <option value={own}>{isText ? String(value) : own}</option>}
      {written.map((text, at) => (
        <option key={text} value={text}>
          {isText ? String(values[at]) : text}
        </option>
      ))}
    </select>
  )
}

interface BoxProps extends Props {
  /** What is typed and is no JSON yet. */
  readonly box: string | undefined
  readonly keep: (text: string) => void
}

/** Any value as JSON text. */
export const JsonControl = (props: BoxProps) => {
  const { value, box, change, keep } = props
  const [typed, setTyped] = useState('')
  const own = JSON.stringify(value, null, 2)
  const text = box ?? (compact(typed) === JSON.stringify(value) ? typed : own)
  return (
    <textarea
      class="in mono"
      {...attributesOf(props)}
      autocapitalize="off"
      rows={Math.min(12, text.split('\n').length)}
      value={text}
      onInput={event => {
        const next = event.currentTarget.value
        setTyped(next)
        if (compact(next) === null) keep(next)
        else change(JSON.parse(next))
      }}
    />
  )
}

/** The text without its spaces; null when it is no JSON. */
const compact = (text: string): string | null => {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return null
  }
}
