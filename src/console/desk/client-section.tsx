import { useState } from 'preact/hooks'
import type { Visitor } from '../../emulator/world/world.js'
import { editClient } from '../api.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { clientEdit, clientOf, freeId, type Named } from './client.js'
import { EditForm, Opener, wrong } from './edit-form.js'

const opener = 'edit-client'

/** The client's card in the CRM: organization, status, responsible agent, tags. */
export const ClientSection = ({ visitor }: { readonly visitor: Visitor }) => {
  const { store, words } = useApp()
  const [isOpen, setOpen] = useState(false)
  const { organization, status, assignedAgent, tags } = clientOf(visitor)
  const agent = store.world.account?.agents.find(({ id }) => id === assignedAgent)
  const isEmpty = organization === null && status === null && assignedAgent === null && tags.length === 0
  return (
    <div class="sec">
      <h3>
        {words.client}
        <Opener id={opener} label={words.edit.client} isOpen={isOpen} toggle={() => setOpen(!isOpen)} />
      </h3>
      {isOpen ? (
        <ClientForm visitor={visitor} close={() => setOpen(false)} />
      ) : isEmpty ? (
        <p class="t3">{words.noClient}</p>
      ) : (
        <dl class="kv">
          {organization !== null && <NamedPair label={words.organization} value={organization} />}
          {status !== null && <NamedPair label={words.clientStatus} value={status} />}
          {assignedAgent !== null && <NamedPair label={words.assignedAgent} value={{ id: assignedAgent, title: agent?.name ?? '' }} />}
          {tags.length > 0 && (
            <>
              <dt>{words.tags}</dt>
              <dd class="tags">
                {tags.map(({ id, title }) => (
                  <span class="tag" key={id} title={`${words.edit.id} ${id}`}>
                    {title}
                  </span>
                ))}
              </dd>
            </>
          )}
        </dl>
      )}
    </div>
  )
}

const NamedPair = ({ label, value: { id, title } }: { readonly label: string; readonly value: Named }) => (
  <>
    <dt>{label}</dt>
    <dd>
      {title} <span class="t3 num">{id}</span>
    </dd>
  </>
)

/** A pair as it is typed; nothing at all when the title is empty. */
interface Typed {
  readonly id: string
  readonly title: string
}

const typedOf = (named: Named | null, free: number): Typed => ({ id: String(named?.id ?? free), title: named?.title ?? '' })

const ClientForm = ({ visitor, close }: { readonly visitor: Visitor; readonly close: () => void }) => {
  const { store, words } = useApp()
  const { edit } = words
  const { world } = store
  const [before] = useState(() => clientOf(visitor))
  const [organization, setOrganization] = useState(() => typedOf(before.organization, freeId(world, 'organization')))
  const [status, setStatus] = useState(() => typedOf(before.status, freeId(world, 'status')))
  const [agent, setAgent] = useState(before.assignedAgent)
  const [tags, setTags] = useState<readonly Typed[]>(() => before.tags.map(tag => typedOf(tag, 0)))
  const save = async () => {
    const all = [[words.organization, organization], [words.clientStatus, status], ...tags.map(tag => [words.tag, tag] as const)] as const
    for (const [what, { id, title }] of all) if (title.trim() !== '' && !/^[1-9]\d{0,14}$/.test(id)) return wrong(edit.needsId(what))
    const read = ({ id, title }: Typed): Named | null => (title.trim() === '' ? null : { id: Number(id), title: title.trim() })
    const after = { organization: read(organization), status: read(status), assignedAgent: agent, tags: tags.map(read).filter(tag => tag !== null) }
    const changed = clientEdit(before, after)
    return Object.keys(changed).length === 0 ? wrong(edit.nothing) : editClient(visitor.number, changed)
  }
  const nextTag = () => String(Math.max(freeId(world, 'tags'), ...tags.map(({ id }) => Number(id) + 1 || 0)))
  return (
    <EditForm opener={opener} label={edit.client} hint={edit.followsClient} save={save} close={close}>
      <NamedRow label={words.organization} value={organization} change={setOrganization} />
      <NamedRow label={words.clientStatus} value={status} change={setStatus} />
      <label class="pair">
        <span>{words.assignedAgent}</span>
        <select class="in" value={agent ?? ''} onChange={event => setAgent(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}>
          <option value="">{words.noAgent}</option>
          {world.account?.agents.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {tags.map((tag, at) => (
        <NamedRow
          key={at}
          label={words.tag}
          value={tag}
          change={value => setTags(tags.with(at, value))}
          remove={() => setTags(tags.filter((_, other) => other !== at))}
        />
      ))}
      <button class="btn quiet sm add" type="button" onClick={() => setTags([...tags, { id: nextTag(), title: '' }])}>
        <Icon name="plus" class="s" />
        {words.tag}
      </button>
    </EditForm>
  )
}

interface RowProps {
  readonly label: string
  readonly value: Typed
  readonly change: (value: Typed) => void
  readonly remove?: () => void
}

const NamedRow = ({ label, value, change, remove }: RowProps) => {
  const { words } = useApp()
  return (
    <fieldset class="pair">
      <legend class="vh">{label}</legend>
      <span aria-hidden="true">{label}</span>
      <div class="line">
        <input class="in" aria-label={words.name} value={value.title} onInput={event => change({ ...value, title: event.currentTarget.value })} />
        <input
          class="in num id"
          aria-label={words.edit.id}
          inputMode="numeric"
          title={words.edit.id}
          value={value.id}
          onInput={event => change({ ...value, id: event.currentTarget.value })}
        />
        {remove !== undefined && (
          <button class="btn quiet ico sm" type="button" aria-label={words.edit.remove(value.title)} onClick={remove}>
            <Icon name="cross" class="s" />
          </button>
        )}
      </div>
    </fieldset>
  )
}
