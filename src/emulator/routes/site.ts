import type { Context, Hono } from 'hono'
import type { Assets } from '../assets.js'
import type { World } from '../world/world.js'
import { refuse, route } from './answers.js'

interface SiteDeps {
  readonly world: Readonly<World>
  readonly assets: Assets
}

/** Nothing but our own files: no inline script, no frame around us, nothing from another host. */
const ownPagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

/**
 * The shop stands for somebody's own site: it also runs the widget, which styles its own elements, opens a connection, and
 * shows what a bot or an agent sends from a server of theirs.
 */
const shopPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: http: https:; media-src 'self' data: http: https:; connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'"

/** What a browser asks for: the shop page, the console, and the widget's script. */
export const siteRoutes = (app: Hono, { world, assets }: SiteDeps): void => {
  const send = async (c: Context, name: string, headers: Record<string, string>, change = (body: string) => body) => {
    const asset = await assets(name)
    if (asset === undefined) {
      const code = name.endsWith('.html') || name.endsWith('widget.js') ? 'not-built' : 'not-found'
      return refuse(c, 404, { code, message: code === 'not-built' ? `${name} is not in the build; run "npm run build".` : `There is no ${c.req.path}.` })
    }
    return c.body(change(asset.body), 200, { 'Content-Type': asset.type, 'Cache-Control': 'no-cache', ...headers })
  }

  route(app, '/', {
    GET: c =>
      send(c, 'shop/index.html', { 'Content-Security-Policy': shopPolicy }, html =>
        html.replaceAll('{{widget}}', `//${new URL(c.req.url).host}/widget/${firstWidgetId(world)}`),
      ),
  })
  route(app, '/shop/:file', { GET: c => send(c, `shop/${c.req.param('file')}`, {}) })

  const consolePage = (c: Context) => send(c, 'console/index.html', { 'Content-Security-Policy': ownPagePolicy, 'X-Frame-Options': 'DENY' })
  route(app, '/console', { GET: consolePage })
  route(app, '/console/:file', { GET: c => send(c, `console/${c.req.param('file')}`, { 'Cross-Origin-Resource-Policy': 'same-origin' }) })

  const widget = (c: Context) => {
    // Real pages ask for `/script/widget/ID}` and worse: Jivo's loader cuts the id at the first other character.
    const id = /^[A-Za-z0-9]*/.exec(c.req.param('id') ?? '')?.[0] ?? ''
    const headers = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }
    if (!/^(\d+|[A-Za-z0-9]{10})$/.test(id)) {
      return c.body(`console.error(${JSON.stringify(`Widget id is not valid: ${id || '(empty)'}. It has 10 letters and digits, or digits only.`)})`, 200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        ...headers,
      })
    }
    // The id is baked in: a script that a page injects later cannot find its own tag.
    const config = JSON.stringify({ id, host: new URL(c.req.url).host, siteId: world.account?.siteId ?? '' })
    return send(c, 'widget/widget.js', headers, script => `(()=>{const __JIVO_DEV__=${config};\n${script}\n})()`)
  }
  // The widget fetches it as a module, which any page may have only if told so.
  route(app, '/widget/:id/more.js', {
    GET: c => send(c, 'widget/more.js', { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }),
  })
  route(app, '/widget/:id', { GET: widget })
  route(app, '/script/widget/:id', { GET: widget })
}

const firstWidgetId = (world: World) => world.account?.channels[0]?.publicId ?? ''
