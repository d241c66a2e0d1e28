import type { Context, Hono } from 'hono'
import { bundleLocales, type WidgetConfig, type WidgetStatus, widgetIdPattern } from '../../contracts/widget-loading.js'
import type { Assets } from '../assets.js'
import { settingsOf } from '../page-view.js'
import type { World } from '../world/world.js'
import { refuse, route } from './answers.js'

interface WidgetDeps {
  readonly world: Readonly<World>
  readonly assets: Assets
  /** Answers with a file of the build. */
  readonly send: (c: Context, name: string, headers: Record<string, string>, change?: (body: string) => string) => Promise<Response>
}

/** Any page may have all of this. */
const forAnyPage = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }

const bundleFolder = '/script/bundle'

/** What Jivo's `code.…` hosts serve: the loader, its config and status, and the bundle. Paths as seen in real pages and in Jivo's loader. */
export const widgetRoutes = (app: Hono, { world, assets, send }: WidgetDeps): void => {
  const loader = (c: Context) => {
    const given = c.req.param('id')
    const id = cutId(given)
    if (given !== undefined && !widgetIdPattern.test(id)) {
      return c.body(`console.error(${JSON.stringify(`Widget id is not valid: ${id || '(empty)'}. It has 10 letters and digits, or digits only.`)})`, 200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        ...forAnyPage,
      })
    }
    // The id is baked in: a script that a page injects later may not find its own tag. `/widget.js` has it on the tag.
    const settings = JSON.stringify({ id, host: new URL(c.req.url).host, siteId: world.account?.siteId ?? '' })
    return send(c, 'widget/loader.js', forAnyPage, script => `(()=>{const __JIVO_DEV__=${settings};\n${script}\n})()`)
  }
  for (const path of ['/widget.js', '/widget/:id', '/script/widget/:id', '/script/geo-widget/:id']) route(app, path, { GET: loader })

  // The bundle fetches it as a module, which any page may have only if told so.
  route(app, '/widget/:id/more.js', { GET: c => send(c, 'widget/more.js', forAnyPage) })

  route(app, '/script/widget/config/:id', {
    GET: async c => {
      const id = cutId(c.req.param('id'))
      if (!widgetIdPattern.test(id)) return refuse(c, 404, { code: 'widget-id', message: `Widget id is not valid: ${id || '(empty)'}.` })
      const { host } = new URL(c.req.url)
      const bundle = (await assets(`widget/bundle_${bundleLocales.en}.js`))?.body ?? ''
      return c.json(configOf(world, id, host, checksum(bundle)), 200, { ...forAnyPage, 'Cache-Control': 'no-cache' })
    },
  })

  route(app, '/widget/status/:site/:id', {
    GET: c => c.json(statusOf(world), 200, { ...forAnyPage, ...statusHeaders(world), 'Cache-Control': 'no-store' }),
  })

  route(app, `${bundleFolder}/js/:file`, { GET: c => send(c, `widget/${c.req.param('file')}`, forAnyPage) })
}

/** Real pages ask for `/script/widget/ID}` and worse: Jivo's loader cuts the id at the first other character. */
const cutId = (given: string | undefined): string => /^[A-Za-z0-9]*/.exec(given ?? '')?.[0] ?? ''

const configOf = (world: World, id: string, host: string, build: number): WidgetConfig => {
  const { boot, status, language, colors } = settingsOf(world, id)
  return {
    widget_id: id,
    site_id: world.account?.siteId ?? '',
    base_url: `//${host}`,
    bundle_folder: bundleFolder,
    build_number: build,
    config_updated_ts: world.accountChangedAt,
    comet: { host },
    enable_bundle_wait: boot === 'lazy',
    bundle_delay: typeof boot === 'number' ? boot : 0,
    isDeleted: status === 'deleted',
    host_blacklist: status === 'blocked' ? ['*'] : [],
    hide_offline: 0,
    locale: language,
    widget_color: colors[0] ?? '',
  }
}

const statusOf = ({ account, accountChangedAt }: World): WidgetStatus => ({
  agents: account == null || account.mode === 'offline' ? [] : account.agents.map(({ id }) => id),
  premium: true,
  bots: [],
  maintenance: false,
  config_updated_ts: accountChangedAt,
})

/** `X-BotMode: yes` is seen in Jivo's loader; that it speaks of a chat bot, which this account does not have, is a guess. */
const statusHeaders = ({ account }: World): Record<string, string> => {
  const { country_code = '', region = '', city = '' } = account?.place.geoip ?? {}
  const geo = [country_code, region, city].map(part => (part ?? '').replace(/[^\x20-\x3a\x3c-\x7e]/g, '')).join(';')
  return { 'X-BotMode': 'no', 'X-GeoIP': geo, 'Access-Control-Expose-Headers': 'X-BotMode, X-GeoIP' }
}

/** A number that changes with the text: FNV-1a. */
const checksum = (text: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
