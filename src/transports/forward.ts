import { forwardedFrom } from '../emulator/forwarded.js'
import type { Ask } from './fetch-send.js'

/**
 * Passes requests for Jivo's hosts on to a running emulator.
 *
 * @throws TypeError for an address that is none
 */
export const forwardTo = (emulator: string, ask: Ask): Ask => {
  if (!URL.canParse(emulator)) throw new TypeError(`jivo-dev: emulator is not an address: expected http://127.0.0.1:7410, got ${JSON.stringify(emulator)}.`)
  return async request => {
    const { pathname, search, origin } = new URL(request.url)
    const headers = new Headers(request.headers)
    headers.set(forwardedFrom, origin)
    const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.arrayBuffer()
    try {
      return await ask(new Request(new URL(pathname + search, emulator), { method: request.method, headers, body, redirect: 'manual' }))
    } catch (error) {
      throw new Error(`jivo-dev: no emulator answers at ${emulator} for ${request.method} ${request.url}. Start it:  jivo-dev emulate`, { cause: error })
    }
  }
}
