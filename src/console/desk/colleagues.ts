import type { AccountAgent } from '../../contracts/account.js'
import type { Chat, World } from '../../emulator/world/world.js'

/** In whose name the person here acts: who has the chat, or the first agent while nobody has it. */
export const holderOf = ({ account }: World, { agent }: Chat): number => agent ?? account?.agents[0]?.id ?? 0

export const invitable = (world: World, chat: Chat): AccountAgent[] => transferable(world, chat).filter(({ id }) => !chat.agents.includes(id))

export const transferable = (world: World, chat: Chat): AccountAgent[] => (world.account?.agents ?? []).filter(({ id }) => id !== holderOf(world, chat))

/** Those who may answer: everyone who is or was in the chat. */
export const inChat = ({ account }: World, { agents }: Chat): AccountAgent[] => (account?.agents ?? []).filter(({ id }) => agents.includes(id))
