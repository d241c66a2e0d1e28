import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'

/** The browser that `npm test` found. Tests run alone look in the usual place. */
const executablePath = process.env.JIVO_DEV_CHROMIUM ?? '/usr/bin/chromium'

/** Nothing goes out by itself: no updates, no look-ups of Google's hosts. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (more: readonly string[] = []): Promise<Browser> => chromium.launch({ executablePath, args: [...args, ...more] })

/** A person's browser: its own storage, English unless told otherwise. */
export const newPerson = (browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> =>
  browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 }, ...options })

/** What a page said in its console or threw, for tests to look at. */
export const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  return complaints
}

/** Notes every callback of the Widget API with its arguments, as a page that defines them all would see it. */
export const watchCallbacks = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const names = [
      'LoadCallback',
      'Open',
      'Close',
      'ChangeState',
      'MessageSent',
      'ClientStartChat',
      'Introduction',
      'Accept',
      'MessageReceived',
      'CallStart',
      'CallEnd',
      'ResizeCallback',
    ]
    const target = window as unknown as Record<string, unknown>
    const calls: unknown[] = []
    target.calls = calls
    for (const name of names) {
      const note = (...args: unknown[]) => {
        const api = target.jivo_api as { getContactInfo: () => unknown } | undefined
        calls.push([`jivo_on${name}`, ...args, ...(name === 'Introduction' ? [api?.getContactInfo()] : [])])
      }
      // The shop assigns its own; both are called, as pages do that chain the previous one.
      let own: unknown
      Object.defineProperty(target, `jivo_on${name}`, {
        configurable: true,
        get:
          () =>
          (...all: unknown[]) => {
            note(...all)
            if (typeof own === 'function') own(...all)
          },
        set: value => {
          own = value
        },
      })
    }
  })
}

/** Goes to a page with the widget, and resolves when that is loaded; its callbacks are noted. */
export const openShop = async (page: Page, url: string): Promise<void> => {
  await watchCallbacks(page)
  await page.goto(url)
  await callbackOf(page, 'jivo_onLoadCallback')
}

/** A picture of a hundred points. */
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGPgKXmKBzGMSuNAAKNVkRHyTVKzAAAAAElFTkSuQmCC', 'base64')

/** Pastes that picture into a field, as a file `pasted.png`. */
export const pastePicture = (field: Locator): Promise<void> =>
  field.evaluate(
    (element, bytes) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([new Uint8Array(bytes)], 'pasted.png', { type: 'image/png' }))
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    },
    [...png],
  )

/** Resolves when a callback has been called. */
export const callbackOf = async (page: Page, name: string): Promise<void> => {
  while (!(await callbacksOf(page)).some(([called]) => called === name)) await page.evaluate(() => new Promise(requestAnimationFrame))
}

/** The callbacks so far. */
export const callbacksOf = (page: Page): Promise<unknown[][]> => page.evaluate(() => (window as unknown as { calls: unknown[][] }).calls)

/** The rules that the page breaks for people with a screen reader or a keyboard, by axe-core. */
export const axe = async (page: Page): Promise<string[]> => {
  const { source } = (await import('axe-core')).default
  await page.evaluate(source)
  return page.evaluate(async () => {
    // Half way from one colour to another there is no contrast to judge.
    await Promise.allSettled(document.getAnimations().flatMap(animation => (animation instanceof CSSTransition ? [animation.finished] : [])))
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
}
