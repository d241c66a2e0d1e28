import type { ChannelType } from '../contracts/channel-types.js'
import type { Event, EventOf, FactType } from '../contracts/journal.js'
import { channelNamed } from '../emulator/account.js'
import type { Assets } from '../emulator/assets.js'
import { createEmulator, type Emulator } from '../emulator/emulator.js'
import { memoryStore } from '../emulator/journal.js'
import type { Send } from '../emulator/outbox.js'
import type { PageHub } from '../emulator/page-hub.js'
import { keyOf } from '../emulator/rules/messengers.js'
import { createSecretStore } from '../emulator/secrets.js'
import { version } from '../version.js'
import { accountOf, type JivoOptions } from './options.js'

/** A fake Jivo for a test: what drives it, and what is seen of it. */
export interface Jivo {
  /** Where programs speak to Jivo. They change with the seed only. */
  readonly addresses: Addresses
  /** A client writes. Resolves when it is recorded, which is before your server has heard of it. */
  readonly write: (text: string, from?: From) => Promise<Written>
  /**
   * Does what the console can: `control('chats/9001/finish')` is `POST /_dev/chats/9001/finish`. Resolves with the answer.
   *
   * @throws Error with the reason when it is refused
   */
  readonly control: (route: string, body?: object) => Promise<unknown>
  /** Everything that happened since the start or the last reset, oldest first. */
  readonly events: () => Promise<Event[]>
  /**
   * Resolves with the first event of a type, since the start or the last reset, that fits.
   *
   * @param timeout milliseconds, 2000 unless told otherwise
   * @throws Error with what happened instead
   */
  readonly waitFor: <Type extends FactType>(type: Type, fits?: (event: EventOf<Type>) => boolean, timeout?: number) => Promise<EventOf<Type>>
  /** Begins anew: no client, no chat, no delivery. The addresses stay. */
  readonly reset: () => Promise<void>
  /** Ends what is under way. */
  readonly close: () => Promise<void>
}

export interface Addresses {
  /** The script of the widget. */
  readonly widget: string
  /** Where the bot speaks; undefined without one. */
  readonly bot: string | undefined
  /** Where the customer's server of the Chat API speaks; undefined without one. */
  readonly chat: string | undefined
}

/** Who writes: the same client and channel are the same person in the same chat. */
export interface From {
  /**
   * The channel, by its type, name or id.
   *
   * @default 'site'
   */
  readonly channel?: ChannelType | (string & {})
  /**
   * What the channel calls the client.
   *
   * @default 'client'
   */
  readonly client?: string
  readonly name?: string
  readonly phone?: string
  readonly email?: string
  /** The button of your bot that is pressed: its id, and the id of the message that it is in. */
  readonly button?: { readonly message: string; readonly id: string }
}

/** Numbers of the client and the chat; APIs write them as text. */
export interface Written {
  readonly client: number
  readonly chat: number
}

/** A fake Jivo and its doors. */
export interface OpenJivo extends Jivo {
  readonly fetch: (request: Request) => Promise<Response>
  readonly pages: () => Promise<PageHub>
}

/** What the library takes from where it runs. */
export interface Surroundings {
  readonly send: Send
  readonly assets: Assets
  /** Where each API is reached, without a slash at its end. */
  readonly origins: Readonly<Record<'widget' | 'bot' | 'chat', string>>
}

/** A fake Jivo in memory. */
export const openJivo = async (options: JivoOptions, { send, assets, origins }: Surroundings): Promise<OpenJivo> => {
  const settings = accountOf(options)
  const secrets = createSecretStore()
  const begin = () =>
    createEmulator(
      {
        store: memoryStore(),
        secrets,
        clock: { now: Date.now, after },
        send,
        assets,
        randomId,
        report: raise,
        version,
        origin: origins.widget,
      },
      settings,
    )
  let current: Emulator = await begin()
  let isClosed = false

  const { channels = [], bots = [] } = current.world.account ?? {}
  const bot = bots[0]
  const chat = channels.find(({ api }) => api !== null)

  const events = async () => {
    const all: Event[] = []
    for await (const event of current.journal.read(0)) all.push(event)
    return all
  }

  return {
    addresses: {
      widget: `${origins.widget}/widget/${channels[0]?.publicId}`,
      bot: bot && `${origins.bot}/webhooks/${bot.providerId}/${secrets.reveal(bot.token)}`,
      chat: chat && `${origins.chat}/chat/${chat.publicId}`,
    },
    write: async (text, from = {}) => {
      const { channel: name = 'site', client: id = 'client', button, ...contacts } = from
      const { dispatch, world } = current
      await dispatch({ type: 'client.come', channel: name, id, contacts, page: undefined })
      const channel = channelNamed(world.account?.channels ?? [], name)
      const visitor = channel === undefined ? 0 : (world.visitorKeys[keyOf(channel, id)] ?? 0)
      const sent = await dispatch({ type: 'client.write', visitor, id: randomId('m'), text, ...(button === undefined ? {} : { button }) })
      return { client: visitor, chat: sent.find(event => event.type === 'message.sent')?.chat ?? 0 }
    },
    control: async (route, body = {}) => {
      const request = new Request(`http://127.0.0.1/_dev/${route}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const response = await current.fetch(request)
      const answer = await response.json()
      if (!response.ok) throw new Error(`jivo-dev: ${route} was refused: ${answer.error?.message ?? response.status}`)
      return answer
    },
    events,
    waitFor: async (type, fits = () => true, timeout = 2_000) => {
      const { journal } = current
      const stop = new AbortController()
      const callOff = after(timeout, () => stop.abort())
      try {
        for await (const event of journal.read(0, { follow: true, signal: stop.signal })) {
          if (event.type === type && fits(event as never)) return event as never
        }
      } finally {
        callOff()
      }
      const seen = (await events()).map(event => event.type).slice(-12)
      throw new Error(`jivo-dev: no ${type} that fits came in ${timeout} ms. The last events: ${seen.join(', ')}.`)
    },
    reset: async () => {
      await current.stop(0)
      current = await begin()
    },
    close: async () => {
      if (isClosed) return
      isClosed = true
      await current.stop(0)
    },
    fetch: request => current.fetch(request),
    pages: () => current.pages(),
  }
}

/** A bug of ours must fail the test that it happens in. */
const raise = (error: unknown) =>
  queueMicrotask(() => {
    throw error
  })

const after = (milliseconds: number, run: () => void) => {
  const timer = setTimeout(run, milliseconds)
  return () => clearTimeout(timer)
}

const randomId = (prefix: string) => prefix + Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
