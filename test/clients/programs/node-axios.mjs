import axios from 'axios'
import { tell } from './tell.mjs'

const headers = { 'content-type': 'application/json; charset=utf-8' }
await tell(async (url, body) => {
  const { status, data } = await (body === undefined ? axios.get(url, { responseType: 'text' }) : axios.post(url, body, { headers }))
  return { status, text: data }
})
