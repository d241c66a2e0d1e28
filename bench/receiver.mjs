// What takes the webhooks of every row: a server on node:http written as most are, which collects a body, parses it, looks at
// its event and answers ok. Says its port on stdout, and then, once COUNT bodies had come, the milliseconds from the first to
// the last. Bodies for /warm-up do not count.
import { createServer } from 'node:http'

const count = Number(process.argv[2])
let received = 0
let began = 0

const server = createServer(async (request, response) => {
  const isWarmUp = request.url === '/warm-up'
  if (began === 0 && !isWarmUp) began = performance.now()
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const { event_name: event } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  response.statusCode = typeof event === 'string' ? 200 : 400
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ result: 'ok' }))
  if (isWarmUp) return
  received += 1
  if (received === count) process.stdout.write(`${performance.now() - began}\n`)
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
