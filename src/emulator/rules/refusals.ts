import type { Theme } from './rule.js'

/** Requests of bots and of customers' servers that were refused: what their makers look for first. */
export const refusals: Theme = {
  decide: {
    'request.refuse': (_, { type: __, ...refused }) => [{ type: 'request.refused', ...refused }],
    'request.flood': (_, { api, most }) => [
      {
        type: 'warning.raised',
        code: api,
        message: `More than ${most} requests a second are refused. Those above that are answered, but not recorded until a second passes without them.`,
      },
    ],
  },
}
