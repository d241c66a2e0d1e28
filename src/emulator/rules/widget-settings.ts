import { Refusal, type Theme } from './rule.js'

/** What somebody changes in the settings of a channel's widget. Open pages hear of it at once: a guess, Jivo's may need a reload. */
export const widgetSettings: Theme = {
  decide: {
    'channel.editWidget': (world, { channel: id, widget }) => {
      const { account } = world
      const at = account?.channels.findIndex(channel => channel.id === id || channel.publicId === id) ?? -1
      const channel = account?.channels[at]
      if (account == null || channel === undefined) throw new Refusal(404, 'no-channel', `This account has no channel ${id}.`, 'channel')
      const changed = {
        ...channel,
        widget: { ...channel.widget, ...(Object.fromEntries(Object.entries(widget).filter(([, value]) => value !== undefined)) as object) },
      }
      return [{ type: 'account.changed', account: { ...account, channels: account.channels.with(at, changed) } }]
    },
  },
}
