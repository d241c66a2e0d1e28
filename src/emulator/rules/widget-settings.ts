import { changedChannel, withGiven } from './changed-channel.js'
import type { Theme } from './rule.js'

/** What somebody changes in the settings of a channel's widget. Open pages hear of it at once: a guess, Jivo's may need a reload. */
export const widgetSettings: Theme = {
  decide: {
    'channel.editWidget': (world, { channel: id, widget }) => changedChannel(world, id, channel => ({ ...channel, widget: withGiven(channel.widget, widget) })),
  },
}
