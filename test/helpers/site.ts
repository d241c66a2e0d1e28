import type { Browser, BrowserContext, Page } from 'playwright-core'
import { newPerson } from './browser.js'
import { emulate, temporaryFolder } from './cli.js'
import { type Receiver, startReceiver } from './receiver.js'

/** A page as somebody wrote it, on another origin than the emulator. */
export interface Setting extends AsyncDisposable {
  readonly site: Receiver
  readonly context: BrowserContext
  /** Host and port of the emulator. */
  readonly host: string
  readonly id: string
  readonly emulator: Awaited<ReturnType<typeof emulate>>
  /** What all pages said in their consoles, and the errors that nobody caught. */
  readonly said: string[]
  readonly open: (path?: string) => Promise<Page>
  readonly settings: (widget: object) => Promise<void>
}

/** An emulator and a site. `html` gets the emulator's host and the widget id. */
export const openSite = async (
  browser: Browser,
  html: (host: string, id: string) => string,
  flags: readonly string[] = [],
  headers: (host: string) => Record<string, string> = () => ({}),
) => {
  const folder = temporaryFolder()
  const emulator = await emulate(['--agents', 'manual', ...flags], folder.path)
  const { host } = new URL(emulator.url)
  const { widgetId: id } = emulator
  const site = await startReceiver((response, { path }) => {
    if (path.endsWith('.ico')) return void response.writeHead(204).end()
    if (path.endsWith('/never')) return
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers(host) })
      .end(`<!doctype html><html lang="en"><title>Site</title><body>${html(host, id)}`)
  })
  const context = await newPerson(browser)
  const said: string[] = []
  context.on('console', message => said.push(message.text()))
  context.on('weberror', error => said.push(error.error().message))
  const setting: Setting = {
    site,
    context,
    host,
    id,
    emulator,
    said,
    open: async (path = '/') => {
      const page = await context.newPage()
      await page.goto(new URL(path, site.url).href)
      return page
    },
    settings: async widget => {
      const url = `${emulator.url}_dev/channels/3948/widget`
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(widget) })
      if (!response.ok) throw new Error(`${url}: ${await response.text()}`)
    },
    [Symbol.asyncDispose]: async () => {
      await context.close()
      await site[Symbol.asyncDispose]()
      await emulator[Symbol.asyncDispose]()
      folder[Symbol.dispose]()
    },
  }
  return setting
}

export interface Globals {
  jivo_api?: {
    getVisitorNumber: (then: (error: unknown, number: number) => void) => void
    open: () => void
    sendMessage: (contacts: object, text: string) => void
  }
  jivo_config?: { chat_mode: string; widget_id: string; hide_offline: number; base_url: string }
  [name: string]: unknown
}

declare const window: Globals & typeof globalThis.window

export const ready = (page: Page) => page.waitForFunction(() => document.querySelector('body > jdiv #jcont') !== null && window.jivo_api !== undefined)

/** The log that the page keeps in `window.log`. */
export const logOf = (page: Page) => page.evaluate(() => window.log as unknown[])

export const logHas = (page: Page, entry: string) => page.waitForFunction(wanted => (window.log as unknown[] | undefined)?.includes(wanted), entry)

export const visitorNumber = (page: Page) =>
  page.evaluate(() => new Promise<number>(resolve => window.jivo_api?.getVisitorNumber((_, number) => resolve(number))))

export const says = async ({ said }: Setting, page: Page, text: string) => {
  while (!said.some(line => line.includes(text))) await page.evaluate(() => new Promise(requestAnimationFrame))
}

export const asyncTag = (host: string, id: string) => `<script src="//${host}/widget/${id}" async></script>`
