import type { Event } from '../contracts/journal.js'
import { type PageFrame, pageFrame, type ServerFrame } from '../contracts/page-channel.js'
import { parseCall } from './api-effects.js'
import type { Clock } from './clock.js'
import type { Journal } from './journal.js'
import { JsonError, parseJson } from './json.js'
import { frameOf, welcome } from './page-view.js'
import type { Input } from './rules/inputs.js'
import { Refusal } from './rules/rule.js'
import type { SecretStore } from './secrets.js'
import type { World } from './world/world.js'

/** One WebSocket, as far as the hub needs it. */
export interface PageSocket {
  readonly send: (text: string) => void
  readonly close: (code: number, reason: string) => void
}

/** The emulator's side of one connection. */
export interface PageConnection {
  /** A text frame came. Frames are handled in the order in which they came. */
  readonly receive: (text: string) => void
  /** The connection is gone. */
  readonly closed: () => void
}

interface Deps {
  readonly world: Readonly<World>
  readonly journal: Journal
  readonly dispatch: (input: Input) => Promise<readonly Event[]>
  readonly secrets: SecretStore
  readonly clock: Clock
  readonly onError: (error: unknown) => void
}

interface Link {
  readonly socket: PageSocket
  visitor: number
  /** Events up to here are in the welcome frame; of them only what happens once is still news. */
  readonly since: number
  /** While older events are read: what came meanwhile. */
  queue: ServerFrame[] | null
}

export interface PageHub {
  /** A page connected. `widgetId` is the id in its snippet, `userAgent` the header of its request. */
  readonly connect: (socket: PageSocket, widgetId: string, userAgent: string) => PageConnection
  /** Tells the pages what was stored. */
  readonly read: (events: readonly Event[]) => void
  /** Closes every connection: the emulator is going away and will be back. */
  readonly closeAll: () => void
}

/** Connects pages to the journal: what they say goes into `dispatch`, what concerns them comes back. */
export const createPageHub = ({ world, journal, dispatch, secrets, clock, onError }: Deps): PageHub => {
  const links = new Map<string, Link>()
  let isClosing = false

  const push = ({ socket, queue }: Link, frame: ServerFrame) => {
    if (queue === null) socket.send(JSON.stringify(frame))
    else queue.push(frame)
  }

  const open = async (socket: PageSocket, frame: PageFrame & { type: 'open' }, channel: string, userAgent: string) => {
    const { type: _, after, ...page } = frame
    const events = await dispatch({ type: 'page.open', ...page, channel, userAgent })
    const visitor = world.pages[page.page]?.visitor
    if (visitor === undefined) return
    links.get(page.page)?.socket.close(4001, 'the same page connected again')
    const link: Link = { socket, visitor, since: world.seq, queue: [] }
    links.set(page.page, link)
    socket.send(JSON.stringify(welcome(world, visitor, page.page, channel)))
    // What was asked of the page while it was away is not lost.
    for await (const event of journal.read(after ?? events[0]?.seq ?? world.seq)) {
      if (event.seq > link.since) break
      const news = frameOf(world, event)
      if (news !== undefined && isOneTime(news.frame) && isFor(news.to, page.page, visitor)) socket.send(JSON.stringify(news.frame))
    }
    const waiting = link.queue ?? []
    link.queue = null
    for (const late of waiting) push(link, late)
  }

  const inputOf = (page: string, { order, ...frame }: Exclude<PageFrame, { type: 'open' }>): Input => {
    const said = { page, order }
    switch (frame.type) {
      case 'write':
        return { ...said, type: 'visitor.write', id: frame.id, text: frame.text, content: frame.content, button: frame.button }
      case 'typing':
        return { ...said, type: 'visitor.type', text: frame.text }
      case 'rate':
        return { ...said, type: 'visitor.rate', chat: frame.chat, rate: frame.rate }
      case 'call':
        return { ...said, type: 'visitor.call', phone: frame.phone }
      case 'unknown':
        return { ...said, type: 'page.unknown', name: frame.name }
      case 'invited':
        return { ...said, type: 'page.invited', text: frame.text, name: frame.name }
      case 'contacts':
        return { ...said, type: 'visitor.introduce', contacts: frame.contacts }
      case 'offline':
        return { ...said, type: 'visitor.leaveMessage', id: frame.id, contacts: frame.contacts, message: frame.message }
      case 'state':
        return { ...said, type: 'page.state', from: frame.from, to: frame.to }
      case 'api':
        return { ...said, type: 'page.api', ...parseCall(frame, secrets) }
      case 'fired':
        return { ...said, ...frame, type: 'page.fired' }
    }
  }

  /** A user token means what its signature says, which takes longer than a rule may. */
  const judged = async (input: Input): Promise<Input> => {
    if (input.type !== 'page.api' || !input.effects.some(({ kind }) => kind === 'token')) return input
    const { judgeToken } = await import('../contracts/judge-token.js')
    const channel = world.account?.channels.find(({ publicId }) => publicId === world.pages[input.page]?.channel)
    const secret = channel?.jwtSecret == null ? null : secrets.reveal(channel.jwtSecret)
    const effects = input.effects.map(async effect =>
      effect.kind === 'token'
        ? { ...effect, judged: await judgeToken(secrets.reveal(effect.token), { secret, now: clock.now(), isStrict: world.account?.hasStrictTokens === true }) }
        : effect,
    )
    return { ...input, effects: await Promise.all(effects) }
  }

  return {
    connect: (socket, widgetId, userAgent) => {
      let page: string | null = null
      let turn = Promise.resolve()

      /** The page need not send it again. */
      const heard = (order: number | undefined) => {
        if (order !== undefined) socket.send(JSON.stringify({ type: 'heard', heard: order } satisfies ServerFrame))
      }

      const receive = async (text: string) => {
        const parsed = parseFrame(text)
        if ('refused' in parsed) {
          socket.send(JSON.stringify(parsed.refused))
          return heard(parsed.order)
        }
        const { frame } = parsed
        try {
          if (frame.type === 'open') {
            if (page !== null) return socket.send(refused('type', 'This connection has its page already; "open" comes once.'))
            page = frame.page
            await open(socket, frame, widgetId, userAgent)
          } else if (page === null) socket.send(refused('type', 'The first frame of a connection must be "open".'))
          else await dispatch(await judged(inputOf(page, frame)))
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          socket.send(refused(error.field, error.message, 'id' in frame ? frame.id : undefined))
        }
        if ('order' in frame) heard(frame.order)
      }

      return {
        receive: text => {
          turn = turn.then(() => receive(text)).catch(onError)
        },
        closed: () => {
          turn = turn
            .then(async () => {
              if (page === null || links.get(page)?.socket !== socket) return
              links.delete(page)
              // The end of the emulator is not the end of the page: it connects again to the next run.
              if (!isClosing) await dispatch({ type: 'page.close', page })
            })
            .catch(onError)
        },
      }
    },

    read: events => {
      if (links.size === 0) return
      for (const event of events) {
        if (event.type === 'page.identified') {
          const link = links.get(event.page)
          if (link !== undefined) link.visitor = event.visitor
        }
        const news = frameOf(world, event)
        if (news === undefined) continue
        for (const [page, link] of links) {
          const isNews = event.seq > link.since || (isOneTime(news.frame) && link.queue !== null)
          if (isNews && isFor(news.to, page, link.visitor)) push(link, news.frame)
        }
      }
    },

    closeAll: () => {
      isClosing = true
      for (const { socket } of links.values()) socket.close(1012, 'the emulator stops')
    },
  }
}

/** Frames that say what happens once. All others only bring the page to a state, which `welcome` does as well. */
const isOneTime = ({ type }: ServerFrame) => type === 'callback' || type === 'received' || type === 'invitation'

const isFor = (to: NonNullable<ReturnType<typeof frameOf>>['to'], page: string, visitor: number) =>
  to === 'all' || ('page' in to ? to.page === page : to.visitor === visitor)

const refused = (field: string, message: string, id?: string): string =>
  JSON.stringify({ type: 'refused', ...(id === undefined ? {} : { id }), field, message } satisfies ServerFrame)

const parseFrame = (text: string): { frame: PageFrame } | { refused: ServerFrame; order?: number } => {
  let json: unknown
  try {
    json = parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return { refused: { type: 'refused', field: '', message: `The frame ${error.message}.` } }
  }
  const parsed = pageFrame.safeParse(json)
  if (parsed.success) return { frame: parsed.data }
  const issue = parsed.error.issues[0]
  const { order } = (json ?? {}) as { order?: unknown }
  return {
    refused: { type: 'refused', field: issue?.path.join('.') ?? '', message: issue?.message ?? 'The frame has no known shape.' },
    ...(typeof order === 'number' ? { order } : {}),
  }
}
