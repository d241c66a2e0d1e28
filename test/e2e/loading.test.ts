import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../helpers/browser.js'
import { emulate } from '../helpers/cli.js'
import { asyncTag, type Globals, logHas, logOf, openSite, ready, says } from '../helpers/site.js'

/** When the widget starts, in which language, and when it stays away. */

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

declare const window: Globals & typeof globalThis.window

test('the widget waits until the page has loaded, but not in a browser that has had the bundle', async () => {
  const endless = '<script>if (location.search) document.write(\'<img src="/never">\')</script>'
  await using setting = await openSite(browser, (host, id) => `${endless}${asyncTag(host, id)}`)
  const waiting = await setting.context.newPage()
  await waiting.goto(new URL('/?endless', setting.site.url).href, { waitUntil: 'domcontentloaded' })
  await waiting.waitForFunction(() => window.jivo_config !== undefined)
  expect(await waiting.evaluate(() => [document.readyState, document.querySelector('script.js-jivo-bundle')])).toEqual(['interactive', null])
  await ready(await setting.open())
  await waiting.reload({ waitUntil: 'domcontentloaded' })
  await ready(waiting)
  expect(await waiting.evaluate(() => document.readyState)).toBe('interactive')
})

test('jivo_init before the config is warned of and harmless; jivo_destroy then keeps the widget away', async () => {
  await using setting = await openSite(
    browser,
    (host, id) => `<script>var log = []; function jivo_onLoadCallback() { log.push('load') }</script><script src="//${host}/widget/${id}"></script>
      <script>jivo_init()</script>`,
  )
  const page = await setting.open()
  await says(setting, page, 'jivo_init() was called before the config')
  await logHas(page, 'load')
  expect(await logOf(page)).toEqual(['load'])

  const another = await setting.context.newPage()
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  await another.route('**/script/widget/config/**', async route => {
    await held
    await route.continue()
  })
  await another.goto(setting.site.url)
  await another.evaluate(() => (window.jivo_destroy as () => void)())
  const status = another.waitForResponse('**/widget/status/**')
  release()
  await (await status).finished()
  await another.evaluate(() => new Promise(requestAnimationFrame))
  expect(await another.evaluate(() => [window.jivo_config, document.querySelector('script.js-jivo-bundle')])).toEqual([undefined, null])
})

test('a page has the bundle in its language, and a channel with one language has that', async () => {
  await using setting = await openSite(browser, (host, id) => `<script>document.documentElement.lang = location.search.slice(1)</script>${asyncTag(host, id)}`)
  const label = async (path: string) => {
    const page = await setting.open(path)
    await ready(page)
    const src = await page.locator('script.js-jivo-bundle').getAttribute('src')
    return [/bundle_(\w+)\.js/.exec(src ?? '')?.[1], await page.locator('#jvlabelWrap').innerText()]
  }
  expect(await label('/?ru-RU')).toEqual(['ru_RU', 'Напишите нам, мы онлайн'])
  expect(await label('/?de')).toEqual(['en_US', 'Ask us, we are online'])
  await setting.settings({ language: 'ru' })
  expect(await label('/?de')).toEqual(['ru_RU', 'Напишите нам, мы онлайн'])
})

test('a newer config is loaded, four times at most in a row, and maintenance keeps the widget away', async () => {
  await using setting = await openSite(browser, asyncTag)
  const page = await setting.context.newPage()
  const asked: string[] = []
  page.on('request', request => {
    if (request.url().includes('/config/')) asked.push(new URL(request.url()).search)
  })
  const status = (config_updated_ts: number, code = 200) => ({
    status: code,
    headers: { 'access-control-allow-origin': '*' },
    json: { agents: [], premium: true, bots: [], maintenance: false, config_updated_ts },
  })
  let answers = [status(9e12), status(0)]
  await page.route('**/widget/status/**', route => route.fulfill(answers.shift() ?? status(9e12)))
  await page.goto(setting.site.url)
  await ready(page)
  expect(asked).toEqual(['', '?v=9000000000000'])

  answers = []
  asked.length = 0
  await page.reload()
  await says(setting, page, 'the config changes faster than it loads')
  expect(asked).toHaveLength(4)

  answers = [status(0, 480)]
  await page.reload()
  await says(setting, page, 'closed for maintenance')
  expect(await page.evaluate(() => document.querySelector('script.js-jivo-bundle'))).toBeNull()
})

test('a browser without WebSocket is told so, and nothing else happens', async () => {
  await using setting = await openSite(browser, (host, id) => `<script>delete window.WebSocket</script>${asyncTag(host, id)}`)
  const page = await setting.open()
  await says(setting, page, 'Not supported browser')
  expect(await page.evaluate(() => window.jivo_magic_var)).toBeUndefined()
})

test.each(['scroll', 'mousemove'] as const)('a lazy widget starts at the first %s, and after a chat at once', async event => {
  await using setting = await openSite(browser, (host, id) => `<div style="height:5000px"></div>${asyncTag(host, id)}`, ['--widget-boot', 'lazy'])
  const page = await setting.context.newPage()
  await page.clock.install()
  await page.goto(setting.site.url)
  await page.waitForFunction(() => window.jivo_config !== undefined)
  expect(await page.evaluate(() => document.querySelector('script.js-jivo-bundle, body > jdiv'))).toBeNull()
  if (event === 'scroll') await page.evaluate(() => window.scrollTo(0, 300))
  else await page.mouse.move(40, 40)
  await ready(page)
  await page.evaluate(() => window.jivo_api?.open())
  await page.getByRole('textbox', { name: 'Write a message' }).fill('Hello')
  await page.keyboard.press('Enter')
  await page.waitForFunction(key => JSON.parse(localStorage.getItem(key) ?? '{}').isChatStarted, `jv_loader_info_${setting.id}`)

  const next = await setting.context.newPage()
  await next.clock.install()
  await next.goto(setting.site.url)
  await ready(next)
})

test('a lazy widget that is destroyed before it came stays away until jivo_init', async () => {
  await using setting = await openSite(browser, asyncTag, ['--widget-boot', 'lazy'])
  const page = await setting.context.newPage()
  await page.clock.install()
  // Once while the page loads, once when it has loaded and the script is put in.
  await page.goto(setting.site.url)
  for (const src of ['', `//${setting.host}/widget/${setting.id}`]) {
    await page.evaluate(address => {
      if (address === '') return
      delete window.jivo_config
      const script = document.createElement('script')
      script.src = address
      document.body.append(script)
    }, src)
    await page.waitForFunction(() => window.jivo_config !== undefined && document.readyState === 'complete')
    await page.evaluate(() => (window.jivo_destroy as () => void)())
    await page.mouse.move(40, src.length)
    await page.clock.runFor(6_000)
    expect(await page.evaluate(() => document.querySelector('script.js-jivo-bundle'))).toBeNull()
  }
  await page.evaluate(() => (window.jivo_init as () => void)())
  await ready(page)
})

test.each([
  ['lazy', 4_999],
  ['1500', 1_499],
])('with --widget-boot %s an untouched page has the widget after its time, and not before', async (boot, before) => {
  await using setting = await openSite(browser, asyncTag, ['--widget-boot', boot])
  const page = await setting.context.newPage()
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
  await page.goto(setting.site.url)
  await page.waitForFunction(() => window.jivo_config !== undefined && document.readyState === 'complete')
  await page.clock.runFor(before)
  expect(await page.evaluate(() => document.querySelector('script.js-jivo-bundle'))).toBeNull()
  await page.clock.runFor(1)
  await ready(page)
})

test('a deleted channel never starts, and is remembered for a week; a blocked one is not', async () => {
  await using setting = await openSite(browser, asyncTag)
  await setting.settings({ status: 'blocked' })
  const page = await setting.open()
  await says(setting, page, 'blocked on 127.0.0.1')
  await setting.settings({ status: 'deleted' })
  await page.reload()
  await says(setting, page, `Jivo widget ${setting.id}: deleted`)
  await page.evaluate(() => (window.jivo_init as () => void)())
  await setting.settings({ status: 'active' })
  await page.reload()
  await says(setting, page, 'deleted; this browser remembers it until')
  expect(await page.evaluate(() => document.querySelector('script.js-jivo-bundle, body > jdiv, #jivo-iframe-container'))).toBeNull()
  await page.clock.setSystemTime(Date.now() + 7 * 24 * 60 * 60 * 1_000 + 1_000)
  await page.reload()
  await ready(page)
})

test('a page that waits for its bundle while the emulator is away gets it from the next one', async () => {
  await using setting = await openSite(browser, asyncTag, ['--widget-boot', 'lazy'])
  const { emulator, host } = setting
  const page = await setting.open()
  await page.waitForFunction(() => window.jivo_config !== undefined && document.readyState === 'complete')
  const { data } = JSON.parse(emulator.output.stdout.split('\n')[0] ?? '')
  emulator.child.kill('SIGKILL')
  await emulator.finished
  await page.mouse.move(40, 40)
  await says(setting, page, 'the bundle did not load from')
  await using restarted = await emulate(['--port', host.split(':')[1] ?? '', '--data', data], data)
  await ready(page)
  expect(restarted.output.stdout).toContain(setting.site.url.replace('/jivo', '/'))
})
