import { type AddressInfo, createServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'

/** A developer's server that breaks below HTTP, where a library would not let it. */
export interface RawReceiver extends AsyncDisposable {
  readonly url: string
  /** Requests so far. */
  readonly count: () => number
}

/** Starts a server that hears of every request, in full, with its number from 1, and writes what it likes. */
export const startRawReceiver = async (answer: (socket: Socket, number: number) => void): Promise<RawReceiver> => {
  const sockets = new Set<Socket>()
  let count = 0
  const server = createServer(socket => {
    sockets.add(socket)
    let heard = ''
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', chunk => {
      heard += chunk.toString('latin1')
      const [head = '', body] = heard.split('\r\n\r\n')
      if (body === undefined || body.length < Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0)) return
      heard = ''
      count += 1
      answer(socket, count)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jivo`,
    count: () => count,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

/** An answer with its length, byte for byte. */
const whole = (body: Buffer | string, { status = '200 OK', type = 'application/json', headers = '' } = {}) => {
  const bytes = Buffer.from(body)
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status}\r\n${type === '' ? '' : `content-type: ${type}\r\n`}${headers}content-length: ${bytes.length}\r\n\r\n`),
    bytes,
  ])
}

const windows1251 = (text: string) =>
  Buffer.from([...text].map(letter => (/[а-яА-Я]/.test(letter) ? letter.charCodeAt(0) - 0x410 + 0xc0 : letter.charCodeAt(0))))

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])

const ok = '{"result":"ok"}'
const refusal = '{"result":"заказ не найден"}'

/** Ways in which servers, and what stands before them, break. */
export const brokenReceivers = {
  resets: socket => socket.resetAndDestroy(),
  closes: socket => socket.end(),
  resetsInTheMiddle: socket => {
    socket.write(whole(ok).subarray(0, -5), () => socket.resetAndDestroy())
  },
  closesInTheMiddle: socket => socket.end(whole(ok).subarray(0, -5)),
  closesBetweenChunks: socket => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"res\r\n'),
  dribbles: socket => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n')
    const timer = setInterval(() => socket.write('1\r\n \r\n'), 10)
    socket.on('close', () => clearInterval(timer))
  },
  answersOnlyWithHead: socket => socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n'),
  neverAnswers: () => {},
  failsOnce: (socket, number) => socket.write(number === 1 ? whole('<h1>Busy</h1>', { status: '500 Internal Server Error', type: 'text/html' }) : whole(ok)),
  page: socket => socket.write(whole('<!doctype html>\n<title>Sign in</title>\n<form></form>', { type: 'text/html; charset=utf-8' })),
  huge: socket => socket.write(whole(`{"result":"ok","filling":"${'x'.repeat(1024 * 1024)}"}`)),
  utf16Declared: socket => socket.write(whole(utf16(ok), { type: 'application/json; charset=utf-16' })),
  utf16: socket => socket.write(whole(utf16(ok))),
  windows1251Declared: socket => socket.write(whole(windows1251(refusal), { type: 'application/json; charset=windows-1251' })),
  windows1251: socket => socket.write(whole(windows1251(refusal))),
  byteOrderMark: socket => socket.write(whole(`\ufeff${ok}`)),
  compressed: socket => socket.write(whole(gzipSync(ok), { headers: 'content-encoding: gzip\r\n' })),
  redirects: socket => socket.write(whole('', { status: '301 Moved Permanently', type: '', headers: 'location: https://shop.example/jivo/\r\n' })),
  empty: socket => socket.write(whole('', { type: '' })),
  noContent: socket => socket.write('HTTP/1.1 204 No Content\r\n\r\n'),
  cutJson: socket => socket.write(whole('{"result":"ok","custom_data":[{"title":"Ord')),
  text: socket => socket.write(whole('ok', { type: 'text/plain' })),
  list: socket => socket.write(whole('[{"result":"ok"}]')),
  null: socket => socket.write(whole('null')),
  otherProtocol: socket => socket.write('220 mail.example ESMTP\r\n'),
  garbage: socket => socket.write(Buffer.from([0, 1, 2, 3, 255, 13, 10])),
  badLength: socket => socket.write('HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n'),
  // One socket answers the first request twice; a client that pairs by order would take the second for the next request.
  answersTwice: socket => socket.write(Buffer.concat([whole(ok), whole('{"result":"twice"}')])),
} as const satisfies Record<string, (socket: Socket, number: number) => void>
