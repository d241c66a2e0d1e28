import type { Browser, BrowserContext, Page, WebSocket } from 'playwright-core'
import type { Event, EventOf, FactType } from '../../src/contracts/journal.js'
import type { World } from '../../src/emulator/world/world.js'
import { newPerson } from './browser.js'
import { emulate, temporaryFolder } from './cli.js'
import { askAt, eventsAt, requestAt, stateAt } from './control.js'
import { type Receiver, startReceiver } from './receiver.js'

/** A site with the widget, the emulator behind it, and the server that gets its webhooks. */
export interface Stage extends AsyncDisposable {
  readonly url: string
  readonly receiver: Receiver
  /** Address of the site, another origin than the emulator's. */
  readonly site: string
  /** Somebody new opens a page of the site; or the same browser, one more tab. */
  readonly visit: (options?: { path?: string; before?: string; context?: BrowserContext }) => Promise<Visit>
  readonly events: () => Promise<Event[]>
  readonly world: () => Promise<World>
  /** Posts to a route under `/_dev`, as the console does. */
  readonly request: (path: string, body?: object) => Promise<Response>
  /** The same, and rejects with the answer's text when it is not 2xx. */
  readonly ask: (path: string, body?: object) => Promise<Response>
  readonly setWidget: (widget: object) => Promise<void>
  /** Stops the emulator and starts it again on the same port and folder; `meanwhile` runs between. */
  readonly restart: (meanwhile?: () => Promise<void>) => Promise<void>
}

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  readonly visitor: number
  /** Calls a method of `jivo_api` on the page. */
  readonly call: (method: string, ...args: unknown[]) => Promise<unknown>
  /** Resolves when the widget's connection is gone. */
  readonly lost: () => Promise<void>
  /** Every callback so far, with its arguments. */
  readonly callbacks: () => Promise<unknown[][]>
  /** Resolves when a callback was called so often. */
  readonly called: (name: string, times?: number) => Promise<unknown[]>
  /** Resolves with the first event of this visitor that fits, or with the one that makes so many. */
  readonly event: <Type extends FactType>(type: Type, fits?: (event: EventOf<Type>) => boolean, times?: number) => Promise<EventOf<Type>>
  /** The visitor's events of a type so far. */
  readonly eventsOf: <Type extends FactType>(type: Type) => Promise<EventOf<Type>[]>
  /** What the account knows of the visitor. */
  readonly known: () => Promise<World['visitors'][number]>
}

/** Notes every callback under any name that begins with jivo_on, and the `jivo_onX` that the page itself defines. */
const noteCallbacks = `
  window.calls = []
  for (const name of ['LoadCallback', 'Open', 'Close', 'ChangeState', 'MessageSent', 'ClientStartChat', 'Introduction', 'Accept', 'MessageReceived', 'CallStart', 'CallEnd', 'ResizeCallback', 'WidgetDestroy'])
    window['jivo_on' + name] = (...args) => { calls.push(['jivo_on' + name, ...args]) }
`

export const openStage = async (browser: Browser, args: readonly string[] = []): Promise<Stage> => {
  const folder = temporaryFolder()
  const receiver = await startReceiver()
  const begin = (port: string) => emulate(['--webhook', receiver.url, '--port', port, ...args], folder.path)
  let emulator = await begin('0')
  const url = emulator.url
  const { host, port } = new URL(url)
  const site = await startReceiver((response, { path }) => {
    const before = new URL(path, 'http://site').searchParams.get('before') ?? ''
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(
      `<!doctype html><html lang="en"><title>Site</title><script>${noteCallbacks}</script><script>${before}</script><body><p>Site</p><script src="//${host}/widget/${emulator.widgetId}" async></script>`,
    )
  })
  const origin = new URL(site.url).origin
  const contexts: BrowserContext[] = []

  const events = () => eventsAt(url)
  const world = () => stateAt(url)
  const ask: Stage['ask'] = (path, body) => askAt(url, path, body)

  const isOf = (event: Event, visitor: number, pages: ReadonlySet<string>) =>
    ('visitor' in event && event.visitor === visitor) || ('page' in event && event.page !== undefined && pages.has(event.page))

  const visit: Stage['visit'] = async ({ path = '/', before = '', context: given } = {}) => {
    const context = given ?? (await newPerson(browser))
    if (given === undefined) contexts.push(context)
    const page = await context.newPage()
    let socket: WebSocket | undefined
    page.on('websocket', opened => {
      socket = opened
    })
    const address = new URL(path, origin)
    if (before !== '') address.searchParams.set('before', before)
    await page.goto(address.href)
    await page.waitForFunction(() => 'jivo_api' in window)
    const number = () =>
      page.evaluate(
        () =>
          new Promise<number>(resolve => {
            const { jivo_api: api } = window as unknown as { jivo_api: { getVisitorNumber: (callback: (error: unknown, number: number) => void) => void } }
            api.getVisitorNumber((_, found) => resolve(found))
          }),
      )
    const visitor = await number()
    const eventsOf: Visit['eventsOf'] = async type => {
      const all = await events()
      const pages = new Set(all.flatMap(event => (event.type === 'page.opened' && event.visitor === visitor ? [event.page] : [])))
      return all.filter(event => event.type === type && isOf(event, visitor, pages)) as never
    }
    const callbacks = () => page.evaluate(() => (window as unknown as { calls: unknown[][] }).calls)
    return {
      page,
      context,
      visitor,
      call: (method, ...values) =>
        page.evaluate(
          ([name, list]) =>
            (window as unknown as { jivo_api: Record<string, (...args: unknown[]) => unknown> }).jivo_api[name as string]?.(...(list as unknown[])),
          [method, values] as const,
        ),
      lost: async () => {
        if (socket?.isClosed() === false) await socket.waitForEvent('close')
      },
      callbacks,
      called: async (name, times = 1) => {
        await page.waitForFunction(
          ([wanted, count]) => (window as unknown as { calls: unknown[][] }).calls.filter(([one]) => one === wanted).length >= (count as number),
          [name, times] as const,
        )
        return (await callbacks()).filter(([one]) => one === name)[times - 1] ?? []
      },
      event: async (type, fits = () => true, times = 1) => {
        for (;;) {
          const { output, child } = emulator
          const length = output.stdout.length
          const found = (await eventsOf(type)).filter(fits)[times - 1]
          if (found !== undefined) return found
          // Every event is a line of stdout: nothing new there, nothing new here.
          if (output.stdout.length === length) await new Promise(resolve => child.stdout.once('data', resolve))
        }
      },
      eventsOf,
      known: async () => (await world()).visitors[visitor] as World['visitors'][number],
    }
  }

  return {
    url,
    receiver,
    site: origin,
    visit,
    events,
    world,
    request: (path, body) => requestAt(url, path, body),
    ask,
    setWidget: async widget => {
      const { account } = await world()
      await ask(`channels/${account?.channels[0]?.publicId}/widget`, widget)
    },
    restart: async (meanwhile = async () => {}) => {
      emulator.child.kill('SIGTERM')
      await emulator.finished
      await meanwhile()
      emulator = await begin(port)
    },
    [Symbol.asyncDispose]: async () => {
      for (const context of contexts) await context.close()
      await emulator[Symbol.asyncDispose]()
      await site[Symbol.asyncDispose]()
      await receiver[Symbol.asyncDispose]()
      folder[Symbol.dispose]()
    },
  }
}
