// The least that takes webhooks: answers each request with ok and says on stdout when a row of COUNT had come in whole.
import { createServer } from 'node:net'

const count = Number(process.argv[2])
const answer = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{"result":"ok"}'
let received = 0
let began = 0

const server = createServer(socket => {
  let rest = ''
  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  socket.on('data', text => {
    rest += text
    for (;;) {
      const head = rest.indexOf('\r\n\r\n')
      if (head === -1) return
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(rest.slice(0, head + 2))?.[1] ?? 0)
      if (rest.length < head + 4 + length) return
      rest = rest.slice(head + 4 + length)
      if (received === 0) began = performance.now()
      received += 1
      socket.write(answer)
      if (received === count) process.stdout.write(`${performance.now() - began}\n`)
    }
  })
  socket.on('error', () => {})
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
