import type { Context, Hono } from 'hono'
import type { Channel } from '../../contracts/account.js'
import type { Event } from '../../contracts/journal.js'
import type { Clock } from '../clock.js'
import { isChatPath } from '../guard.js'
import type { ChatDoubt } from '../rules/chat-channels.js'
import type { Input } from '../rules/inputs.js'
import { Refusal } from '../rules/rule.js'
import type { World } from '../world/world.js'
import { longestBody, parseText, readText } from './answers.js'
import { createGate } from './gate.js'
import { createRefusalLog } from './refusal-log.js'

interface ChatDeps {
  readonly world: Readonly<World>
  readonly dispatch: (input: Input) => Promise<readonly Event[]>
  readonly clock: Clock
}

const page = 'Chat API, reference'

/**
 * `POST /{any}/{channel_id}`: what customers' servers say to Jivo, and `GET …/status`. Chat API, addresses.
 *
 * The first part means nothing: with Jivo it is the same in unrelated accounts. Refusals are a text, as documented.
 */
export const chatRoutes = (app: Hono, { world, dispatch, clock }: ChatDeps): void => {
  const record = createRefusalLog('chat-api', { dispatch, clock })
  const pass = createGate({ world, clock, source: page })
  // Contracts are needed by the first request, not by the start.
  let parser: Promise<typeof import('./chat-request.js')> | null = null

  const channelOf = (c: Context): Channel | undefined =>
    world.account?.channels.find(({ publicId, type }) => type === 'chat-api' && publicId === c.req.param('channel'))

  const take = async (c: Context, channel: Channel): Promise<void> => {
    pass(c, channel.id)
    const typeDoubts = doubtsOfType(c.req.header('content-type'))
    refuseForbidden(typeDoubts, 415)
    const text = await readText(c)
    if (text === null) throw new Refusal(413, 'too_long', `The body is longer than ${longestBody} bytes.`, '', 'a limit of ours: Jivo names none')
    parser ??= import('./chat-request.js')
    const { parseChatRequest } = await parser
    const { request, doubts } = parseChatRequest(parseText(text, page))
    refuseForbidden(doubts, 400)
    await dispatch({ type: 'chat.request', channel: channel.id, request, doubts: [...typeDoubts, ...doubts] })
  }

  const refuseForbidden = (doubts: readonly ChatDoubt[], status: 400 | 415) => {
    const doubt = world.account?.isStrict === true ? doubts.find(({ isForbidden }) => isForbidden) : undefined
    if (doubt !== undefined) throw new Refusal(status, 'invalid_request', doubt.message, doubt.field, page)
  }

  /** Answers with what `act` makes of the channel; what it refuses is recorded. */
  const answer = async (c: Context, methods: readonly string[], act: (channel: Channel) => Promise<Response>): Promise<Response> => {
    // Paths of ours that nothing answered, and names with letters that the guard did not see.
    if (!isChatPath(c.req.path)) return c.notFound()
    const channel = channelOf(c)
    const { method } = c.req
    const isAsked = methods.includes(method) || method === 'OPTIONS'
    // Whoever asks for something else under no channel of ours may mean somebody else.
    if (channel === undefined && !isAsked) return c.notFound()
    // Phones and pages write to Jivo themselves.
    c.header('Access-Control-Allow-Origin', '*')
    if (method === 'OPTIONS') {
      return c.body(null, 204, { 'Access-Control-Allow-Methods': methods.join(', '), 'Access-Control-Allow-Headers': '*', 'Access-Control-Max-Age': '600' })
    }
    try {
      if (channel === undefined) {
        throw new Refusal(404, 'channel_not_found', `No channel of the Chat API has the id ${c.req.param('channel')}. The banner shows its address.`, '', page)
      }
      if (!isAsked) {
        c.header('Allow', methods.join(', '))
        throw new Refusal(405, 'method', `${method.slice(0, 20)} is not for this address; use ${methods.join(' or ')}.`, '', page)
      }
      return await act(channel)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await record(channel?.id ?? '', error)
      return c.text(`${error.code}: ${error.message}`, error.status)
    }
  }

  app.all('/:any/:channel', c =>
    answer(c, ['POST'], async channel => {
      await take(c, channel)
      // What Jivo answers is not documented: clients parse JSON, or look at the status only.
      return c.json({ result: 'ok' })
    }),
  )

  app.all('/:any/:channel/status', c =>
    answer(c, ['GET', 'HEAD'], async channel => c.text(String(statusOf(world, channel)), 200, { 'Cache-Control': 'no-store' })),
  )
}

/** 1 when an agent can take a chat; 0 when nobody is online, or the chat was taken off the site. Chat API, status. */
const statusOf = ({ account }: World, { widget }: Channel): 0 | 1 => (account?.mode === 'offline' || widget.status === 'deleted' ? 0 : 1)

/** Clients in production leave the charset out, or the whole header. */
const doubtsOfType = (type: string | undefined): ChatDoubt[] => {
  if (/^application\/json\s*;\s*charset="?utf-8"?\s*$/i.test(type ?? '')) return []
  const message = `Content-Type is ${type === undefined ? 'missing' : type.slice(0, 60)}: Jivo's reference wants application/json; charset=utf-8.`
  return [{ field: '', message, isForbidden: true }]
}
