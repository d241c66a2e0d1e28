import { useState } from 'preact/hooks'
import type { Visitor } from '../../emulator/world/world.js'
import { editContacts } from '../api.js'
import { useApp } from '../app-context.js'
import { followingWebhook } from './client.js'
import { EditForm, TextField, wrong } from './edit-form.js'

const keys = ['name', 'phone', 'email', 'description'] as const

interface Props {
  readonly visitor: Visitor
  readonly opener: string
  readonly close: () => void
}

/** What the agent knows of the client: only what was changed is sent, an emptied field as null. */
export const ContactsForm = ({ visitor, opener, close }: Props) => {
  const { store, words } = useApp()
  const [before] = useState(visitor.contacts)
  const [typed, setTyped] = useState(() => Object.fromEntries(keys.map(key => [key, before[key] ?? ''])) as Record<(typeof keys)[number], string>)
  const labels = { name: words.name, phone: words.phone, email: words.email, description: words.about }
  const types = { name: 'text', phone: 'tel', email: 'email', description: 'text' } as const
  const webhook = followingWebhook(store.world, visitor.number)
  const save = async () => {
    const changed = keys.filter(key => typed[key] !== (before[key] ?? ''))
    if (changed.length === 0) return wrong(words.edit.nothing)
    return editContacts(visitor.number, Object.fromEntries(changed.map(key => [key, typed[key] === '' ? null : typed[key]])))
  }
  return (
    <EditForm
      opener={opener}
      label={words.edit.contacts}
      hint={words.edit.follows(webhook, webhook === 'chat_updated' ? 'dialog' : 'outside')}
      save={save}
      close={close}
    >
      {keys.map(key => (
        <TextField
          key={key}
          label={labels[key]}
          type={types[key]}
          isLong={key === 'description'}
          value={typed[key]}
          change={value => setTyped({ ...typed, [key]: value })}
        />
      ))}
    </EditForm>
  )
}
