import type { Context, Hono } from 'hono'
import type { BotRequest, BotRequestName } from '../../contracts/bot-api.js'
import type { Event } from '../../contracts/journal.js'
import { JsonError, parseJson } from '../json.js'
import type { Input } from '../rules/inputs.js'
import { Refusal } from '../rules/rule.js'
import type { SecretStore } from '../secrets.js'
import type { World } from '../world/world.js'
import { route } from './answers.js'

interface BotDeps {
  readonly world: Readonly<World>
  readonly dispatch: (input: Input) => Promise<readonly Event[]>
  readonly secrets: SecretStore
}

/** An answer as Jivo's documents list them, with the body that clients were seen to read. */
const refuse = (c: Context, status: 400 | 401 | 404 | 405, code: string, message: string) => c.json({ error: { code, message } }, status)

/** `POST /webhooks/{provider_id}/{token}`: what bots say to Jivo. Bot API, answers and errors. */
export const botRoutes = (app: Hono, { world, dispatch, secrets }: BotDeps): void => {
  route(app, '/webhooks/:provider/:token', {
    POST: async c => {
      const bot = world.account?.bots.find(({ providerId, token }) => providerId === c.req.param('provider') && secrets.reveal(token) === c.req.param('token'))
      if (bot === undefined) {
        return refuse(c, 401, 'invalid_client', 'No bot has this provider id and token. The banner and the state of the emulator show the address of each bot.')
      }
      let body: unknown
      try {
        body = parseJson(await c.req.text())
      } catch (error) {
        if (!(error instanceof JsonError)) throw error
        return refuse(c, 400, 'invalid_request', `The body ${error.message}.`)
      }
      const event = typeof body === 'object' && body !== null && 'event' in body ? body.event : undefined
      if (typeof event !== 'string') return refuse(c, 400, 'invalid_request', 'The body has no event.')
      const { botRequests } = await import('../../contracts/bot-api.js')
      if (!Object.hasOwn(botRequests, event)) {
        return refuse(c, 405, 'invalid_request', `${event.slice(0, 60)} is not an event that bots send. They send ${Object.keys(botRequests).join(', ')}.`)
      }
      const parsed = botRequests[event as BotRequestName].safeParse(body)
      if (!parsed.success) {
        const issue = parsed.error.issues[0]
        return refuse(c, 400, 'invalid_request', `${issue?.path.join('.') || 'The body'} is wrong: ${issue?.message ?? 'its shape is not known'}.`)
      }
      try {
        await dispatch({ type: 'bot.request', bot: bot.id, request: parsed.data as BotRequest, strict: world.account?.isStrict === true })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return refuse(c, error.status === 404 ? 404 : 400, 'invalid_request', error.message)
      }
      // What Jivo answers is not documented: clients parse JSON, or look at the status only.
      return c.json({})
    },
  })
}
