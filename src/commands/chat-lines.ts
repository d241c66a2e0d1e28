import { readLine } from '../chat/acts.js'
import { chatOf, lineOf, offerOf, restOf, type Said } from '../chat/conversation.js'
import type { Context } from '../context.js'
import type { Event } from '../contracts/journal.js'
import type { Clock } from '../emulator/clock.js'
import type { World } from '../emulator/world/world.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { paint } from '../reporters/paint.js'
import { saidLine } from '../reporters/said-line.js'
import { lineBatches, untilAborted } from '../transports/line-stream.js'
import type { ChatSession, ClientOptions } from './chat-session.js'

export interface LineOptions extends ClientOptions {
  /** Milliseconds; false for `--no-wait`. */
  readonly wait: number | false
  readonly json: boolean
}

/** Whoever is no machine of ours may say a second thing: milliseconds of silence after which they are taken to have finished. */
const calm = 500

/**
 * Every line of stdin is what the client does; what the other side says goes to stdout, a line each. A line waits until the
 * one before is answered: it may be about the answer, such as a button to press.
 *
 * @throws UserError when a line is wrong or refused, when nobody ever answered, or when the emulator is gone
 */
export const chatByLines = async (session: ChatSession, { wait, json }: LineOptions, context: Context): Promise<ExitCode> => {
  const { stdin, stdout, env, clock, signal } = context
  const { world, visitor } = session
  const color = paint(stdout, env)
  const end = new AbortController()
  const ended = AbortSignal.any([signal, end.signal])
  const news = createBell(clock)
  let heardAt: number | null = null

  const print = (said: Said) => {
    const { kind: _, ...rest } = said
    if (json) stdout.write(`${JSON.stringify({ type: 'chat.said', ...rest })}\n`)
    else if (said.by !== 'visitor') stdout.write(`${(said.by === 'bot' ? color.magenta : color.blue)(saidLine(said))}\n`)
  }

  const hear = (event: Event) => {
    const line = lineOf(world, visitor, event)
    if (line?.kind === 'said') print(line)
    const isOther = line?.kind === 'said' ? line.by !== 'visitor' : event.type === 'chat.finished' && event.visitor === visitor && event.by !== 'visitor'
    if (isOther) heardAt = clock.now()
    news.ring()
  }

  /** Resolves when the other side has had its say; false when it did not within so many milliseconds. */
  const answered = async (patience: number): Promise<boolean> => {
    const until = clock.now() + patience
    for (;;) {
      const rest = restOf(world, visitor)
      const now = clock.now()
      const restsAt = rest === 'quiet' || heardAt === null ? now : heardAt + calm
      const isOver = (rest === 'quiet' || rest === 'open') && restsAt <= now
      if (isOver || until <= now || ended.aborted) return isOver
      await news.within((rest === 'open' ? Math.min(until, restsAt) : until) - now)
    }
  }

  const speak = async (): Promise<ExitCode> => {
    let hasWritten = false
    // Once a wait was in vain the lines go out without another, until somebody is there.
    let isAlone = false
    for await (const lines of untilAborted(lineBatches(stdin), ended)) {
      for (const line of lines) {
        if (wait !== false && hasWritten && !(isAlone && heardAt === null)) isAlone = !(await answered(wait))
        if (ended.aborted) return exitCodes.interrupted
        const act = readLine(line, offerOf(world, visitor))
        if (act === null) continue
        if (act.kind === 'mistake') throw new UserError('usage', { problem: act.problem, hint: act.hint })
        const seq = await session.perform(act)
        hasWritten ||= act.kind === 'write' || act.kind === 'press' || act.kind === 'file'
        while (world.seq < seq && !ended.aborted) await news.within()
      }
    }
    if (wait === false || !hasWritten) return exitCodes.done
    await answered(wait)
    if (heardAt === null) throw new UserError('nobodyAnswered', { seconds: wait / 1_000, hints: reasons(world, visitor, session.url) })
    return exitCodes.done
  }

  const listening = session.follow(hear, ended)
  const speaking = speak()
  try {
    const code = await Promise.race([speaking, listening])
    return signal.aborted ? exitCodes.interrupted : code
  } catch (error) {
    if (signal.aborted) return exitCodes.interrupted
    throw error
  } finally {
    end.abort()
    news.ring()
    stdin.close()
    await Promise.allSettled([listening, speaking])
  }
}

/** Why nobody may have answered, and where one would. */
const reasons = (world: World, visitor: number, url: string): string[] => {
  const chat = chatOf(world, visitor)
  if (chat?.status === 'bot') return ['The bot has the chat and said nothing; the timeline shows what it was sent', `  ${url}console`]
  if (world.account?.mode === 'offline') return ['No agent is online   jivo-dev emulate --agents auto']
  return [`Answer yourself      ${url}console`]
}

/** Wakes whoever waits for news. */
const createBell = (clock: Clock) => {
  let wake = () => {}
  return {
    ring: () => wake(),
    /** Resolves with the next ring, or after so many milliseconds where a number is given. */
    within: (milliseconds?: number): Promise<void> =>
      new Promise(resolve => {
        const callOff = milliseconds === undefined ? () => {} : clock.after(milliseconds, resolve)
        wake = () => {
          callOff()
          resolve()
        }
      }),
  }
}
