import type { Theme } from './rule.js'

/** Requests of bots and of customers' servers that were refused: what their makers look for first. */
export const refusals: Theme = {
  decide: {
    'request.refuse': (_, { type: __, ...refused }) => [{ type: 'request.refused', ...refused }],
  },
}
