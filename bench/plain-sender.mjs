// The yardstick for deliveries: sends the bodies of a file, a line each, as fast as a hand-written HTTP/1.1 client can,
// over as many connections as the emulator uses, one request at a time on each. No journal, no parsing, no retries.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'

const [port, path, connections] = process.argv.slice(2)
const bodies = readFileSync(path, 'utf8').trim().split('\n')
let next = 0

for (let number = 0; number < Number(connections); number += 1) {
  const socket = connect(Number(port), '127.0.0.1')
  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  const send = () => {
    const body = bodies[next]
    if (body === undefined) return socket.end()
    next += 1
    const length = Buffer.byteLength(body)
    socket.write(`POST /jivo HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`)
  }
  let rest = ''
  socket.on('data', text => {
    rest += text
    const head = rest.indexOf('\r\n\r\n')
    if (head === -1) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(rest.slice(0, head + 2))?.[1] ?? 0)
    if (rest.length < head + 4 + length) return
    rest = ''
    send()
  })
  socket.once('connect', send)
}
