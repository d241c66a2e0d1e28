import type { Chat, World } from '../../emulator/world/world.js'
import { unreadIn } from '../../reading/chat-groups.js'

/** How many messages of each chat have been on the screen. It is forgotten with the page: then what nobody answered counts again. */
const seen = new Map<number, number>()

export const markSeen = ({ id, messages }: Chat): void => {
  seen.set(id, messages.length)
}

export const unreadOf = (chat: Chat): number => unreadIn(chat, seen.get(chat.id) ?? 0)

/** The chat that is shown is being read: the count stands beside it and is drawn before it. */
export const unreadTotal = (world: World, shown: number | null): number =>
  Object.values(world.chats).reduce((sum, chat) => (chat.id === shown ? sum : sum + unreadOf(chat)), 0)
