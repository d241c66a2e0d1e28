// node posting.mjs PORT FILE CONNECTIONS COUNT WARM: a hand-written client. FILE has the path in its first line and a body in
// each of the others, sent in turn; every answer must be 200. The first WARM answers do not count. Prints the milliseconds that
// the COUNT after them took, and the 99th percentile of their times.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'

const [port, file, connections, count, warm] = process.argv.slice(2).map((value, at) => (at === 1 ? value : Number(value)))
const [path, ...bodies] = readFileSync(file, 'utf8').trim().split('\n')
const requests = bodies.map(body =>
  Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  ),
)
const times = new Float64Array(count)
let sent = 0
let done = 0
let began = 0

const ask = () => {
  const socket = connect(port, '127.0.0.1', next)
  let at = 0
  let text = ''
  function next() {
    if (sent === warm + count) return socket.end()
    at = performance.now()
    socket.write(requests[sent % requests.length])
    sent += 1
  }
  socket.setNoDelay(true).on('data', data => {
    text += data.latin1Slice()
    const head = text.indexOf('\r\n\r\n')
    if (head === -1) return
    const length = /^content-length: *(\d+)/im.exec(text.slice(0, head))?.[1]
    // Where no length is told, the chunks end with an empty one.
    if (length === undefined ? !text.endsWith('0\r\n\r\n') : text.length < head + 4 + Number(length)) return
    if (!text.startsWith('HTTP/1.1 200')) {
      process.stderr.write(`answered with ${text.slice(0, 500)}\n`)
      process.exit(1)
    }
    text = ''
    if (done >= warm) times[done - warm] = performance.now() - at
    done += 1
    if (done === warm) began = performance.now()
    if (done === warm + count) {
      const took = performance.now() - began
      times.sort()
      process.stdout.write(`${JSON.stringify({ took, p99: times[Math.floor(count * 0.99)] })}\n`)
    }
    next()
  })
}
for (let connection = 0; connection < connections; connection += 1) ask()
