import type { Context, Hono } from 'hono'
import type { Assets } from '../assets.js'
import type { World } from '../world/world.js'
import { refuse, route } from './answers.js'
import { widgetRoutes } from './widget.js'

interface SiteDeps {
  readonly world: Readonly<World>
  readonly assets: Assets
}

/** Nothing but our own files: no inline script, no frame around us, nothing from another host. */
const ownPagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

/** As strict as the console; beside that the widget has a frame and sounds of its own. */
const playgroundPolicy = `${ownPagePolicy.replace("media-src 'self'", "media-src 'self' data:")}; frame-src 'self'`

/**
 * The shop stands for somebody's own site: it also runs the widget, which styles its own elements, opens a connection, and
 * shows what a bot or an agent sends from a server of theirs.
 */
const shopPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: http: https:; media-src 'self' data: http: https:; connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'"

/** What a browser asks for: the shop page, the console, and the widget. */
export const siteRoutes = (app: Hono, { world, assets }: SiteDeps): void => {
  const send = async (c: Context, name: string, headers: Record<string, string>, change = (body: string) => body) => {
    const asset = await assets(name)
    if (asset === undefined) {
      const code = name.endsWith('.html') || name.startsWith('widget/') ? 'not-built' : 'not-found'
      return refuse(c, 404, { code, message: code === 'not-built' ? `${name} is not in the build; run "npm run build".` : `There is no ${c.req.path}.` })
    }
    return c.body(change(asset.body), 200, { 'Content-Type': asset.type, 'Cache-Control': 'no-cache', ...headers })
  }

  const withWidget = (c: Context) => (html: string) => html.replaceAll('{{widget}}', `//${new URL(c.req.url).host}/widget/${firstWidgetId(world)}`)
  route(app, '/', { GET: c => send(c, 'shop/index.html', { 'Content-Security-Policy': shopPolicy }, withWidget(c)) })
  route(app, '/shop/:file', { GET: c => send(c, `shop/${c.req.param('file')}`, {}) })

  const consolePage = (c: Context) => send(c, 'console/index.html', { 'Content-Security-Policy': ownPagePolicy, 'X-Frame-Options': 'DENY' })
  route(app, '/console', { GET: consolePage })
  route(app, '/playground', {
    GET: c => send(c, 'playground/index.html', { 'Content-Security-Policy': playgroundPolicy, 'X-Frame-Options': 'DENY' }, withWidget(c)),
  })
  route(app, '/playground/:file', { GET: c => send(c, `playground/${c.req.param('file')}`, { 'Cross-Origin-Resource-Policy': 'same-origin' }) })
  route(app, '/console/:file', { GET: c => send(c, `console/${c.req.param('file')}`, { 'Cross-Origin-Resource-Policy': 'same-origin' }) })

  widgetRoutes(app, { world, assets, send })
}

const firstWidgetId = (world: World) => world.account?.channels[0]?.publicId ?? ''
