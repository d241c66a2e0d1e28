import type { Chat, OfflineMessage, World } from '../emulator/world/world.js'

export type GroupName = 'waiting' | 'withYou' | 'withBot' | 'byItself' | 'finished'

export interface ChatGroup {
  readonly name: GroupName
  readonly chats: readonly Chat[]
}

export const groupOf = ({ status, hands }: Chat): GroupName => {
  if (status === 'finished') return 'finished'
  if (status === 'bot') return 'withBot'
  return status === 'waiting' ? 'waiting' : hands === 'auto' ? 'byItself' : 'withYou'
}

/** Open chats by who has them, empty groups left out. Who has waited longest comes first; elsewhere the newest message. */
export const openGroups = (world: World): ChatGroup[] => {
  const chats = Object.values(world.chats)
  return (['waiting', 'withYou', 'withBot', 'byItself'] as const)
    .map(name => ({ name, chats: chats.filter(chat => groupOf(chat) === name).sort(name === 'waiting' ? byStart : byLastMessage) }))
    .filter(group => group.chats.length > 0)
}

export const finishedChats = (world: World): Chat[] =>
  Object.values(world.chats)
    .filter(({ status }) => status === 'finished')
    .sort(byLastMessage)

export const newestFirst = (messages: readonly OfflineMessage[]): OfflineMessage[] => [...messages].sort((a, b) => b.at - a.at)

/**
 * Messages of the visitor that nobody has answered or seen.
 *
 * @param seen how many messages of the chat were on the screen already
 */
export const unreadIn = ({ status, messages }: Chat, seen: number): number => {
  if (status === 'finished') return 0
  const answered = messages.findLastIndex(({ by }) => by !== 'visitor') + 1
  return messages.slice(Math.max(answered, seen)).filter(({ by }) => by === 'visitor').length
}

/** When something was last said, or when the chat began. */
export const lastAt = (chat: Chat): number => chat.messages.at(-1)?.at ?? chat.startedAt

const byStart = (a: Chat, b: Chat) => a.startedAt - b.startedAt || a.id - b.id
const byLastMessage = (a: Chat, b: Chat) => lastAt(b) - lastAt(a) || b.id - a.id
