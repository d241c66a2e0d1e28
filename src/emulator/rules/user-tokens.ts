import type { Fact } from '../../contracts/journal.js'
import type { World } from '../world/world.js'
import { hasWritten } from './chats.js'
import type { ApiEffect } from './inputs.js'
import { pageOf } from './pages.js'

/**
 * What follows from `setUserToken`. Where the channel has a secret, a good token names a client: the page shows their history
 * from then on, in every browser the same. What was said before stays with the visitor of the browser.
 */
export const tokenSet = (world: World, page: string, { token, judged }: Extract<ApiEffect, { kind: 'token' }>): Fact[] => {
  const { visitor: before, own, channel } = pageOf(world, page)
  const { verdict, id, problems } = judged ?? { verdict: 'opaque', id: null, problems: [] }
  const as = verdict === 'shared-with-warning' ? 'shared' : verdict
  const isRefused = as === 'anonymous' && world.account?.hasStrictTokens === true
  const key = identityKey(channel, id ?? '')
  const known = as === 'shared' ? world.visitorKeys[key] : undefined
  const visitor = as === 'opaque' ? before : as === 'anonymous' ? own : (known ?? world.next.visitor)
  const warn = (code: string, message: string, source: string): Fact => ({ type: 'warning.raised', code, message, page, visitor, source })
  return [
    ...(as === 'shared' && known === undefined ? [{ type: 'visitor.appeared', visitor, key, identity: { channel, id: id ?? '' } } satisfies Fact] : []),
    ...(visitor === before ? [] : [{ type: 'page.identified', page, visitor, from: before } satisfies Fact]),
    ...(isRefused ? [] : [{ type: 'token.set', visitor, page, token, as } satisfies Fact]),
    ...(as === 'shared' && before === own && hasWritten(world, own)
      ? [
          warn(
            'token-late',
            `The token came after visitor ${own} had written without one. What was said stays with visitor ${own}: set the token before the dialog, in jivo_onLoadCallback.`,
            'Help page on JWT; what Jivo does is not documented',
          ),
        ]
      : []),
    ...problems.map(({ code, message, source }) => warn(`token-${code}`, isRefused ? `${message} The token was refused: --strict-tokens.` : message, source)),
  ]
}

/** The key of a client whom a token names, among all visitors: their id behind that of the channel. */
const identityKey = (publicId: string, id: string): string => `${publicId}/user/${id}`
