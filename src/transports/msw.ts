import { type HttpHandler, http } from 'msw'
import { jivoHosts } from '../emulator/guard.js'
import type { Ask } from './fetch-send.js'

/** The part of an emulator that answers requests. */
export interface Answering {
  readonly fetch: Ask
}

/**
 * Handlers for msw that answer Jivo's own hosts with an emulator, so that unit tests need no port.
 *
 * What the emulator has no route for falls through to the handlers after these. Its own pages and control routes are not
 * Jivo's and are not answered here.
 */
export const handlersFor = (emulator: Answering): HttpHandler[] =>
  jivoHosts.map(host =>
    http.all(`https://${host}/*`, async ({ request }) => {
      const { pathname } = new URL(request.url)
      if (isOurs(pathname)) return undefined
      const response = await emulator.fetch(request)
      return response.headers.get('x-jivo-dev') === 'no-route' ? undefined : response
    }),
  )

const isOurs = (path: string) => /^\/($|(_dev|console|playground|shop)(\/|$))/.test(path)
