import type { Fact } from '../../contracts/journal.js'
import { changedChannel, withGiven } from './changed-channel.js'
import { personAtConsole } from './chats.js'
import type { Theme } from './rule.js'

/** What somebody changes in a running account. It lasts until the next start, whose flags decide anew. */
export const accountSettings: Theme = {
  decide: {
    'account.edit': (world, { mode = world.account?.mode, webhook = world.account?.channels[0]?.webhook }) => {
      const { account, chats } = world
      const known = account?.channels[0]?.webhook
      if (account === null || mode === undefined || webhook === undefined || (mode === account.mode && webhook === known)) return []
      const waiting = mode === 'auto' && mode !== account.mode ? Object.values(chats).filter(({ status }) => status === 'waiting') : []
      // A channel with an address of its own keeps it.
      const channels = account.channels.map(channel => (channel.webhook === known ? { ...channel, webhook } : channel))
      return [
        { type: 'account.changed', account: { ...account, mode, channels } },
        // The agent that works by itself finds these chats waiting, and takes them as it takes new ones.
        ...waiting.map(({ id, visitor }): Fact => ({ type: 'chat.accepted', chat: id, visitor, agent: personAtConsole(world), hands: 'auto' })),
      ]
    },

    // What is already on its way keeps its body.
    'channel.editQuirks': (world, { channel: id, quirks }) => changedChannel(world, id, channel => ({ ...channel, quirks: withGiven(channel.quirks, quirks) })),
  },
}
