import type { ComponentChildren } from 'preact'
import { useApp } from '../app-context.js'
import { EvidenceMark } from '../evidence-mark.js'
import { Icon } from '../icons.js'
import { Rich } from '../rich.js'
import { type Boxes, dotted, isFound, isObject, isSame, type Path, valueAt } from './body-path.js'
import { controlOf, isNullable, isRequired, type Problem, type Schema, sampleOf, typeWords } from './contract.js'
import { ChoiceControl, EitherControl, JsonControl, NumberControl, TextControl } from './scalar-controls.js'

/** What the form edits, and how. */
export interface BodyEdit {
  readonly body: unknown
  /** What the body was at first: everything else is a change. */
  readonly start: unknown
  readonly problems: readonly Problem[]
  readonly boxes: Boxes
  /** Words that the path of a shown field has. */
  readonly search: readonly string[]
  readonly set: (path: Path, value: unknown, order?: readonly string[]) => void
  readonly remove: (path: Path) => void
  /** Takes a field away or makes it null for now: its value comes back with `bring`. */
  readonly putAway: (path: Path, as: 'null' | 'absent') => void
  readonly bring: (path: Path, schema: Schema, order: readonly string[]) => void
  readonly keepBox: (path: Path, text: string) => void
  readonly focus: (...ids: readonly string[]) => void
}

export const idOf = (path: Path): string => `field ${dotted(path)}`.replaceAll(' ', '-')

const addId = (path: Path): string => `add-${idOf(path)}`

/** Whether anything of a field is to be shown: itself, or something in it. */
const isShown = (value: unknown, schema: Schema | null, path: Path, search: readonly string[]): boolean => {
  if (isFound(path, search)) return true
  const control = schema === null ? null : controlOf(schema)
  if (control?.kind === 'object') {
    return Object.entries(control.fields).some(([key, field]) => isShown(valueAt(value, [key]), field, [...path, key], search))
  }
  return control?.kind === 'list' && Array.isArray(value) && value.some((item, at) => isShown(item, control.item, [...path, at], search))
}

/** The fields of an object, as its contract has them, and what stands there besides. */
export const BodyFields = ({ edit, schema, path }: { readonly edit: BodyEdit; readonly schema: Schema; readonly path: Path }) => {
  const value = valueAt(edit.body, path)
  const control = controlOf(schema)
  const fields = control.kind === 'object' ? control.fields : {}
  const order = Object.keys(fields)
  const others = isObject(value) ? Object.keys(value).filter(key => !Object.hasOwn(fields, key)) : []
  return (
    <>
      {order.map(key => (
        <FieldView key={key} edit={edit} schema={fields[key] ?? {}} path={[...path, key]} isNeeded={isRequired(schema, key)} order={order} />
      ))}
      {others.map(key => (
        <FieldView key={key} edit={edit} schema={null} path={[...path, key]} isNeeded={false} order={order} />
      ))}
    </>
  )
}

interface FieldProps {
  readonly edit: BodyEdit
  /** Null for a field that the contract does not have. */
  readonly schema: Schema | null
  readonly path: Path
  readonly isNeeded: boolean
  /** Fields of the object that it is in. */
  readonly order: readonly string[]
}

const FieldView = (props: FieldProps) => {
  const { edit, schema, path } = props
  const { words } = useApp()
  const { fire } = words
  const value = valueAt(edit.body, path)
  const control = schema === null ? { kind: 'json' as const } : controlOf(schema)
  if (!isShown(value, schema, path, edit.search)) return null
  if (schema !== null && control.kind === 'object' && isObject(value)) {
    return (
      <Group {...props}>
        <BodyFields edit={edit} schema={schema} path={path} />
      </Group>
    )
  }
  if (control.kind === 'list' && Array.isArray(value)) {
    return (
      <Group {...props}>
        {value.length === 0 && <p class="t3">{fire.emptyList}</p>}
        {value.map((_, at) => (
          <Item key={at} edit={edit} schema={control.item} path={[...path, at]} />
        ))}
        <button
          class="btn quiet sm add"
          type="button"
          id={addId(path)}
          aria-label={fire.addTo(dotted(path))}
          onClick={() => {
            edit.set([...path, value.length], sampleOf(control.item))
            edit.focus(firstIn([...path, value.length], control.item))
          }}
        >
          <Icon name="plus" class="s" />
          {words.edit.add}
        </button>
      </Group>
    )
  }
  return <Row {...props} />
}

/** Where one begins to fill in an item. */
const firstIn = (path: Path, schema: Schema): string => {
  const control = controlOf(schema)
  const [key] = control.kind === 'object' ? Object.keys(control.fields) : []
  return idOf(key === undefined ? path : [...path, key])
}

const Item = ({ edit, schema, path }: { readonly edit: BodyEdit; readonly schema: Schema; readonly path: Path }) => {
  const { words } = useApp()
  if (!isShown(valueAt(edit.body, path), schema, path, edit.search)) return null
  const isGroup = controlOf(schema).kind === 'object' && isObject(valueAt(edit.body, path))
  const remove = (
    <button
      class="btn quiet ico sm"
      type="button"
      aria-label={words.edit.remove(dotted(path))}
      onClick={() => {
        edit.remove(path)
        edit.focus(addId(path.slice(0, -1)))
      }}
    >
      <Icon name="cross" class="s" />
    </button>
  )
  if (!isGroup) return <Row edit={edit} schema={schema} path={path} isNeeded order={[]} action={remove} />
  return (
    <fieldset class="part item">
      <legend class="vh">{dotted(path)}</legend>
      <div class="part-h">
        <code aria-hidden="true">[{path.at(-1)}]</code>
        <span class="grow" />
        {remove}
      </div>
      <BodyFields edit={edit} schema={schema} path={path} />
    </fieldset>
  )
}

const Group = ({ children, ...props }: FieldProps & { readonly children: ComponentChildren }) => (
  <fieldset class="part" id={idOf(props.path)} tabIndex={-1}>
    <legend class="vh">{dotted(props.path)}</legend>
    <div class="part-h">
      <Name {...props} />
      <span class="grow" />
      <States {...props} />
    </div>
    <Note schema={props.schema} />
    {children}
  </fieldset>
)

/** What is known of the field beside its value. */
const Name = ({ edit, schema, path, isNeeded, order }: FieldProps) => {
  const { words } = useApp()
  const { fire } = words
  const evidence = schema?.['x-evidence']
  const now = valueAt(edit.body, path)
  const before = valueAt(edit.start, path)
  const isBack = before === undefined
  return (
    <span class="name">
      {evidence === undefined ? <span /> : <EvidenceMark evidence={evidence} />}
      <code>{path.at(-1)}</code>
      {schema !== null && (
        <span class="t3 type">
          {typeWords(schema, fire.or)}
          {!isNeeded && ` · ${fire.optional}`}
        </span>
      )}
      {!isSame(now, before) && (
        <button
          class="tag differs"
          type="button"
          aria-label={`${fire.changed}, ${fire.putBack(dotted(path))}`}
          title={`${fire.putBack(dotted(path))}: ${isBack ? fire.absent : short(before)}`}
          onClick={() => {
            if (isBack) edit.remove(path)
            else edit.set(path, before, order)
            edit.focus(idOf(path))
          }}
        >
          {fire.changed} <Icon name="again" class="xs" />
        </button>
      )}
    </span>
  )
}

const short = (value: unknown) => {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** Null and absent, where the contract allows them. */
const States = ({ edit, schema, path, isNeeded, order }: FieldProps) => {
  const { words } = useApp()
  const { fire } = words
  const value = valueAt(edit.body, path)
  if (schema === null) {
    return (
      <button class="btn quiet ico sm" type="button" aria-label={words.edit.remove(dotted(path))} onClick={() => edit.remove(path)}>
        <Icon name="cross" class="s" />
      </button>
    )
  }
  const toggle = (state: 'null' | 'absent', isOn: boolean, label: string) => (
    <button
      class="chip"
      type="button"
      aria-pressed={isOn}
      aria-label={`${label}: ${dotted(path)}`}
      onClick={() => (isOn ? edit.bring(path, schema, order) : edit.putAway(path, state))}
    >
      {label}
    </button>
  )
  return (
    <>
      {(isNullable(schema) || value === null) && toggle('null', value === null, 'null')}
      {(!isNeeded || value === undefined) && toggle('absent', value === undefined, fire.absent)}
    </>
  )
}

const Note = ({ schema }: { readonly schema: Schema | null }) => {
  if (schema?.['x-source'] === undefined) return null
  const { description } = schema
  return (
    <p class="note" lang="en">
      {description === undefined ? (
        schema['x-source']
      ) : (
        <>
          <Rich text={description} /> <span class="source">({schema['x-source']})</span>
        </>
      )}
    </p>
  )
}

const Row = (props: FieldProps & { readonly action?: ComponentChildren }) => {
  const { edit, path, schema } = props
  const { words } = useApp()
  const { fire } = words
  const value = valueAt(edit.body, path)
  const id = idOf(path)
  const isInBox = edit.boxes[JSON.stringify(path)] !== undefined
  const own = edit.problems.filter(problem => isSame(problem.path.slice(0, path.length), path))
  const said = isInBox
    ? [fire.notJson]
    : own.map(problem => `${problem.path.length > path.length ? `${dotted(problem.path)}: ` : ''}${problemWords(problem, fire)}`)
  return (
    <div class={`row-f ${said.length > 0 ? 'wrong' : ''}`}>
      <Name {...props} />
      <span class="states">
        <States {...props} />
        {props.action}
      </span>
      <div class="value">
        {value === undefined || (value === null && schema !== null && isNullable(schema)) ? (
          <p class="none" id={id} tabIndex={-1}>
            {value === null ? <code>null</code> : fire.absentNote}
          </p>
        ) : (
          <Control {...props} id={id} value={value} isWrong={said.length > 0} />
        )}
      </div>
      <p class="mistake" id={`${id}-mistake`}>
        {said.length > 0 && <Rich text={said.slice(0, 4).join('; ')} />}
      </p>
      <Note schema={schema} />
    </div>
  )
}

const isScalar = (value: unknown) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const Control = ({
  edit,
  schema,
  path,
  order,
  id,
  value,
  isWrong,
}: FieldProps & { readonly id: string; readonly value: unknown; readonly isWrong: boolean }) => {
  const { words } = useApp()
  const control = schema === null ? { kind: 'json' as const } : controlOf(schema)
  const label = dotted(path)
  const shared = { id, label, value, isWrong, describedBy: `${id}-mistake`, change: (next: unknown) => edit.set(path, next, order) }
  // A form has no control for a value of quite another shape, but JSON has.
  if (isScalar(value)) {
    if (control.kind === 'text') return <TextControl {...shared} />
    if (control.kind === 'number') return <NumberControl {...shared} />
    if (control.kind === 'either' && typeof value !== 'boolean') return <EitherControl {...shared} typeLabel={words.fire.typeOf(label)} />
    if (control.kind === 'choice') return <ChoiceControl {...shared} values={control.values} />
  }
  const change = (next: unknown) => {
    shared.change(next)
    if (next === null || isScalar(next)) edit.focus(id)
  }
  return <JsonControl {...shared} change={change} box={edit.boxes[JSON.stringify(path)]} keep={text => edit.keepBox(path, text)} />
}

type FireWords = ReturnType<typeof useApp>['words']['fire']

/** What is wrong, in words that stand beside the field. */
export const problemWords = ({ kind, schema, limit }: Problem, { wrong, or }: FireWords): string =>
  kind === 'type' ? wrong.type(typeWords(schema, or).replaceAll('`', '')) : wrong[kind](limit)
