import { readLine } from '../chat/acts.js'
import { lineOf, offerOf, saidSince, typistOf } from '../chat/conversation.js'
import type { Context } from '../context.js'
import type { Event } from '../contracts/journal.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { hasColors } from '../reporters/paint.js'
import { createChatModel } from '../terminal/chat-model.js'
import { type ChatSession, type ClientOptions, comeAsClient } from './chat-session.js'
import { createTypingReport } from './typing-report.js'

/** Milliseconds between two tries to reach an emulator that is gone. */
const retryAfter = 2_000

/** The terminal marks what is pasted, so that its line breaks do not send it in pieces. */
const markPasted = { on: '\u001b[?2004h', off: '\u001b[?2004l' }

/** A chat in the terminal, until the person hangs up. */
export const chatInTerminal = async (first: ChatSession, options: ClientOptions, context: Context): Promise<ExitCode> => {
  const { stdin, stdout, env, clock, signal } = context
  const { showChat } = await import('../terminal/show-chat.js')
  const model = createChatModel()
  const hungUp = new AbortController()
  const ended = AbortSignal.any([signal, hungUp.signal])
  let session = first
  let seen: string | null = null

  const show = (lines: ReturnType<typeof model.view>['lines']) => {
    for (const line of lines) if (line.kind === 'said') seen = line.message
    const { world, visitor } = session
    model.change({ lines: [...model.view().lines, ...lines], offer: offerOf(world, visitor) })
  }

  const hear = (event: Event) => {
    const { world, visitor } = session
    const typist = typistOf(world, visitor, event)
    if (typist !== undefined) model.change({ typist })
    const line = lineOf(world, visitor, event)
    if (line !== null) show([line])
  }

  /** Follows the emulator, and the next one when it is gone. */
  const follow = async () => {
    while (!ended.aborted) {
      show(saidSince(session.world, session.visitor, seen))
      model.change({ isConnected: true })
      await session.follow(hear, ended).catch(orGone)
      if (ended.aborted) return
      model.change({ isConnected: false, typist: null })
      session = (await comeAgain()) ?? session
    }
  }

  /** Null when the person hung up before the emulator was there. */
  const comeAgain = async (): Promise<ChatSession | null> => {
    for (;;) {
      await pause(retryAfter)
      if (ended.aborted) return null
      const next = await comeAsClient(options, context).catch(orGone)
      if (next !== undefined) return next
    }
  }

  const pause = (milliseconds: number) =>
    new Promise<void>(resolve => {
      const done = () => {
        callOff()
        ended.removeEventListener('abort', done)
        resolve()
      }
      const callOff = clock.after(milliseconds, done)
      ended.addEventListener('abort', done)
    })

  const typing = createTypingReport(clock, async text => {
    await session.perform({ kind: 'type', text }).catch(orGone)
  })

  const send = async (line: string): Promise<boolean> => {
    const act = readLine(line, model.view().offer)
    if (act === null) return true
    if (act.kind === 'mistake') {
      model.change({ problem: act })
      return false
    }
    // The message takes the place of what was typed.
    if (act.kind !== 'type') typing.forget()
    try {
      await session.perform(act)
      model.change({ problem: null })
      return true
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      model.change({ problem: { problem: error.message, hint: error.hints[0] ?? '' } })
      return false
    }
  }

  stdout.write(markPasted.on)
  const screen = showChat({
    title: `${first.channel}  ${first.url}`,
    model,
    hasColors: hasColors(stdout, env),
    send,
    typed: text => {
      if (model.view().problem !== null) model.change({ problem: null })
      typing.typed(text)
    },
    hangUp: () => hungUp.abort(),
  })
  ended.addEventListener('abort', () => screen.close(), { once: true })
  const following = follow()
  try {
    await Promise.race([screen.closed, following])
    await typing.end()
  } finally {
    hungUp.abort()
    await screen.closed
    stdout.write(markPasted.off)
    stdin.close()
  }
  await following
  return signal.aborted ? exitCodes.interrupted : exitCodes.done
}

/** An emulator that is gone comes back; anything else is a bug of ours. */
const orGone = (error: unknown): undefined => {
  if (error instanceof UserError) return
  throw error
}
