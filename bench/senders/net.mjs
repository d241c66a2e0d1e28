// node net.mjs PORT FILE CONNECTIONS [PATH]: the yardstick, a hand-written HTTP/1.1 client. Sends the bodies of a file, a line each,
// one at a time on each connection, and checks every answer: status 200, JSON, result ok. No journal, no report, no retries.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'

const [port, path, connections, url = '/jivo'] = process.argv.slice(2)
const bodies = readFileSync(path, 'utf8').trim().split('\n')
// The same bytes as ours: "the same sends".
const head = `POST ${url} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: keep-alive\r\nuser-agent: jivo-dev/0.1.0\r\ncontent-type: application/json; charset=utf-8\r\n`
let next = 0
let passed = 0

for (let number = 0; number < Number(connections); number += 1) {
  const socket = connect(Number(port), '127.0.0.1')
  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  const send = () => {
    const body = bodies[next]
    if (body === undefined) return socket.end()
    next += 1
    const length = Buffer.byteLength(body)
    socket.write(`${head}content-length: ${length}\r\n\r\n${body}`)
  }
  let rest = ''
  socket.on('data', text => {
    rest += text
    const head = rest.indexOf('\r\n\r\n')
    if (head === -1) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(rest.slice(0, head + 2))?.[1] ?? 0)
    if (rest.length < head + 4 + length) return
    if (rest.startsWith('HTTP/1.1 200 ') && JSON.parse(rest.slice(head + 4, head + 4 + length)).result === 'ok') passed += 1
    rest = ''
    send()
  })
  socket.once('connect', send)
}
process.on('exit', () => {
  if (passed !== bodies.length) process.exitCode = 1
})
