import type { Event } from '../contracts/journal.js'
import type { Clock } from './clock.js'
import type { Input } from './rules/inputs.js'
import type { World } from './world/world.js'

/** Says when the time of a bot is up. It reads the journal, as the outbox does. */
export interface AnswerTimer {
  readonly read: (events: readonly Event[]) => void
  readonly stop: () => void
}

interface Deps {
  readonly world: Readonly<World>
  readonly clock: Clock
  readonly dispatch: (input: Input) => Promise<unknown>
  readonly onError: (error: unknown) => void
}

/** Longest alarm that timers of JavaScript can hold, in milliseconds; past it they ring at once. */
const longest = 2 ** 31 - 1

/** One alarm for each chat whose bot must speak; the chats of an earlier run included. What follows is decided by the rules. */
export const createAnswerTimer = ({ world, clock, dispatch, onError }: Deps): AnswerTimer => {
  const alarms = new Map<number, () => void>()
  let stopped = false

  const set = (chat: number): void => {
    alarms.get(chat)?.()
    alarms.delete(chat)
    const until = world.chats[chat]?.answerBy
    if (stopped || until == null) return
    alarms.set(
      chat,
      // An alarm may ring early: it is set anew for what is left.
      clock.after(Math.min(Math.max(until - clock.now(), 0), longest), () => {
        dispatch({ type: 'bot.overdue', chat }).then(() => set(chat), onError)
      }),
    )
  }
  for (const { id, answerBy } of Object.values(world.chats)) if (answerBy !== null) set(id)

  return {
    read: events => {
      for (const event of events) {
        if (!('chat' in event) || event.chat === undefined) continue
        if (event.type === 'answer.awaited' || alarms.has(event.chat)) set(event.chat)
      }
    },
    stop: () => {
      stopped = true
      for (const callOff of alarms.values()) callOff()
      alarms.clear()
    },
  }
}
