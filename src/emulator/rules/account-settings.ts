import type { Fact } from '../../contracts/journal.js'
import { changedChannel, withGiven } from './changed-channel.js'
import { personAtConsole } from './chats.js'
import type { Theme } from './rule.js'

/** What somebody changes in a running account. It lasts until the next start, whose flags decide anew. */
export const accountSettings: Theme = {
  decide: {
    'account.edit': (world, { mode }) => {
      const { account, chats } = world
      if (account === null || mode === undefined || mode === account.mode) return []
      const waiting = mode === 'auto' ? Object.values(chats).filter(({ status }) => status === 'waiting') : []
      return [
        { type: 'account.changed', account: { ...account, mode } },
        // The agent that works by itself finds these chats waiting, and takes them as it takes new ones.
        ...waiting.map(({ id, visitor }): Fact => ({ type: 'chat.accepted', chat: id, visitor, agent: personAtConsole(world), hands: 'auto' })),
      ]
    },

    // What is already on its way keeps its body.
    'channel.editQuirks': (world, { channel: id, quirks }) => changedChannel(world, id, channel => ({ ...channel, quirks: withGiven(channel.quirks, quirks) })),
  },
}
