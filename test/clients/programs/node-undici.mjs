import { Agent, request } from 'undici'
import { tell } from './tell.mjs'

const dispatcher = new Agent({ connections: 2 })
await tell(async (url, body) => {
  const { statusCode, body: answer } = await request(
    url,
    body === undefined ? { dispatcher } : { dispatcher, method: 'POST', body, headers: { 'content-type': 'application/json; charset=utf-8' } },
  )
  return { status: statusCode, text: await answer.text() }
})
await dispatcher.close()
