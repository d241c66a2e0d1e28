import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createResponseReader, ProtocolError } from '../../src/transports/http/response-reader.js'

const limit = 1_000

/** What is read of an answer that comes in these pieces, and then the connection ends. */
const read = (...pieces: readonly (string | Buffer)[]) => {
  const reader = createResponseReader(limit)
  let isWhole = false
  for (const piece of pieces) {
    if (isWhole) break
    isWhole = reader.push(Buffer.from(piece as string, 'latin1'))
  }
  const isWholeAtEnd = isWhole || reader.end()
  return {
    isWhole,
    isWholeAtEnd,
    status: reader.status(),
    headers: reader.headers(),
    body: reader.body().toString('latin1'),
    isReusable: reader.isReusable(),
    isTruncated: reader.isTruncated(),
  }
}

const ok = 'HTTP/1.1 200 OK\r\n'

test('an answer with a length is whole when so many bytes have come', () => {
  expect(read(`${ok}Content-Length: 2\r\nX-A: 1\r\nX-A: 2\r\n\r\n{}`)).toMatchObject({
    isWhole: true,
    status: 200,
    headers: { 'content-length': '2', 'x-a': ['1', '2'] },
    body: '{}',
    isReusable: true,
  })
  expect(read(`${ok}Content-Length: 3\r\n\r\n{}`)).toMatchObject({ isWhole: false, isWholeAtEnd: false })
})

test('an answer in chunks is put together, extensions and trailers are passed over', () => {
  const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n4;a=b\r\nwiki\r\nA \r\npedia in\r\n\r\n0\r\nX-Sum: 1\r\n\r\n`
  expect(read(chunked)).toMatchObject({ isWhole: true, body: 'wikipedia in\r\n', isReusable: true })
})

test('an answer without a length goes on to the end of the connection', () => {
  expect(read(`${ok}\r\nabc`, 'def')).toMatchObject({ isWhole: false, isWholeAtEnd: true, body: 'abcdef', isReusable: false })
})

test('interim answers are passed over', () => {
  expect(read('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100\r\n\r\n', `${ok}Content-Length: 1\r\n\r\nx`)).toMatchObject({
    status: 200,
    body: 'x',
    headers: { 'content-length': '1' },
  })
})

test.each([204, 304])('status %s has no body', status => {
  expect(read(`HTTP/1.1 ${status} None\r\nContent-Length: 5\r\n\r\n`)).toMatchObject({ isWhole: true, body: '', isReusable: true })
})

test('a body over the limit is cut there, and the connection is used up', () => {
  for (const head of [`${ok}Content-Length: 5000\r\n\r\n`, `${ok}\r\n`, `${ok}Transfer-Encoding: chunked\r\n\r\n1388\r\n`]) {
    expect(read(head, 'x'.repeat(700), 'x'.repeat(700))).toMatchObject({ isWhole: true, isTruncated: true, isReusable: false, body: 'x'.repeat(limit) })
  }
})

test.each([
  ['a close', `${ok}Connection: close\r\nContent-Length: 1\r\n\r\nx`, false],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx', false],
  ['HTTP/1.0 that keeps alive', 'HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\nx', true],
  ['bytes that nobody asked for', `${ok}Content-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n\r\n`, false],
  ['the same length twice', `${ok}Content-Length: 1\r\nContent-Length: 1\r\n\r\nx`, true],
])('after %s the connection can carry another request or not', (_, answer, isReusable) => {
  expect(read(answer)).toMatchObject({ isWhole: true, body: 'x', isReusable })
})

test.each([
  ['another protocol', '220 mail.example ESMTP\r\n', 'its answer begins with "220 mail.example ESMTP"'],
  ['HTTP/2', 'HTTP/2 200\r\n\r\n', 'its answer begins with "HTTP/2 200"'],
  ['a folded header', `${ok}X-A: 1\r\n 2\r\n\r\n`, '" 2" is not a header'],
  ['a header without a colon', `${ok}X-A\r\n\r\n`, '"X-A" is not a header'],
  ['a space before the colon', `${ok}Content-Length : 1\r\n\r\nx`, '"Content-Length : 1" is not a header'],
  ['two lengths', `${ok}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`, 'its content-length is "1, 2"'],
  ['two lengths in one header', `${ok}Content-Length: 1, 2\r\n\r\nxx`, 'its content-length is "1, 2"'],
  ['a negative length', `${ok}Content-Length: -1\r\n\r\n`, 'its content-length is "-1"'],
  ['a length in hexadecimal digits', `${ok}Content-Length: 0x1\r\n\r\nx`, 'its content-length is "0x1"'],
  ['an unknown transfer coding', `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n`, 'it uses the transfer coding "gzip, chunked"'],
  ['a chunk without a size', `${ok}Transfer-Encoding: chunked\r\n\r\nx\r\n`, '"x" is not the size of a chunk'],
  ['a chunk that is longer than it says', `${ok}Transfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n`, 'a chunk of its answer is longer than it says'],
  ['a switch of protocols', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n', 'it wants to switch protocols'],
  ['endless headers', `${ok}X-A: ${'x'.repeat(20_000)}`, 'its headers are longer than 16384 bytes'],
  ['an endless line', `${ok}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(5_000)}`, 'a line between the chunks of its answer does not end'],
])('%s is no answer', (_, bytes, message) => {
  expect(() => read(bytes)).toThrow(ProtocolError)
  expect(() => read(bytes)).toThrow(message)
})

test('any answer in any pieces reads as in one', () => {
  const body = fc.string({ unit: 'binary-ascii', maxLength: 300 })
  const chunks = fc.array(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 50 }), { maxLength: 6 })
  const answer = fc.oneof(
    body.map(text => `${ok}Content-Length: ${text.length}\r\n\r\n${text}`),
    body.map(text => `${ok}Content-Type: text/plain\r\n\r\n${text}`),
    chunks.map(parts => `${ok}Transfer-Encoding: chunked\r\n\r\n${parts.map(part => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`),
  )
  fc.assert(
    fc.property(answer, fc.array(fc.nat({ max: 600 }), { maxLength: 20 }), (text, cuts) => {
      const places = [0, ...cuts.filter(cut => cut < text.length).sort((a, b) => a - b), text.length]
      const pieces = places.slice(1).map((end, index) => text.slice(places[index], end))
      expect({ ...read(...pieces), isWhole: null }).toEqual({ ...read(text), isWhole: null })
    }),
  )
})

test('any bytes at all are an answer, the beginning of one, or a protocol error', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), fc.boolean(), (pieces, begins) => {
      try {
        read(...(begins ? [Buffer.from(ok)] : []), ...pieces.map(piece => Buffer.from(piece)))
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError)
      }
    }),
  )
})
