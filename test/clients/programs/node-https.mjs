import { Agent, request } from 'node:https'
import { tell } from './tell.mjs'

const agent = new Agent({ keepAlive: true })
await tell(
  (url, body) =>
    new Promise((resolve, reject) => {
      const options = body === undefined ? { agent } : { agent, method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' } }
      const asked = request(url, options, response => {
        let text = ''
        response.setEncoding('utf8').on('data', part => {
          text += part
        })
        response.on('end', () => resolve({ status: response.statusCode, text }))
      })
      asked.on('error', reject)
      asked.end(body)
    }),
)
agent.destroy()
