/**
 * `jivo-dev/msw`: Jivo's own hosts, answered in tests that use msw, in Node and in a browser.
 *
 * @module
 */
import { bypass, type HttpHandler } from 'msw'
import { type Jivo, openJivo } from './library/jivo.js'
import type { JivoOptions } from './library/options.js'
import { type Ask, fetchSend } from './transports/fetch-send.js'
import { forwardTo } from './transports/forward.js'
import { handlersFor } from './transports/msw.js'

export type { Event, EventOf, FactType } from './contracts/journal.js'
export type { Addresses, From, Jivo, Written } from './library/jivo.js'
export type { JivoOptions } from './library/options.js'
export type { Ask } from './transports/fetch-send.js'

export interface MswOptions extends JivoOptions {
  /**
   * How Jivo reaches your bot, your receiver of webhooks, your chat server: the `fetch` of your app takes the request without a
   * port. The global `fetch` unless told otherwise, so that your own handlers see what Jivo sends.
   */
  readonly fetch?: Ask
}

export interface MswJivo extends Jivo {
  /** For `setupServer` and `setupWorker`. What Jivo's hosts have no route for falls through to the handlers after these. */
  readonly handlers: readonly HttpHandler[]
}

/**
 * A fake Jivo in this process or page, which answers `https://bot.jivosite.com`, `https://wh.jivosite.com` and the rest by msw.
 *
 * @example
 * const jivo = await createJivo({ bot: 'https://bot.example/jivo' })
 * const server = setupServer(...jivo.handlers)
 */
export const createJivo = async ({ fetch = request => globalThis.fetch(request), ...options }: MswOptions = {}): Promise<MswJivo> => {
  const jivo = await openJivo(options, {
    send: fetchSend(fetch, Date.now),
    assets: async () => undefined,
    origins: { widget: 'https://code.jivosite.com', bot: 'https://bot.jivosite.com', chat: 'https://wh.jivosite.com' },
  })
  return { ...jivo, handlers: handlersFor({ fetch: request => (isScript(request) ? noRoute() : jivo.fetch(request)) }) }
}

/** The scripts of the widget: they need a WebSocket and the files of the build, which `jivo-dev emulate` has. */
const isScript = ({ url }: Request) => /^\/(widget(\.js|\/[^/]+(\/more\.js)?)|script\/(?!widget\/config\/).*)$/.test(new URL(url).pathname)

const noRoute = () => new Response(null, { status: 404, headers: { 'x-jivo-dev': 'no-route' } })

/**
 * Handlers that pass what is meant for Jivo on to a running emulator, whose console then shows it.
 *
 * @example
 * const server = setupServer(...jivoHandlers({ emulator: 'http://127.0.0.1:7410' }))
 */
export const jivoHandlers = ({ emulator }: { readonly emulator: string }): HttpHandler[] =>
  handlersFor({ fetch: forwardTo(emulator, request => fetch(bypass(request))) })
