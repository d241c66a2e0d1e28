import got from 'got'
import { tell } from './tell.mjs'

await tell(async (url, body) => {
  const options = { retry: { limit: 0 } }
  const { statusCode, body: text } = await (body === undefined
    ? got(url, options)
    : got.post(url, { ...options, body, headers: { 'content-type': 'application/json; charset=utf-8' } }))
  return { status: statusCode, text }
})
