import { Hono } from 'hono'
import type { Assets } from './assets.js'
import type { FileStore } from './files.js'
import { answerError, refuse } from './routes/answers.js'
import { botRoutes } from './routes/bot.js'
import { chatRoutes } from './routes/chat.js'
import { type ControlDeps, controlRoutes } from './routes/control.js'
import { fileRoutes } from './routes/files.js'
import { type LoginDeps, shopLoginRoute } from './routes/shop-login.js'
import { siteRoutes } from './routes/site.js'

export interface AppDeps extends ControlDeps, Pick<LoginDeps, 'get'> {
  readonly assets: Assets
  readonly files: FileStore
  /** Hears of failures that are not the caller's: our bugs, a journal that cannot be written. */
  readonly report: (error: unknown) => void
}

/** The fake Jivo as one fetch-style app: the same behind a socket, behind msw and in a test. */
export const createApp = (deps: AppDeps): { readonly fetch: (request: Request) => Response | Promise<Response> } => {
  const everything = appOf(deps, app => {
    // Said before there is an answer: afterwards it would have to be made anew.
    app.use((c, next) => {
      c.header('X-Content-Type-Options', 'nosniff')
      c.header('Referrer-Policy', 'no-referrer')
      return next()
    })
    controlRoutes(app, deps)
    fileRoutes(app, deps)
    shopLoginRoute(app, deps)
    siteRoutes(app, deps)
    // Its addresses begin with anything: whatever is ours comes before.
    chatRoutes(app, deps)
  })
  // Bots speak a thousand times as often as anybody else: they need not be looked for among all routes.
  const bots = appOf(deps, app => botRoutes(app, deps))
  return { fetch: request => (isOfBots(request.url) ? bots : everything).fetch(request) }
}

const appOf = ({ report }: AppDeps, addRoutes: (app: Hono) => void): Hono => {
  const app = new Hono()
  addRoutes(app)
  app.notFound(c => {
    // Tells a route that is not there from a thing that is not there: behind msw, others may answer the former.
    c.header('X-Jivo-Dev', 'no-route')
    return refuse(c, 404, { code: 'not-found', message: `There is no ${c.req.method} ${c.req.path}.` })
  })
  app.onError(answerError(report))
  return app
}

const isOfBots = (url: string): boolean => url.startsWith('/webhooks/', url.indexOf('/', url.indexOf('://') + 3))
