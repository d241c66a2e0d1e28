import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from '../helpers/browser.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'
import { startReceiver } from '../helpers/receiver.js'

let browser: Browser
let context: BrowserContext
beforeAll(async () => {
  browser = await openBrowser()
  context = await newPerson(browser)
})
afterAll(() => browser.close())

const html = (text: string) => (response: import('node:http').ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end(text)
}

test('a page of another origin can neither read nor drive the emulator, nor open its streams', async () => {
  using folder = temporaryFolder()
  await using evil = await startReceiver(html('<!doctype html><title>evil</title>'))
  await using emulator = await emulate([], folder.path)
  const page = await context.newPage()
  // The same site with another port, and another name for the same machine.
  for (const origin of [evil.url, evil.url.replace('127.0.0.1', 'localhost')]) {
    await page.goto(origin)
    const loot = await page.evaluate(async base => {
      const attempt = async (name: string, steal: () => Promise<unknown>) => [name, await steal().catch(error => `blocked: ${error.name ?? error}`)] as const
      const event = (target: EventTarget, good: string, bad: string) =>
        new Promise((resolve, reject) => {
          target.addEventListener(good, () => resolve('open'))
          target.addEventListener(bad, () => reject(new Error('refused')))
        })
      const attempts = [
        attempt('state', async () => (await fetch(`${base}_dev/state`)).text()),
        attempt('state without CORS', async () => (await (await fetch(`${base}_dev/state`, { mode: 'no-cors' })).text()) || 'blocked: empty'),
        attempt('console', async () => (await fetch(`${base}console`)).text()),
        attempt('fire', async () =>
          (await fetch(`${base}_dev/fire`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"callback":"jivo_onOpen"}' })).text(),
        ),
        attempt(
          'fire as a form',
          async () =>
            (await (await fetch(`${base}_dev/fire`, { method: 'POST', mode: 'no-cors', body: '{"callback":"jivo_onOpen"}' })).text()) || 'blocked: empty',
        ),
        attempt('a file as the agent', async () =>
          (await fetch(`${base}_dev/files?name=a`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: 'x' })).text(),
        ),
        attempt('events', () => event(new EventSource(`${base}_dev/events`), 'open', 'error')),
        attempt('a WebSocket on a control route', () => event(new WebSocket(`${base.replace('http', 'ws')}_dev/events`), 'open', 'error')),
        attempt('a script tag', () => {
          const script = document.createElement('script')
          script.src = `${base}console/console.js`
          document.head.append(script)
          return event(script, 'load', 'error')
        }),
      ]
      return Promise.all(attempts)
    }, emulator.url)
    for (const [name, outcome] of loot) expect([name, outcome]).toEqual([name, expect.stringMatching(/^blocked/)])
  }
  const events = await (await fetch(`${emulator.url}_dev/events`)).text()
  expect(events).not.toContain('callback.requested')
  await page.close()
})

test('the console cannot be put into a frame', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  await using evil = await startReceiver(html(`<!doctype html><iframe src="${emulator.url}console"></iframe>`))
  const page = await context.newPage()
  await page.goto(evil.url)
  expect(await page.frames()[1]?.evaluate(() => document.body?.textContent ?? '')).not.toContain('Nothing has happened yet')
  await page.close()
})

test('any site may have the widget, with the snippet as the banner prints it', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  const { host } = new URL(emulator.url)
  await using site = await startReceiver(
    html(`<!doctype html><html lang="en"><title>Own site</title><body><p>Hi</p><script src="//${host}/widget/${emulator.widgetId}" async></script>`),
  )
  const page = await context.newPage()
  await page.goto(site.url)
  await page.getByRole('button', { name: 'Ask us, we are online' }).click()
  await page.getByRole('textbox', { name: 'Write a message' }).fill('From another site')
  await page.keyboard.press('Enter')
  await page.getByText('I answer by myself').waitFor()
  await emulator.says('"text":"From another site"')
  expect(emulator.output.stdout).toContain(site.url)
  await page.close()
})
