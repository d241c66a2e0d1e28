import { tell } from './tell.mjs'

await tell(async (url, body) => {
  const response = await fetch(url, body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body })
  return { status: response.status, text: await response.text() }
})
