import { useState } from 'preact/hooks'
import type { Visitor } from '../../emulator/world/world.js'
import { editAttributes } from '../api.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { attributesOf, attributeText, attributeValue } from './client.js'
import { EditForm, Opener, wrong } from './edit-form.js'

const opener = 'edit-attributes'

/** Attributes of the client: shown, and edited as rows of name and value. */
export const AttributesSection = ({ visitor }: { readonly visitor: Visitor }) => {
  const { words } = useApp()
  const [isOpen, setOpen] = useState(false)
  const attributes = Object.entries(attributesOf(visitor))
  return (
    <div class="sec">
      <h3>
        {words.attributes}
        <Opener id={opener} label={words.edit.attributes} isOpen={isOpen} toggle={() => setOpen(!isOpen)} />
      </h3>
      {isOpen ? (
        <AttributesForm visitor={visitor} close={() => setOpen(false)} />
      ) : attributes.length === 0 ? (
        <p class="t3">{words.edit.noAttributes}</p>
      ) : (
        <dl class="kv">
          {attributes.map(([name, value]) => (
            <>
              <dt key={name}>
                <code>{name}</code>
              </dt>
              <dd key={`${name} value`} class={typeof value === 'number' ? 'num' : ''}>
                {value}
              </dd>
            </>
          ))}
        </dl>
      )}
    </div>
  )
}

interface Row {
  readonly key: number
  readonly name: string
  readonly text: string
}

const AttributesForm = ({ visitor, close }: { readonly visitor: Visitor; readonly close: () => void }) => {
  const { words } = useApp()
  const { edit } = words
  const [before] = useState(() => attributesOf(visitor))
  const [rows, setRows] = useState<readonly Row[]>(() => {
    const known = Object.entries(before).map(([name, value], key) => ({ key, name, text: attributeText(value) }))
    return known.length > 0 ? known : [{ key: 0, name: '', text: '' }]
  })
  const change = (key: number, part: Partial<Row>) => setRows(rows.map(row => (row.key === key ? { ...row, ...part } : row)))
  const save = async () => {
    const named = rows.filter(({ name }) => name.trim() !== '').map(({ name, text }) => [name.trim(), attributeValue(text)] as const)
    const names = named.map(([name]) => name)
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (twice !== undefined) return wrong(edit.twice(twice))
    const changed = named.filter(([name, value]) => !Object.hasOwn(before, name) || before[name] !== value)
    const removed = Object.keys(before).filter(name => !names.includes(name))
    if (changed.length + removed.length === 0) return wrong(edit.nothing)
    return editAttributes(visitor.number, Object.fromEntries([...changed, ...removed.map(name => [name, null] as const)]))
  }
  return (
    <EditForm opener={opener} label={edit.attributes} hint={edit.followsAttributes} save={save} close={close}>
      {rows.map(({ key, name, text }) => (
        <div class="line" key={key}>
          <input
            class="in mono"
            aria-label={edit.attributeName}
            placeholder={edit.attributeName}
            maxLength={100}
            value={name}
            onInput={event => change(key, { name: event.currentTarget.value })}
          />
          <input
            class="in"
            aria-label={`${edit.attributeValue}: ${name}`}
            placeholder={edit.attributeValue}
            maxLength={1_002}
            value={text}
            onInput={event => change(key, { text: event.currentTarget.value })}
          />
          <button class="btn quiet ico sm" type="button" aria-label={edit.remove(name)} onClick={() => setRows(rows.filter(row => row.key !== key))}>
            <Icon name="cross" class="s" />
          </button>
        </div>
      ))}
      <p class="t3 follows">{edit.numberHint}</p>
      <button class="btn quiet sm add" type="button" onClick={() => setRows([...rows, { key: (rows.at(-1)?.key ?? 0) + 1, name: '', text: '' }])}>
        <Icon name="plus" class="s" />
        {edit.add}
      </button>
    </EditForm>
  )
}
