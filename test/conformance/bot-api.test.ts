import { describe, expect, test } from 'vitest'
import { eventSchema, type Fact } from '../../src/contracts/journal.js'
import { type Door, doors } from '../helpers/doors.js'
import { until } from '../helpers/emulator.js'

/** What a bot's request is answered with, and what the journal has of it then. */

const token = 'sesame-of-the-bot'
const bots = [{ url: 'http://bot.test/jivo', token }]
const ids = { id: 'x-1', client_id: '1', chat_id: '9001' }
const text = { type: 'TEXT', text: 'Hi' }
const hi = { event: 'BOT_MESSAGE', ...ids, message: text }

interface Row {
  /** What is sent, as JSON where it is no text. */
  readonly sent: unknown
  readonly method?: string
  readonly type?: string
  readonly path?: (provider: string) => string
  readonly isStrict?: boolean
  readonly status: number
  readonly code?: string
  /** Part of the error's message. */
  readonly says?: string
  /** Path of the field that the refusal names. */
  readonly field?: string
  /** Facts that follow, in order: of the request itself, not of the deliveries that it causes. */
  readonly facts?: readonly Fact['type'][]
}

const said = (...facts: Fact['type'][]): Pick<Row, 'status' | 'facts'> => ({ status: 200, facts: ['bot.said', ...facts] })
const refused = (status: number, says: string, field = '', code = 'invalid_request'): Pick<Row, 'status' | 'code' | 'says' | 'field' | 'facts'> => ({
  status,
  code,
  says,
  field,
  facts: ['request.refused'],
})
const message = (value: object) => ({ ...hi, message: value })
const buttons = (count: number) => Array.from({ length: count }, (_, at) => ({ text: `Choice ${at + 1}`, id: at + 1 }))

const rows: Record<string, Row> = {
  'a text': { sent: hi, ...said('message.sent') },
  'a text without an id': { sent: { ...hi, id: undefined }, ...said('message.sent') },
  'a text with a number for its id': { sent: { ...hi, id: 7 }, ...said('message.sent') },
  'the time in seconds': { sent: message({ ...text, timestamp: 1_754_000_000 }), ...said('message.sent') },
  'the time in milliseconds': { sent: message({ ...text, timestamp: 1_754_000_000_000 }), ...said('message.sent') },
  'the time with a fraction': { sent: message({ ...text, timestamp: 1_754_000_000.25 }), ...said('message.sent') },
  'the time as a text': { sent: message({ ...text, timestamp: '1754000000' }), ...said('message.sent') },
  'null for the time': { sent: message({ ...text, timestamp: null }), ...said('message.sent') },
  'keys that Jivo does not know': { sent: { ...hi, site_id: '700011', reason: 'none', message: { ...text, mood: 1 } }, ...said('message.sent') },
  markdown: { sent: message({ type: 'MARKDOWN', content: '**Hi**', text: 'Hi' }), ...said('message.sent') },
  'three buttons': { sent: message({ type: 'BUTTONS', title: 'Which?', buttons: buttons(3) }), ...said('message.sent') },
  'buttons without ids': { sent: message({ type: 'BUTTONS', text: 'a / b', buttons: [{ text: 'a' }, { text: 'b' }] }), ...said('message.sent') },
  'an invitation': { sent: { event: 'INVITE_AGENT', ...ids, reason: 'asked for' }, ...said('chat.handed', 'chat.accepted', 'message.sent') },
  contacts: { sent: { event: 'CLIENT_INFO', ...ids, email: 'ada@mail.example' }, ...said('contacts.given') },
  'a request for a rating': { sent: { event: 'INIT_RATE', ...ids }, ...said('rating.requested') },
  'JSON with a charset': { sent: hi, type: 'application/json; charset=utf-8', ...said('message.sent') },

  'numbers for both ids': { sent: { ...hi, client_id: 1, chat_id: 9001 }, ...said('message.sent', 'warning.raised', 'warning.raised') },
  'numbers for both ids, strict': { sent: { ...hi, client_id: 1, chat_id: 9001 }, isStrict: true, ...refused(400, 'the number 1', 'client_id') },
  'no client_id': { sent: { ...hi, client_id: undefined }, ...said('message.sent', 'warning.raised') },
  'no client_id, strict': { sent: { ...hi, client_id: undefined }, isStrict: true, ...refused(400, 'client_id is missing', 'client_id') },
  'no chat_id': { sent: { ...hi, chat_id: undefined }, ...said('message.sent', 'warning.raised') },
  'no chat_id, strict': { sent: { ...hi, chat_id: undefined }, isStrict: true, ...refused(400, 'chat_id is missing', 'chat_id') },
  'neither id': { sent: { event: 'BOT_MESSAGE', message: text }, ...refused(400, 'chat_id is missing', 'chat_id') },
  'four buttons': { sent: message({ type: 'BUTTONS', buttons: buttons(4) }), ...said('message.sent', 'warning.raised') },
  'four buttons, strict': { sent: message({ type: 'BUTTONS', buttons: buttons(4) }), isStrict: true, ...refused(400, '4 buttons', 'message.buttons') },
  'a picture': { sent: message({ type: 'PHOTO', file: 'https://bot.test/a.png' }), ...said('message.sent', 'warning.raised') },
  'a picture, strict': {
    sent: message({ type: 'PHOTO', file: 'https://bot.test/a.png' }),
    isStrict: true,
    ...refused(400, 'PHOTO is not confirmed', 'message.type'),
  },
  'a place, strict': { sent: message({ type: 'LOCATION', latitude: 1, longitude: 2 }), isStrict: true, ...refused(400, 'LOCATION', 'message.type') },
  'JSON that says it is a text': { sent: hi, type: 'text/plain', ...said('message.sent', 'warning.raised') },
  'JSON that says it is a text, strict': { sent: hi, type: 'text/plain', isStrict: true, ...refused(415, 'text/plain') },
  'a text, strict': { sent: hi, isStrict: true, ...said('message.sent') },

  'a cut body': { sent: '{"event":"BOT_MESS', ...refused(400, 'not valid JSON') },
  'no body': { sent: '', ...refused(400, 'not valid JSON') },
  'a form': { sent: 'event=BOT_MESSAGE&chat_id=9001', type: 'application/x-www-form-urlencoded', ...refused(400, 'not valid JSON') },
  null: { sent: 'null', ...refused(400, 'The body is null') },
  'no event': { sent: { chat_id: '9001' }, ...refused(400, 'event is missing', 'event') },
  "a webhook's body": { sent: { event_name: 'chat_accepted', chat_id: 9001 }, ...refused(400, 'event_name "chat_accepted"', 'event') },
  'a body that an automation tool wrapped': { sent: [{ body: hi }], ...refused(400, 'n8n') },
  'two events in a list': { sent: [hi, hi], ...refused(400, 'a list of 2') },
  'buttons beside the message': {
    sent: { ...hi, message: { type: 'BUTTONS', title: 'Which?' }, buttons: buttons(2) },
    ...refused(400, 'as message.buttons', 'buttons'),
  },
  'buttons beside a text': { sent: { ...hi, buttons: buttons(2) }, ...refused(400, 'as message.buttons', 'buttons') },
  'no buttons at all': { sent: message({ type: 'BUTTONS', buttons: [] }), ...refused(400, 'message.buttons is wrong', 'message.buttons') },
  'no message': { sent: { event: 'BOT_MESSAGE', ...ids }, ...refused(400, 'message is wrong', 'message') },
  'an empty text': { sent: message({ type: 'TEXT', text: '' }), ...refused(400, 'message.text is wrong', 'message.text') },
  'an unknown type of message': { sent: message({ type: 'CARD' }), ...refused(400, 'message.type is "CARD"; bots send TEXT', 'message.type') },
  'a file that is no web address': { sent: message({ type: 'PHOTO', file: 'javascript:alert(1)' }), ...refused(400, 'begins with http', 'message.file') },
  'a list for an id': { sent: { ...hi, chat_id: ['9001'] }, ...refused(400, 'chat_id is wrong', 'chat_id') },
  'a place beyond the poles': { sent: message({ type: 'LOCATION', latitude: 91, longitude: 0 }), ...refused(400, 'message.latitude', 'message.latitude') },
  'brackets without end': { sent: '['.repeat(100_000), ...refused(400, 'nested more than 32') },
  '__proto__ for an event': { sent: { ...hi, event: '__proto__' }, ...refused(405, '"__proto__"', 'event') },
  'constructor for a chat': { sent: { ...hi, chat_id: 'constructor' }, ...refused(404, 'chat_id constructor', 'chat_id') },

  'an unknown chat': { sent: { ...hi, chat_id: '77' }, ...refused(404, 'chat_id 77: there is no such chat', 'chat_id') },
  'a chat with a fraction': { sent: { ...hi, chat_id: '9001.0' }, ...refused(404, 'chat_id 9001.0', 'chat_id') },
  'an unknown event': { sent: { event: 'INVITE_AGENT_ACCEPTED', ...ids }, ...refused(405, 'They send BOT_MESSAGE', 'event') },
  'an event of Jivo': { sent: { event: 'CLIENT_MESSAGE', ...ids }, ...refused(405, 'They send BOT_MESSAGE', 'event') },
  'an event in small letters': { sent: { ...hi, event: 'bot_message' }, ...refused(405, '"bot_message"', 'event') },
  'another method': { sent: hi, method: 'PUT', ...refused(405, 'PUT is not for bots') },
  'another token': { sent: hi, path: provider => `/webhooks/${provider}/other-secret`, ...refused(401, 'No bot', '', 'invalid_client') },
  'another provider': { sent: hi, path: () => `/webhooks/somebody/${token}`, ...refused(401, 'No bot', '', 'invalid_client') },
  'the token cut off': { sent: hi, path: provider => `/webhooks/${provider}`, ...refused(404, 'The address is not') },
  'more behind the token': { sent: hi, path: provider => `/webhooks/${provider}/${token}/send`, ...refused(404, 'The address is not') },
  'more than a mebibyte': { sent: message({ ...text, text: 'x'.repeat(1024 * 1024) }), ...refused(413, 'longer than 1048576 bytes') },
}

const begin = async (door: Door) => {
  const { emulator } = door
  await emulator.dispatch({ type: 'client.come', channel: 'site', id: 'ada', contacts: {} })
  await emulator.dispatch({ type: 'client.write', visitor: 1, id: 'm1', text: 'Hello' })
  await until(async () => (await emulator.eventsOf('delivery.done')).length === 1)
  return emulator.world.account?.bots[0]?.providerId ?? ''
}

describe.each(doors)('%s', (_, open) => {
  test.each(Object.entries(rows))(
    '%s',
    async (_, { sent, method = 'POST', type = 'application/json', path, isStrict = false, status, code, says, field, facts }) => {
      await using door = await open({ bots, isStrict, webhook: null })
      const provider = await begin(door)
      const { seq } = door.emulator.world
      const response = await door.ask(path?.(provider) ?? `/webhooks/${provider}/${token}`, {
        method,
        headers: { 'content-type': type },
        body: typeof sent === 'string' ? sent : JSON.stringify(sent),
      })
      const body = (await response.json()) as unknown
      const own = (await door.emulator.events()).filter(event => event.seq > seq && !event.type.startsWith('delivery.'))
      expect([response.status, own.map(event => event.type)]).toEqual([status, facts])
      expect(body).toEqual(code === undefined ? {} : { error: { code, message: expect.stringContaining(says ?? '') } })
      if (code !== undefined) {
        const isKnown = status !== 401
        expect(own[0]).toMatchObject({ api: 'bot-api', who: isKnown ? 'bot1' : '', status, code, field, source: expect.stringMatching(/\S/) })
      }
      expect(own.flatMap(event => eventSchema.safeParse(event).error?.issues ?? [])).toEqual([])
      expect(JSON.stringify(own)).not.toMatch(/sesame-of-the-bot|other-secret/)
      expect(door.emulator.errors).toEqual([])
    },
  )

  test.each([
    [403, 'forbidden'],
    [500, 'server_error'],
    [502, 'overloaded'],
    [503, 'unavailable'],
    [504, 'timeout'],
  ] as const)('a service in trouble answers %i, and nothing else happens', async (refuseWith, code) => {
    await using door = await open({ bots: [{ url: 'http://one.test/', token: 'one' }], refuseWith })
    await begin(door)
    const bot = door.emulator.world.account?.bots[0]
    const response = await door.ask(`/webhooks/${bot?.providerId}/one`, { method: 'POST', body: JSON.stringify(hi) })
    expect({ status: response.status, body: await response.json() }).toMatchObject({ status: refuseWith, body: { error: { code } } })
    expect(await door.emulator.eventsOf('request.refused')).toMatchObject([{ who: 'bot1', status: refuseWith, source: 'Bot API, status codes' }])
    expect(await door.emulator.eventsOf('bot.said')).toEqual([])
  })

  test('more requests than the account allows are refused until the seconds have passed, each bot for itself', async () => {
    const two = [
      { url: 'http://one.test/', token: 'one', channels: ['site'] },
      { url: 'http://two.test/', token: 'two' },
    ]
    await using door = await open({ bots: two, rateLimit: { requests: 2, seconds: 10 } })
    const { emulator } = door
    await begin(door)
    const ask = (bot: number) =>
      door.ask(`/webhooks/${emulator.world.account?.bots[bot]?.providerId}/${['one', 'two'][bot]}`, { method: 'POST', body: JSON.stringify(hi) })
    expect((await ask(0)).status).toBe(200)
    emulator.clock.move(4_000)
    expect((await ask(0)).status).toBe(200)
    const third = await ask(0)
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '6'])
    expect(await third.json()).toEqual({ error: { code: 'too_many_requests', message: 'More than 2 requests in 10 s: the next may come in 6 s.' } })
    expect((await ask(1)).status).toBe(404)
    emulator.clock.move(6_000)
    expect([(await ask(0)).status, (await ask(0)).status]).toEqual([200, 429])
    expect((await emulator.eventsOf('request.refused')).map(({ who, status }) => [who, status])).toEqual([
      ['bot1', 429],
      ['bot2', 404],
      ['bot1', 429],
    ])
  })

  test('the method that is taken stands in the answer to another', async () => {
    await using door = await open({ bots })
    const response = await door.ask(`/webhooks/${door.emulator.world.account?.bots[0]?.providerId}/${token}`)
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  test('a flood of refusals is recorded in part, with one warning, and each is answered', async () => {
    await using door = await open({ bots })
    const { emulator } = door
    const flood = async (count: number) => {
      for (let at = 0; at < count; at += 1) expect((await door.ask(`/webhooks/somebody/guess-${at}`, { method: 'POST' })).status).toBe(401)
    }
    await flood(50)
    expect([(await emulator.eventsOf('request.refused')).length, (await emulator.eventsOf('warning.raised')).length]).toEqual([20, 1])
    emulator.clock.move(500)
    await flood(5)
    expect([(await emulator.eventsOf('request.refused')).length, (await emulator.eventsOf('warning.raised')).length]).toEqual([20, 1])
    emulator.clock.move(1_000)
    await flood(21)
    expect([(await emulator.eventsOf('request.refused')).length, (await emulator.eventsOf('warning.raised')).length]).toEqual([40, 2])
  })
})

test.each(doors.slice(0, 2))("another's address is not ours to refuse, %s", async (_, open) => {
  await using door = await open({ bots })
  const response = await door.ask('/webhooks/somebody', { method: 'POST' })
  expect([response.status, response.headers.get('x-jivo-dev')]).toEqual([404, 'no-route'])
  expect(await door.emulator.eventsOf('request.refused')).toEqual([])
})
