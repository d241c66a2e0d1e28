import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Act } from '../chat/acts.js'
import type { Context } from '../context.js'
import { channelProfiles, channelTypes } from '../contracts/channel-types.js'
import type { Event } from '../contracts/journal.js'
import type { FileContent } from '../contracts/messages.js'
import { near } from '../contracts/near.js'
import { fold } from '../emulator/world/fold.js'
import type { World } from '../emulator/world/world.js'
import { UserError } from '../errors.js'
import { exchangeJson, followEvents } from '../transports/emulator-stream.js'
import { ask, type EmulatorOptions, findEmulator, refusalOf, whereabouts } from './emulator-client.js'

/** Who the client is, as flags say it. */
export interface ClientOptions extends EmulatorOptions {
  readonly channel: string
  readonly as?: string
  readonly id?: string
  readonly phone?: string
  readonly email?: string
  readonly page?: string
}

/** A client who is there: what the emulator is like, what happens in it, and what the client does. */
export interface ChatSession {
  /** Base address of the emulator, with a slash at its end. */
  readonly url: string
  /** Name of the channel. */
  readonly channel: string
  readonly visitor: number
  /** As it was when the client came, and what `follow` has folded into it. */
  readonly world: World
  /** Hands over every event from then on, in the moment that it is folded into the world. Rejects when the connection ends or the signal aborts. */
  readonly follow: (take: (event: Event) => void, signal: AbortSignal) => Promise<never>
  /** Resolves with the last `seq` that came of it, 0 for nothing. Rejects when it is refused or cannot be sent. */
  readonly perform: (act: Act) => Promise<number>
}

/** The product page of the emulator's own shop. */
const shopTitle = 'Birch kettle 1.2 l · Kettle & Moss'

/** @throws UserError when there is no emulator or no such channel */
export const comeAsClient = async (options: ClientOptions, context: Context): Promise<ChatSession> => {
  const { cwd, signal, randomHex } = context
  const url = await findEmulator(options, context)
  const emulator = whereabouts(options, cwd)
  const { status, body } = await exchangeJson(emulator, { route: 'state', signal })
  if (status !== 200) throw new UserError('emulatorUnreachable', { url, problem: refusalOf(body) ?? `it answered ${status} when asked for its state.` })
  const world = body as World

  const channel = channelOf(world, options.channel)
  const profile = channelProfiles[channel.type]
  if (options.page !== undefined && !profile.hasPage) {
    throw new UserError('usage', { problem: `A client of ${channel.name} writes from no page.`, hint: 'Leave out --page, or take --channel site' })
  }
  const { as, id = as?.trim().toLowerCase() ?? 'terminal', phone, email } = options
  const page = profile.hasPage ? { page: { url: options.page ?? url, title: options.page === undefined ? shopTitle : '' } } : {}
  const client = { id, ...page, ...given({ name: as, phone, email }) }
  const { visitor } = (await ask(`channels/${encodeURIComponent(channel.key)}/clients`, client, options, context)) as { visitor: number }

  const post = async (what: string, value: object): Promise<number> => {
    const { events } = (await ask(`visitors/${visitor}/${what}`, value, options, context)) as { events: readonly Event[] }
    return events.at(-1)?.seq ?? 0
  }

  const sendFile = async (path: string): Promise<number> => {
    const bytes = await readFile(resolve(cwd, path)).catch((error: Error) => {
      throw new UserError('fileUnreadable', { path, problem: error.message })
    })
    const answer = await exchangeJson(whereabouts(options, cwd), { route: `files?name=${encodeURIComponent(basename(path))}`, bytes, signal })
    if (answer.status !== 200)
      throw new UserError('emulatorRefused', { message: refusalOf(answer.body) ?? `${url} answered ${answer.status}.`, isUsage: false })
    const { file } = answer.body as { file: FileContent }
    return post('messages', { id: messageId(), text: file.name, content: file })
  }

  const messageId = () => `m${randomHex(16)}`

  return {
    url,
    channel: channel.name,
    visitor,
    world,
    follow: async (take, until) => {
      for await (const events of followEvents(emulator, world.seq, until)) {
        for (const event of events) {
          fold(world, event)
          take(event)
        }
      }
      throw new Error('the events ended')
    },
    perform: act => {
      switch (act.kind) {
        case 'write':
          return post('messages', { id: messageId(), text: act.text })
        case 'press':
          return post('messages', { id: messageId(), text: act.button.text, button: { message: act.message, id: act.button.id } })
        case 'file':
          return sendFile(act.path)
        case 'rate':
          return post('rating', { rate: act.rate })
        case 'leave':
          return post('leave', {})
        case 'type':
          return post('typing', { text: act.text.slice(0, longestTyping) })
      }
    },
  }
}

/** Characters of what is typed that the emulator takes. */
const longestTyping = 1_000

const given = (contacts: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(contacts).filter(([, value]) => value !== undefined))

/** The channel of a name or a type, in upper or lower case. A type may be one that the account does not have yet. */
const channelOf = ({ account }: World, name: string) => {
  const channels = account?.channels ?? []
  const isIt = (text: string) => text.toLowerCase() === name.toLowerCase()
  const known =
    channels.find(({ id, publicId }) => id === name || publicId === name) ?? channels.find(one => isIt(one.name)) ?? channels.find(one => isIt(one.type))
  if (known !== undefined) return { key: known.publicId, type: known.type, name: known.name }
  const type = channelTypes.find(isIt)
  if (type !== undefined) return { key: type, type, name: channelProfiles[type].label }
  const names = [...channels.map(one => one.name).filter(one => !channelTypes.some(known => known === one.toLowerCase())), ...channelTypes]
  throw new UserError('unknownChannel', { name, near: near(name, names), known: names })
}
