import type { Clock } from '../clock.js'
import type { Input, InputOf } from '../rules/inputs.js'
import { admit } from '../rules/rate-limit.js'
import type { Refusal } from '../rules/rule.js'

interface Deps {
  readonly dispatch: (input: Input) => Promise<unknown>
  readonly clock: Clock
}

/** Most refusals that are recorded in a second: a client in a loop must not fill the journal. */
const most = 20

/**
 * Records the refused requests of one API. `who` is the bot or the channel; empty when the address names none.
 *
 * A flood of them is one warning, until a second passes without any.
 */
export const createRefusalLog = (api: InputOf<'request.refuse'>['api'], { dispatch, clock }: Deps) => {
  let times: readonly number[] = []
  let isFlooded = false

  return async (who: string, { status, code, field, message, source }: Refusal): Promise<void> => {
    const turn = admit({ requests: most, seconds: 1 }, times, clock.now())
    times = turn.times
    if (times.length === 1) isFlooded = false
    if (turn.wait === 0) await dispatch({ type: 'request.refuse', api, who, status, code, field, message, source })
    else if (!isFlooded) {
      isFlooded = true
      await dispatch({ type: 'request.flood', api, most })
    }
  }
}
