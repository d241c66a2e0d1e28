// A Jivo bot of Node's standard library alone. README.md says how to start it.
import { randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { text as textOf } from 'node:stream/consumers'

/** What Jivo sends, as far as this bot reads it. */
interface JivoEvent {
  readonly name: string
  /** The same when Jivo sends the event again; empty when there is none. */
  readonly id: string
  readonly client: string
  readonly chat: string
  /** What the client wrote, or the text of the button that was pressed. */
  readonly text: string
}

type Message =
  | { readonly type: 'TEXT'; readonly text: string }
  /** `text` is for channels without markup or buttons. */
  | { readonly type: 'MARKDOWN'; readonly content: string; readonly text: string }
  | { readonly type: 'BUTTONS'; readonly title: string; readonly text: string; readonly buttons: readonly { readonly id: string; readonly text: string }[] }

const text = (words: string): Message => ({ type: 'TEXT', text: words })

const greeting = text('Hello! I am a bot. Write "menu", "price" or "agent".')
const hint = text('I know only these words: menu, price, agent.')
const nobodyHere = text('Nobody is here right now. Leave your e-mail or phone, and we will write back.')

/** Matches whole words: `\b` knows Latin letters only. */
const words = (alternatives: string) => new RegExp(`(?<!\\p{L})(${alternatives})(?!\\p{L})`, 'iu')

/** The first pattern that fits decides. A pressed button comes back as its text, so pressing and typing are one. */
const answers: readonly (readonly [pattern: RegExp, answer: Message | 'INVITE_AGENT'])[] = [
  [words('agent|operator|(агент|оператор)(а|у|ом)?'), 'INVITE_AGENT'],
  [
    words('menu|меню'),
    {
      type: 'BUTTONS',
      title: 'What would you like to know?',
      text: 'Delivery / Returns / Opening hours',
      buttons: [
        { id: '1', text: 'Delivery' },
        { id: '2', text: 'Returns' },
        { id: '3', text: 'Opening hours' },
      ],
    },
  ],
  [words('price|цен[аыу]'), { type: 'MARKDOWN', content: 'The **Birch kettle** costs **2 490 ₽**.', text: 'The Birch kettle costs 2 490 ₽.' }],
  [words('delivery'), text('Delivery takes two days and is free from 5 000 ₽.')],
  [words('returns'), text('Returns are taken within 14 days.')],
  [words('opening hours'), text('We are open every day from 9 to 21.')],
]

const setting = (name: string): string => {
  const value = process.env[name]
  if (value) return value
  console.error(`${name} is not set. README.md shows how to start the bot.`)
  process.exit(2)
}

const port = Number(process.env.PORT || 3000)
const token = setting('JIVO_TOKEN')
const jivo = `${process.env.JIVO_URL || 'http://127.0.0.1:7410'}/webhooks/${setting('JIVO_PROVIDER_ID')}/${token}`

/** Who has each chat that the bot has heard of. */
const chats = new Map<string, 'bot' | 'agent'>()

const heard = new Set<string>()

/** Jivo sends an event up to three times. */
const isRepeated = (id: string): boolean => {
  if (id === '') return false
  if (heard.has(id)) return true
  heard.add(id)
  // The oldest goes: repeats come within seconds.
  const [oldest] = heard
  if (heard.size > 1_000 && oldest !== undefined) heard.delete(oldest)
  return false
}

const handle = async (event: JivoEvent): Promise<void> => {
  if (isRepeated(event.id)) return console.log(`${event.name} of chat ${event.chat} came again`)
  console.log(`${event.name} of chat ${event.chat}`)
  const owner = chats.get(event.chat)
  if (event.name === 'AGENT_JOINED') chats.set(event.chat, 'agent')
  if (event.name === 'CHAT_CLOSED') chats.delete(event.chat)
  if (owner === 'agent') return
  if (event.name === 'AGENT_UNAVAILABLE') await say(event, nobodyHere)
  if (event.name === 'CLIENT_MESSAGE') {
    chats.set(event.chat, 'bot')
    const [, answer = owner === undefined ? greeting : hint] = answers.find(([pattern]) => pattern.test(event.text)) ?? []
    await say(event, answer)
  }
}

/** Tells Jivo. A failure is printed: the client can still write again. */
const say = async ({ client, chat }: JivoEvent, answer: Message | 'INVITE_AGENT'): Promise<void> => {
  const ids = { id: randomUUID(), client_id: client, chat_id: chat }
  const timestamp = Math.floor(Date.now() / 1_000)
  const body = answer === 'INVITE_AGENT' ? { event: answer, ...ids } : { event: 'BOT_MESSAGE', ...ids, message: { ...answer, timestamp } }
  try {
    const response = await fetch(jivo, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    const told = await response.text()
    if (!response.ok) console.error(`Jivo answered ${response.status} to ${body.event}: ${told}`)
  } catch (error) {
    console.error(`${body.event} did not reach Jivo: ${error}`)
  }
}

/** Null when the body is not an event. */
const parse = (body: string): JivoEvent | null => {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return null
  }
  const { event, id, client_id, chat_id, message } = fields(json)
  const read: JivoEvent = { name: string(event), id: string(id), client: string(client_id), chat: string(chat_id), text: string(fields(message).text) }
  return read.name === '' || read.chat === '' ? null : read
}

const fields = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})

/** Ids go back as strings, whatever they came as: Jivo wants strings. */
const string = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** Jivo signs nothing: the token in the path is all that shows who asks. */
const isFromJivo = ({ url = '' }: IncomingMessage): boolean => {
  const expected = Buffer.from(`/jivo/${token}`)
  const given = Buffer.from(url)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const refusal = (code: string, message: string) => ({ error: { code, message } })

/** Events are handled one after another, so that answers keep their order. A busy bot would do so for each chat. */
let handling = Promise.resolve()

const server = createServer(async (request, response) => {
  const answer = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (!isFromJivo(request)) return answer(401, refusal('invalid_client', 'The token in the path is wrong.'))
  if (request.method !== 'POST') return answer(405, refusal('invalid_request', 'Events come as POST.'))
  // A request that breaks off has no body.
  const event = parse(await textOf(request).catch(() => ''))
  if (event === null) return answer(400, refusal('invalid_request', 'The body is not a JSON object with an event and a chat_id.'))
  // At once: Jivo waits 3 s. What the bot says goes by a request of its own.
  answer(200, {})
  handling = handling.then(() => handle(event))
})

server.listen(port, '127.0.0.1', () => console.log(`The bot listens at http://127.0.0.1:${port}/jivo/TOKEN`))
