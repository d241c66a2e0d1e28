// What takes the webhooks of every row: a plain node:http server that parses each body, checks its event and answers ok. Says
// its port on stdout, and then, once COUNT bodies had come, the milliseconds from the first to the last.
import { createServer } from 'node:http'

const count = Number(process.argv[2])
const ok = '{"result":"ok"}'
let received = 0
let began = 0

const server = createServer((request, response) => {
  if (received === 0 && began === 0) began = performance.now()
  let text = ''
  request.setEncoding('utf8')
  request.on('data', part => {
    text += part
  })
  request.on('end', () => {
    const isWebhook = typeof JSON.parse(text).event_name === 'string'
    response.writeHead(isWebhook ? 200 : 400, { 'content-type': 'application/json', 'content-length': ok.length })
    response.end(ok)
    received += 1
    if (received === count) process.stdout.write(`${performance.now() - began}\n`)
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
