import type { Context, Hono } from 'hono'
import type { Bot } from '../../contracts/account.js'
import type { Event } from '../../contracts/journal.js'
import type { Clock } from '../clock.js'
import { forwardedFrom } from '../forwarded.js'
import type { BotDoubt } from '../rules/bot-doubts.js'
import type { Input } from '../rules/inputs.js'
import { Refusal } from '../rules/rule.js'
import type { SecretStore } from '../secrets.js'
import type { World } from '../world/world.js'
import { longestBody, parseText, readText } from './answers.js'
import { createGate } from './gate.js'
import { createRefusalLog } from './refusal-log.js'

interface BotDeps {
  readonly world: Readonly<World>
  readonly dispatch: (input: Input) => Promise<readonly Event[]>
  readonly secrets: SecretStore
  readonly clock: Clock
}

const codes = 'Bot API, status codes'

/** `POST /webhooks/{provider_id}/{token}`: what bots say to Jivo. Bot API, answers and errors. No part of an address is recorded: the token is a secret. */
export const botRoutes = (app: Hono, { world, dispatch, secrets, clock }: BotDeps): void => {
  const record = createRefusalLog('bot-api', { dispatch, clock })
  const pass = createGate({ world, clock, source: codes })
  // Contracts are needed by the first request, not by the start.
  let parser: Promise<typeof import('./bot-request.js')> | null = null

  const take = async (c: Context, bot: Bot | undefined): Promise<void> => {
    if (c.req.method !== 'POST') {
      c.header('Allow', 'POST')
      throw new Refusal(405, 'invalid_request', `${c.req.method.slice(0, 20)} is not for bots: they speak by POST.`, '', codes)
    }
    if (bot === undefined) {
      const message = 'No bot has this provider id and token. The banner and the state of the emulator show the address of each bot.'
      throw new Refusal(401, 'invalid_client', message, '', codes)
    }
    pass(c, bot.id)
    const doubts = typeDoubts(c.req.header('content-type'))
    const [doubt] = doubts
    if (doubt !== undefined && world.account?.isStrict === true) throw new Refusal(415, 'invalid_request', doubt.message, '', doubt.source)
    const text = await readText(c)
    if (text === null) {
      throw new Refusal(413, 'invalid_request', `The body is longer than ${longestBody} bytes.`, '', 'a limit of ours: Jivo names none')
    }
    parser ??= import('./bot-request.js')
    const { parseBotRequest } = await parser
    await dispatch({ type: 'bot.request', bot: bot.id, request: parseBotRequest(parseText(text, codes)), doubts })
  }

  const refuse = async (c: Context, bot: Bot | undefined, error: unknown): Promise<Response> => {
    if (!(error instanceof Refusal)) throw error
    const { code, message, status } = error
    await record(bot?.id ?? '', error)
    // The body that clients were seen to read.
    return c.json({ error: { code, message } }, status)
  }

  const bots = () => world.account?.bots ?? []

  app.all('/webhooks/:provider/:token', async c => {
    const { provider, token } = c.req.param()
    const bot = bots().find(one => one.providerId === provider && secrets.reveal(one.token) === token)
    if (c.req.header('origin') !== undefined && isForwarded(c)) {
      c.header('Access-Control-Allow-Origin', '*')
      c.header('Access-Control-Allow-Headers', `content-type, ${forwardedFrom}`)
      if (c.req.method === 'OPTIONS') return c.body(null, 204)
    }
    try {
      await take(c, bot)
    } catch (error) {
      return refuse(c, bot, error)
    }
    // What Jivo answers is not documented: clients parse JSON, or look at the status only.
    return c.json({})
  })

  // Jivo's first help page had the address without the token. Who is no bot of ours may mean somebody else.
  app.all('/webhooks/:provider/*', async c => {
    const bot = bots().find(({ providerId }) => providerId === c.req.param('provider'))
    if (bot === undefined) return c.notFound()
    return refuse(
      c,
      bot,
      new Refusal(404, 'invalid_request', 'The address is not /webhooks/{provider_id}/{token}, with the token of the bot and nothing behind it.', '', codes),
    )
  })
}

/** A page passes on what its program said to Jivo's own address. Whether Jivo lets pages speak for bots is not known: others may not. */
const isForwarded = (c: Context): boolean =>
  c.req.header(forwardedFrom) !== undefined || (c.req.header('access-control-request-headers')?.includes(forwardedFrom) ?? false)

const typeDoubts = (type: string | undefined): BotDoubt[] =>
  type !== undefined && /^application\/json\b/i.test(type)
    ? []
    : [{ field: '', message: `Content-Type is ${type === undefined ? 'missing' : type.slice(0, 60)}; it is application/json.`, source: 'Bot API, transport' }]
