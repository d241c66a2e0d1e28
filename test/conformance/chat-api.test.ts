import { describe, expect, test } from 'vitest'
import { eventSchema, type Fact } from '../../src/contracts/journal.js'
import { doors } from '../helpers/doors.js'
import { until } from '../helpers/emulator.js'

/** What a customer's server is answered, and what the journal has of it then. */

const text = { type: 'text', id: 'm-2', text: 'My parcel is late' }
const ada = { id: 'u-31', name: 'Ada' }
const hi = { sender: ada, message: text }
const message = (value: object) => ({ sender: ada, message: value })
const sender = (value: object) => ({ sender: { ...ada, ...value }, message: text })
const file = 'https://app.test/files/a%20b.png?size=1'

interface Row {
  /** What is sent, as JSON where it is no text. */
  readonly sent?: unknown
  readonly method?: string
  /** Null for none. */
  readonly type?: string | null
  readonly path?: (channel: string) => string
  readonly isStrict?: boolean
  readonly mode?: 'manual' | 'offline'
  readonly status: number
  /** The answer, or a part of it where it is a refusal. */
  readonly says: string
  /** Path of the field that the refusal names. */
  readonly field?: string
  /** Facts that follow, in order: of the request itself, not of the deliveries that it causes. */
  readonly facts: readonly Fact['type'][]
}

const taken = (...facts: Fact['type'][]): Pick<Row, 'status' | 'says' | 'facts'> => ({ status: 200, says: '{"result":"ok"}', facts })
const refused = (status: number, says: string, field = ''): Pick<Row, 'status' | 'says' | 'field' | 'facts'> => ({
  status,
  says,
  field,
  facts: ['request.refused'],
})
const is = (says: string): Row => ({ method: 'GET', path: channel => `/any/${channel}/status`, status: 200, says, facts: [] })
const preflight: Row = { method: 'OPTIONS', status: 204, says: '', facts: [] }

const rows: Record<string, Row> = {
  'a text': { sent: hi, ...taken('message.sent') },
  'a text under another first part': { sent: hi, path: channel => `/-/${channel}`, ...taken('message.sent') },
  'a text, strict': { sent: hi, isStrict: true, ...taken('message.sent') },
  'a text without an id': { sent: message({ type: 'text', text: 'Hi' }), ...taken('message.sent') },
  'a text of somebody new': { sent: { sender: { id: 'u-32' }, message: text }, ...taken('visitor.appeared', 'chat.started', 'message.sent') },
  'a text of somebody new without a name': {
    sent: { sender: { id: 'u-32', name: '  ', photo: ' ', email: null }, message: text },
    ...taken('visitor.appeared', 'chat.started', 'message.sent'),
  },
  'new contacts': { sent: sender({ email: 'ada@mail.test', phone: '7 900 5550111' }), ...taken('contacts.given', 'message.sent') },
  'a page that is no address': { sent: sender({ url: 'shop mobile' }), ...taken('visitor.moved', 'message.sent') },
  'a page with its title': { sent: sender({ url: 'https://app.test/help', title: 'Help' }), ...taken('visitor.moved', 'message.sent') },
  'a card': { sent: sender({ crm_link: 'https://crm.test/7', group: 'Sales', custom_data: 'Gold' }), ...taken('card.changed', 'message.sent') },
  'an unknown meaning': { sent: sender({ diff: { a: [1] } }), ...taken('message.sent') },
  'a recipient': { sent: { ...hi, recipient: { id: '6001' } }, ...taken('message.sent') },
  'a greeting in the midst of a chat': { sent: sender({ invite: 'Need a hand?' }), ...taken('message.sent') },
  'a photo': { sent: message({ type: 'photo', file, thumb: file, width: 1, height: 1 }), ...taken('message.sent') },
  'a sticker': { sent: message({ type: 'sticker', file }), ...taken('message.sent') },
  'a video': { sent: message({ type: 'video', file, text: 'Look' }), ...taken('message.sent') },
  'an audio': { sent: message({ type: 'audio', file, mime_type: 'audio/ogg', file_size: 12 }), ...taken('message.sent') },
  'a document': { sent: message({ type: 'document', file, file_name: 'label.pdf' }), ...taken('message.sent') },
  'a place': { sent: message({ type: 'location', latitude: -90, longitude: 180, title: 'Pole' }), ...taken('message.sent') },
  'a choice that answers nothing': { sent: message({ type: 'keyboard', keyboard: [{ id: 1, text: 'Tea' }] }), ...taken('message.sent', 'warning.raised') },
  typing: { sent: message({ type: 'typein' }), ...taken('typing.changed') },
  'typing with its text': { sent: message({ type: 'typein', text: 'My par' }), ...taken('typing.changed') },
  'no more typing while nobody types': { sent: message({ type: 'typeout' }), ...taken() },
  'a receipt for nothing': { sent: message({ type: 'seen', id: 'nothing' }), ...taken('warning.raised') },
  'a good rating': { sent: message({ type: 'rate', value: 0.5 }), ...taken('chat.rated') },
  'a bad rating': { sent: message({ type: 'rate', value: -1 }), ...taken('chat.rated') },
  'a declined rating': { sent: message({ type: 'rate', value: 0 }), ...taken() },
  'a start while a chat is open': { sent: message({ type: 'start' }), ...taken('warning.raised') },
  'a start of somebody new': { sent: { sender: { id: 'u-32' }, message: { type: 'start' } }, ...taken('visitor.appeared', 'chat.started') },
  'a stop': { sent: message({ type: 'stop' }), ...taken('chat.finished') },
  'a stop of somebody new': { sent: { sender: { id: 'u-32' }, message: { type: 'stop' } }, ...taken('visitor.appeared', 'warning.raised') },

  'an id that was there with another text': { sent: message({ ...text, id: 'm-1' }), ...taken('message.sent', 'warning.raised') },
  'the same message at once': { sent: message({ type: 'text', id: 'm-1', text: 'Hello' }), ...taken('warning.raised') },
  'a number for the id of the sender': {
    sent: { sender: { id: 17 }, message: text },
    ...taken('visitor.appeared', 'chat.started', 'message.sent', 'warning.raised'),
  },
  'a number for the id of the sender, strict': { sent: { sender: { id: 17 }, message: text }, isStrict: true, ...refused(400, 'the number 17', 'sender.id') },
  'fields that nobody knows': { sent: message({ ...text, timestamp: 1_754_000_000_000, suggests: [] }), ...taken('message.sent', 'warning.raised') },
  'fields that nobody knows, strict': { sent: { ...hi, app: 1 }, isStrict: true, ...taken('message.sent', 'warning.raised') },
  'null where nothing is': { sent: message({ ...text, date: null, title: null }), ...taken('message.sent', 'warning.raised') },
  milliseconds: { sent: message({ ...text, date: 1_754_000_000_000 }), ...taken('message.sent', 'warning.raised') },
  'JSON without a charset': { sent: hi, type: 'application/json', ...taken('message.sent', 'warning.raised') },
  'JSON that says it is a text': { sent: hi, type: 'text/plain;charset=UTF-8', ...taken('message.sent', 'warning.raised') },
  'JSON that says nothing': { sent: hi, type: null, ...taken('message.sent', 'warning.raised') },
  'JSON without a charset, strict': { sent: hi, type: 'application/json', isStrict: true, ...refused(415, 'Content-Type is application/json') },
  'JSON that says it is a text, strict': { sent: hi, type: 'text/plain', isStrict: true, ...refused(415, 'Content-Type is text/plain') },

  'another channel': { sent: hi, path: () => '/any/abcdefghij', ...refused(404, 'channel_not_found: No channel') },
  'the channel of the site': { sent: hi, path: () => '/any/mAg88Rlsa9', ...refused(404, 'channel_not_found') },
  'another method': { sent: hi, method: 'PUT', ...refused(405, 'PUT is not for this address; use POST') },
  'a text put together by hand': { sent: '{"sender":{"id":"1"},"message":{"type":"text","text":"say "hi""}}', ...refused(400, 'not valid JSON') },
  'no body': { sent: '', ...refused(400, 'not valid JSON') },
  'brackets without end': { sent: '['.repeat(100_000), ...refused(400, 'nested more than 32') },
  'a list': { sent: [hi], ...refused(400, 'The body is [{"sender"') },
  null: { sent: 'null', ...refused(400, 'The body is null: expected an object') },
  'a text alone': { sent: '"hi"', ...refused(400, 'The body is "hi"') },
  'no sender': { sent: { message: text }, ...refused(400, 'sender is missing', 'sender') },
  'a sender without an id': {
    sent: { sender: { name: 'Ada' }, message: text },
    ...refused(400, 'sender.id is missing: expected a text of 1 to 255', 'sender.id'),
  },
  'an empty id': { sent: sender({ id: '' }), ...refused(400, 'sender.id is ""', 'sender.id') },
  'an id that is too long': { sent: sender({ id: 'x'.repeat(256) }), ...refused(400, 'sender.id is "xxx', 'sender.id') },
  'an id with a fraction': { sent: sender({ id: 0.5 }), ...refused(400, 'sender.id is 0.5', 'sender.id') },
  'a number for a name': { sent: sender({ name: 5 }), ...refused(400, 'sender.name is 5', 'sender.name') },
  'no message': { sent: { sender: ada }, ...refused(400, 'message is missing', 'message') },
  'no type': { sent: message({ text: 'Hi' }), ...refused(400, 'message.type is missing: expected one of text, photo', 'message.type') },
  'a type in capitals': { sent: message({ ...text, type: 'TEXT' }), ...refused(400, 'message.type is "TEXT"', 'message.type') },
  '__proto__ for a type': { sent: message({ ...text, type: '__proto__' }), ...refused(400, 'message.type is "__proto__"', 'message.type') },
  'no text': { sent: message({ type: 'text', text: '' }), ...refused(400, 'message.text is ""', 'message.text') },
  'null for a text': { sent: message({ type: 'text', text: null }), ...refused(400, 'message.text is null', 'message.text') },
  'a text that is too long': { sent: message({ ...text, text: 'x'.repeat(10_001) }), ...refused(400, 'message.text is "xxx', 'message.text') },
  'a photo without a file': { sent: message({ type: 'photo' }), ...refused(400, 'message.file is missing', 'message.file') },
  'a file that is no web address': { sent: message({ type: 'photo', file: 'javascript:alert(1)' }), ...refused(400, 'begins with http', 'message.file') },
  'a place beyond the poles': {
    sent: message({ type: 'location', latitude: 91, longitude: 0 }),
    ...refused(400, 'message.latitude is 91', 'message.latitude'),
  },
  'eight keys': {
    sent: message({ type: 'keyboard', keyboard: Array(8).fill({ text: 'Tea' }) }),
    ...refused(400, 'message.keyboard is [', 'message.keyboard'),
  },
  'a key without a text': { sent: message({ type: 'keyboard', keyboard: [{ id: 1 }] }), ...refused(400, 'message.keyboard.0.text', 'message.keyboard.0.text') },
  'a receipt without an id': { sent: message({ type: 'seen' }), ...refused(400, 'message.id is missing', 'message.id') },
  'a rating without a value': { sent: message({ type: 'rate' }), ...refused(400, 'message.value is missing', 'message.value') },
  'more than a mebibyte': { sent: message({ ...text, text: 'x'.repeat(1024 * 1024) }), ...refused(413, 'longer than 1048576 bytes') },
  '__proto__ for a name of a field': {
    sent: '{"sender":{"id":"__proto__","__proto__":{"name":"Eve"}},"message":{"type":"text","text":"Hi","constructor":1}}',
    ...taken('visitor.appeared', 'chat.started', 'message.sent', 'warning.raised'),
  },

  'the status while somebody is online': is('1'),
  'the status while nobody is': { ...is('0'), mode: 'offline' },
  'the status of another channel': { method: 'GET', path: () => '/any/abcdefghij/status', ...refused(404, 'channel_not_found') },
  'a status that is written': { sent: hi, path: channel => `/any/${channel}/status`, ...refused(405, 'use GET') },

  'the question of a browser': preflight,
  'the question of a browser for the status': { ...preflight, path: channel => `/any/${channel}/status` },
}

describe.each(doors)('%s', (_, open) => {
  test.each(Object.entries(rows))(
    '%s',
    async (_, { sent, method = 'POST', type = 'application/json; charset=utf-8', path, isStrict = false, mode = 'manual', ...row }) => {
      await using door = await open({ channels: [{ type: 'chat-api' }], isStrict, mode, webhook: null })
      const { emulator } = door
      const channel = emulator.world.account?.channels[1]?.publicId ?? ''
      const ask = async (at: string, init: RequestInit = {}) => {
        const response = await door.ask(at, init)
        return { response, text: await response.text() }
      }
      const begin = { sender: ada, message: { type: 'text', id: 'm-1', text: 'Hello' } }
      const json = { 'content-type': 'application/json; charset=utf-8' }
      await ask(`/any/${channel}`, { method: 'POST', headers: json, body: JSON.stringify(begin) })
      const { seq } = emulator.world
      const { response, text: says } = await ask(path?.(channel) ?? `/any/${channel}`, {
        method,
        // Bytes have no type of their own, unlike a text.
        ...(sent === undefined ? {} : { body: new TextEncoder().encode(typeof sent === 'string' ? sent : JSON.stringify(sent)) }),
        headers: type === null ? {} : { 'content-type': type },
      })
      const own = (await emulator.events()).filter(event => event.seq > seq)
      expect({ status: response.status, says, facts: own.map(event => event.type) }).toEqual({
        status: row.status,
        says: row.field === undefined ? row.says : expect.stringContaining(row.says),
        facts: row.facts,
      })
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      if (row.status !== 204 && row.says !== '{"result":"ok"}') expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
      for (const event of own) {
        if (event.type === 'request.refused') expect(event).toMatchObject({ api: 'chat-api', status: row.status, field: row.field })
        if (event.type === 'warning.raised') expect(event).toMatchObject({ code: 'chat-api', source: 'Chat API' })
      }
      expect(own.flatMap(event => eventSchema.safeParse(event).error?.issues ?? [])).toEqual([])
      expect(emulator.errors).toEqual([])
    },
  )

  test('a refusal names the channel by its digits, and where the rule comes from', async () => {
    await using door = await open({ channels: [{ type: 'chat-api' }], mode: 'manual' })
    const [, { id, publicId } = { id: '', publicId: '' }] = door.emulator.world.account?.channels ?? []
    await door.ask(`/any/${publicId}`, { method: 'POST', body: JSON.stringify(message({ type: 'location', latitude: 91, longitude: 0 })) })
    await until(async () => (await door.emulator.eventsOf('request.refused')).length === 1)
    expect(await door.emulator.eventsOf('request.refused')).toMatchObject([
      { who: id, code: 'invalid_request', source: 'an independent implementation of the interface' },
    ])
  })

  test('a service in trouble takes no message', async () => {
    await using door = await open({ channels: [{ type: 'chat-api' }], mode: 'manual', refuseWith: 503 })
    const response = await door.ask(`/any/${door.emulator.world.account?.channels[1]?.publicId}`, { method: 'POST', body: JSON.stringify(hi) })
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('--refuse-with 503')])
    expect(door.emulator.world.chats).toEqual({})
  })

  test('more requests than the limit are put off with the time to wait', async () => {
    await using door = await open({ channels: [{ type: 'chat-api' }], mode: 'manual', rateLimit: { requests: 1, seconds: 10 } })
    const publicId = door.emulator.world.account?.channels[1]?.publicId
    const ask = () => door.ask(`/any/${publicId}`, { method: 'POST', body: JSON.stringify(hi) })
    expect((await ask()).status).toBe(200)
    const late = await ask()
    expect([late.status, late.headers.get('retry-after')]).toEqual([429, '10'])
    door.emulator.clock.move(10_000)
    expect((await ask()).status).toBe(200)
  })
})

const [, overHttp] = doors[1] ?? []

test.each(['/_dev/abcdefghij', '/console/abcdefghij', '/any/abcdefghij', '/any/abcdefghi', '/any/abcdefghijk', '/any/abcdefghij/stop'])(
  '%s is still no route of ours for a GET, and any other origin is told nothing',
  async path => {
    await using door = await (overHttp as NonNullable<typeof overHttp>)()
    const response = await door.ask(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  },
)
