import type { ChatMessage } from '../contracts/page-channel.js'
import type { PendingMessage, Session } from './session.js'

/** An invitation has no time until it is answered: nobody but this page has it. */
export type SaidByAgent = Omit<ChatMessage, 'at'> & { readonly at: number | null }

/** One thing that stands in the log. */
export type LogItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'joined'; readonly key: string; readonly name: string }
  | { readonly kind: 'agent'; readonly key: string; readonly message: SaidByAgent; readonly isFirst: boolean; readonly isLast: boolean }
  | { readonly kind: 'visitor'; readonly key: string; readonly message: ChatMessage; readonly isNewest: boolean }
  | { readonly kind: 'pending'; readonly key: string; readonly message: PendingMessage }
  | { readonly kind: 'introduced'; readonly key: string }

/** What the log shows, oldest first. */
export const logItems = ({ messages, pending, agent, introduction, invitation }: Session): LogItem[] => {
  const items: LogItem[] = []
  const newestOwn = pending.length === 0 ? messages.findLast(({ by }) => by === 'visitor')?.id : undefined
  let day = ''
  let speaker: string | null = null

  const startDay = (at: number) => {
    const date = new Date(at).toDateString()
    if (date === day) return
    day = date
    items.push({ kind: 'day', key: date, at })
  }
  const join = (name: string) => {
    if (name === speaker) return
    speaker = name
    items.push({ kind: 'joined', key: `joined ${items.length}`, name })
  }
  const introduce = (after: string | null) => {
    if (typeof introduction === 'object' && introduction.sentAfter === after) items.push({ kind: 'introduced', key: 'introduced' })
  }

  introduce(null)
  for (const [index, message] of messages.entries()) {
    startDay(message.at)
    if (message.by === 'agent') {
      if (message.name !== undefined) join(message.name)
      const isFirst = items.at(-1)?.kind !== 'agent'
      const next = messages[index + 1]
      const isLast = next === undefined || next.by !== 'agent' || next.name !== message.name
      items.push({ kind: 'agent', key: message.id, message, isFirst, isLast })
    } else items.push({ kind: 'visitor', key: message.id, message, isNewest: message.id === newestOwn })
    introduce(message.id)
  }
  for (const message of pending) {
    startDay(message.at)
    items.push({ kind: 'pending', key: message.id, message })
    introduce(message.id)
  }
  if (agent !== null) join(agent)
  if (invitation !== null) {
    const { name, text } = invitation
    const message = { id: 'invitation', by: 'agent', text, at: null, ...(name === null ? {} : { name }) } as const
    items.push({ kind: 'agent', key: 'invitation', message, isFirst: true, isLast: true })
  }
  return items
}
