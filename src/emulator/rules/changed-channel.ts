import type { Channel } from '../../contracts/account.js'
import type { Fact } from '../../contracts/journal.js'
import type { World } from '../world/world.js'
import { Refusal } from './rule.js'

/** What follows when a channel, by its digits or its public id, is as `change` makes it: nothing where that is what it was. */
export const changedChannel = ({ account }: World, id: string, change: (channel: Channel) => Channel): Fact[] => {
  const at = account?.channels.findIndex(channel => channel.id === id || channel.publicId === id) ?? -1
  const channel = account?.channels[at]
  if (account == null || channel === undefined) throw new Refusal(404, 'no-channel', `This account has no channel ${id}.`, 'channel')
  const changed = change(channel)
  if (JSON.stringify(changed) === JSON.stringify(channel)) return []
  return [{ type: 'account.changed', account: { ...account, channels: account.channels.with(at, changed) } }]
}

/** The settings with those that are given; what is undefined keeps its value. */
export const withGiven = <Settings extends object>(settings: Settings, given: { readonly [Key in keyof Settings]?: Settings[Key] | undefined }): Settings => ({
  ...settings,
  ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
})
