import type { Fact } from '../../contracts/journal.js'
import type { Theme } from './rule.js'

/** The emulator itself: its start, the account it starts with, its end. */
export const lifecycle: Theme = {
  decide: {
    'emulator.start': (world, { version, seed, origin, account, dropped }) => [
      { type: 'emulator.started', version, seed, origin },
      ...(dropped > 0 ? [{ type: 'journal.repaired', dropped } satisfies Fact] : []),
      ...(JSON.stringify(world.account) === JSON.stringify(account) ? [] : [{ type: 'account.changed', account } satisfies Fact]),
    ],
    'emulator.stop': world => [{ type: 'emulator.stopping', pending: Object.keys(world.deliveries).length }],
  },
}
