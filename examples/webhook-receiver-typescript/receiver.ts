// A receiver of Jivo's webhooks of Node's standard library alone. README.md says how to start it.
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

/** A webhook, as far as this receiver reads it. */
interface Webhook {
  readonly event: string
  readonly chat: string
  /** Number of the visitor, a string in some webhooks and a number in others. */
  readonly visitor: string
}

interface Customer {
  readonly name: string
  readonly phone: string
  readonly email: string
  readonly orders: number
}

/** Stands for your database: what it knows, by the number of the visitor. */
const customers = new Map<string, Customer>([['1', { name: 'Ada Lind', phone: '+79005550142', email: 'ada@shop.example', orders: 2 }]])

const crm = 'https://crm.example/customers'

/** What the agent sees beside the chat. Only the reply to chat_accepted and chat_updated may carry it. */
const cardOf = (visitor: string) => {
  const customer = customers.get(visitor)
  if (customer === undefined) return { custom_data: [{ title: 'Customer', content: 'Not known yet', link: `${crm}/new` }] }
  const { name, phone, email, orders } = customer
  return {
    custom_data: [{ title: 'Orders', content: String(orders), link: `${crm}/${visitor}/orders` }],
    contact_info: { name, phone, email },
    crm_link: `${crm}/${visitor}`,
  }
}

const replyTo = ({ event, visitor }: Webhook) => (event === 'chat_accepted' ? { result: 'ok', ...cardOf(visitor) } : { result: 'ok' })

const port = Number(process.env.PORT || 3000)
const key = process.env.WEBHOOK_KEY ?? ''
if (key === '') {
  console.error('WEBHOOK_KEY is not set. It is the value of "key" in the address that Jivo sends webhooks to.')
  process.exit(2)
}

/** Bodies of the last minute, and when they came. */
const heard = new Map<string, number>()

/** A webhook has no id of its own, and may be sent again when the answer was late: then its body is the same. */
const isRepeated = (body: string): boolean => {
  const now = Date.now()
  for (const [hash, at] of heard) {
    if (now - at < 60_000) break
    heard.delete(hash)
  }
  const hash = createHash('sha256').update(body).digest('base64')
  if (heard.has(hash)) return true
  heard.set(hash, now)
  return false
}

/** Here your own work begins: store, count, tell somebody. */
const handle = ({ event, chat, visitor }: Webhook): void => {
  const about = [...(chat === '' ? [] : [`chat ${chat}`]), ...(visitor === '' ? [] : [`visitor ${visitor}`])]
  console.log([event, ...about].join('  '))
}

/** Null when the body is not a webhook. */
const parse = (body: string): Webhook | null => {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return null
  }
  const { event_name, chat_id, visitor } = fields(json)
  return typeof event_name === 'string' ? { event: event_name, chat: string(chat_id), visitor: string(fields(visitor).number) } : null
}

const fields = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})

const string = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** Jivo signs nothing: a secret in the address is all that shows who asks. */
const isFromJivo = ({ url = '' }: IncomingMessage): boolean => {
  const expected = Buffer.from(`/jivo?key=${encodeURIComponent(key)}`)
  const given = Buffer.from(url)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const server = createServer(async (request, response) => {
  const answer = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (!isFromJivo(request)) return answer(401, { result: 'The key in the address is wrong.' })
  if (request.method !== 'POST') return answer(405, { result: 'Webhooks come as POST.' })
  // A request that breaks off has no body.
  const body = await text(request).catch(() => '')
  const webhook = parse(body)
  if (webhook === null) return answer(400, { result: 'The body is not a JSON object with an event_name.' })
  // A repeat gets the whole answer, too: the first one may never have arrived.
  answer(200, replyTo(webhook))
  if (isRepeated(body)) console.log(`${webhook.event} came again`)
  else handle(webhook)
})

server.listen(port, '127.0.0.1', () => console.log(`The receiver listens at http://127.0.0.1:${port}/jivo?key=KEY`))
