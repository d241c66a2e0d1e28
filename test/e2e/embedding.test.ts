import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, openBrowser } from '../helpers/browser.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'
import { type Receiver, startReceiver } from '../helpers/receiver.js'

/** Pages as people write them, on another origin than the emulator. */

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

interface Setting extends AsyncDisposable {
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
const embed = async (
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
      expect(response.status).toBe(200)
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

interface Globals {
  jivo_api?: {
    getVisitorNumber: (then: (error: unknown, number: number) => void) => void
    open: () => void
    sendMessage: (contacts: object, text: string) => void
  }
  jivo_config?: { chat_mode: string; widget_id: string; hide_offline: number; base_url: string }
  [name: string]: unknown
}

declare const window: Globals & typeof globalThis.window

const ready = (page: Page) => page.waitForFunction(() => document.querySelector('body > jdiv #jcont') !== null && window.jivo_api !== undefined)

/** The log that the page keeps in `window.log`. */
const logOf = (page: Page) => page.evaluate(() => window.log as unknown[])

const logHas = (page: Page, entry: string) => page.waitForFunction(wanted => (window.log as unknown[] | undefined)?.includes(wanted), entry)

const visitorNumber = (page: Page) => page.evaluate(() => new Promise<number>(resolve => window.jivo_api?.getVisitorNumber((_, number) => resolve(number))))

const says = async ({ said }: Setting, page: Page, text: string) => {
  while (!said.some(line => line.includes(text))) await page.evaluate(() => new Promise(requestAnimationFrame))
}

const asyncTag = (host: string, id: string) => `<script src="//${host}/widget/${id}" async></script>`

const oldSnippet = (host: string, id: string) => `
<!-- BEGIN JIVOSITE CODE {literal} -->
<script type="text/javascript">
(function(){
  var widget_id = '${id}';
  function load(){
    var s = document.createElement('script');
    s.type = 'text/javascript';
    s.async = true;
    s.src = '//${host}/script/widget/' + widget_id;
    var first = document.getElementsByTagName('script')[0];
    first.parentNode.insertBefore(s, first);
  }
  if (document.readyState == 'complete') load();
  else if (window.attachEvent) window.attachEvent('onload', load);
  else window.addEventListener('load', load, false);
})();
</script>
<!-- {/literal} END JIVOSITE CODE -->`

test.each<[string, (host: string, id: string) => string]>([
  ['the async tag', asyncTag],
  ['the old inline snippet', oldSnippet],
  ['widget.js with data-jv-id', (host, id) => `<script src="//${host}/widget.js" data-jv-id="${id}" async></script>`],
  ['widget.js with jv-id', (host, id) => `<script src="http://${host}/widget.js" jv-id="${id}"></script>`],
  ['the WordPress plugin', (host, id) => `<script src="//${host}/script/widget/${id}?plugin=wp" async></script>`],
  ['the address for one region', (host, id) => `<script src="//${host}/script/geo-widget/${id}" async></script>`],
  ['an address with a stray brace', (host, id) => `<script src="//${host}/script/widget/${id}}" async></script>`],
  [
    'a script that is injected after load',
    (host, id) => `<script>
      window.addEventListener('load', function () {
        setTimeout(function () {
          var s = document.createElement('script')
          s.src = '//${host}/widget/${id}'
          document.head.appendChild(s)
        })
      })
    </script>`,
  ],
])('%s brings the widget', async (_, snippet) => {
  await using setting = await embed(snippet)
  const page = await setting.open()
  await ready(page)
  expect(await page.evaluate(() => window.jivo_config)).toMatchObject({
    chat_mode: 'online',
    widget_id: setting.id,
    hide_offline: 0,
    base_url: `//${setting.host}`,
  })
  expect(setting.said).toEqual([])
})

test('an id that is none is said to be none', async () => {
  await using setting = await embed(host => `<script src="//${host}/widget.js" data-jv-id="short"></script>`)
  const page = await setting.open()
  await says(setting, page, 'Widget id is not valid: short')
  expect(await page.evaluate(() => window.jivo_magic_var)).toBeUndefined()
})

test('the elements, globals, cookies and keys that sites look for are there', async () => {
  await using setting = await embed(asyncTag)
  const page = await setting.open('/shop?utm_source=mail')
  await ready(page)
  const hooks = [
    'body > #jivo-iframe-container + jdiv > jdiv[class^="globalClass_"]',
    '#jivo-iframe-container > iframe#jivo_container[name=jivo_container][title=Jivochat]',
    'jdiv.notranslate > jdiv#jvlabelWrap[class*="label_"]',
    'jdiv#jivo-player > audio#jivo-sound-agent_message',
    'audio#jivo-sound-notification',
    'audio#jivo-sound-outgoing_message',
    'jdiv#jcont > jdiv#jivo_action > jdiv#jivo_close_button',
    'jdiv.jv-pseudo-height',
    'jdiv.jv-mouse-track',
    'jdiv.__jivoDesktopButton',
    'script.js-jivo-bundle',
  ]
  expect(await page.evaluate(all => all.filter(hook => document.querySelector(hook) === null), hooks)).toEqual([])
  const names = ['jivo_init', 'jivo_destroy', 'jivo_magic_var', 'jivo_version', '__hasStorage', '__jivoOnError', '__jivoBundleOnLoad', '__jivoBundleInit']
  expect(await page.evaluate(all => all.filter(name => window[name] === undefined), names)).toEqual([])
  const src = await page.locator('script.js-jivo-bundle').getAttribute('src')
  expect(src).toMatch(new RegExp(`^//${setting.host}/script/bundle/js/bundle_en_US\\.js\\?rand=\\d+$`))

  const cookies = Object.fromEntries((await setting.context.cookies()).map(({ name, value }) => [name.replace(setting.id, 'ID'), value]))
  expect(cookies).toMatchObject({
    jv_client_id_ID: expect.stringMatching(/^\d+\.[0-9a-f]{24}$/),
    jv_enter_ts_ID: expect.stringMatching(/^\d{13}$/),
    jv_visits_count_ID: '1',
    jv_pages_count_ID: '1',
    jv_utm_ID: 'utm_source=mail',
    jv_gui_state_ID: 'WIDGET',
    jv_country_ID: 'RU',
  })
  expect(cookies).not.toHaveProperty('jv_refer_ID')
  const kept = await page.evaluate(key => JSON.parse(localStorage.getItem(key) ?? '{}'), `jv_loader_info_${setting.id}`)
  expect(kept).toEqual({ configUpdatedTs: expect.any(Number), buildNumber: expect.any(Number), bundleLoaded: true })
})

test('on a phone the button is the one that sites look for there', async () => {
  await using setting = await embed(asyncTag)
  const page = await setting.context.newPage()
  await page.setViewportSize({ width: 390, height: 700 })
  await page.goto(setting.site.url)
  await ready(page)
  await page.evaluate(() => document.querySelector<HTMLElement>('jdiv.__jivoMobileButton jdiv[class*="button__"]')?.click())
  await page.getByRole('dialog', { name: 'Chat' }).waitFor()
  await page.evaluate(() => document.getElementById('jivo_close_button')?.click())
  await page.getByRole('dialog', { name: 'Chat' }).waitFor({ state: 'hidden' })
  expect(setting.said).toEqual([])
})

test('onload of the script comes before jivo_api, which comes before jivo_onLoadCallback', async () => {
  await using setting = await embed(
    (host, id) => `<script>
      var log = []
      function jivo_onLoadCallback() { log.push('callback ' + typeof jivo_api.open) }
      function onScript() { log.push('script ' + typeof window.jivo_api + ' ' + typeof jivo_init + ' ' + typeof jivo_destroy) }
    </script><script src="//${host}/widget/${id}" onload="onScript()" async></script>`,
  )
  const page = await setting.open()
  await logHas(page, 'callback function')
  expect(await logOf(page)).toEqual(['script undefined function function', 'callback function'])
})

test('the widget waits until the page has loaded, but not in a browser that has had the bundle', async () => {
  const endless = '<script>if (location.search) document.write(\'<img src="/never">\')</script>'
  await using setting = await embed((host, id) => `${endless}${asyncTag(host, id)}`)
  const waiting = await setting.context.newPage()
  await waiting.goto(new URL('/?endless', setting.site.url).href, { waitUntil: 'domcontentloaded' })
  await waiting.waitForFunction(() => window.jivo_config !== undefined)
  expect(await waiting.evaluate(() => [document.readyState, document.querySelector('script.js-jivo-bundle')])).toEqual(['interactive', null])
  await ready(await setting.open())
  await waiting.reload({ waitUntil: 'domcontentloaded' })
  await ready(waiting)
  expect(await waiting.evaluate(() => document.readyState)).toBe('interactive')
})

test('polling finds the own property, and the jdiv in the body', async () => {
  await using setting = await embed(
    (host, id) => `${asyncTag(host, id)}<script>
      var log = []
      var tries = 0
      var timer = setInterval(function () {
        tries += 1
        var found = window.jivo_api && jivo_api.hasOwnProperty('setUserToken') && typeof jivo_api.open === 'function' && document.querySelector('body > jdiv')
        if (!found && tries < 100) return
        clearInterval(timer)
        log.push(found ? 'found' : 'gave up')
      }, 50)
      new MutationObserver(function (changes) {
        changes.forEach(function (change) {
          change.addedNodes.forEach(function (node) {
            if (node.nodeName === 'JDIV') log.push('seen')
          })
        })
      }).observe(document.body, { childList: true })
    </script>`,
  )
  const page = await setting.open()
  await logHas(page, 'found')
  expect(await logOf(page)).toEqual(['seen', 'found'])
})

test('handlers that keep the one before are both called', async () => {
  await using setting = await embed(
    (host, id) => `<script>
      var log = []
      window.jivo_onOpen = function () { log.push('first') }
      function chain(name, handler) {
        var previous = window[name]
        window[name] = function () {
          if (typeof previous === 'function') previous.apply(this, arguments)
          handler.apply(this, arguments)
        }
      }
      function jivo_onLoadCallback() {
        chain('jivo_onOpen', function () { log.push('second') })
        jivo_api.open()
      }
    </script>${asyncTag(host, id)}`,
  )
  const page = await setting.open()
  await logHas(page, 'second')
  expect(await logOf(page)).toEqual(['first', 'second'])
})

test('two snippets on one page are one widget', async () => {
  await using setting = await embed(
    (host, id) => `<script>var log = []; function jivo_onLoadCallback() { log.push('load') }</script>
      ${asyncTag(host, id)}${oldSnippet(host, id)}<script>function onLast() { log.push('last') }</script>
      <script src="//${host}/widget/${id}" onload="onLast()" defer></script>`,
  )
  const page = await setting.open()
  await logHas(page, 'last')
  await logHas(page, 'load')
  await page.evaluate(async src => {
    const script = document.createElement('script')
    script.src = src
    const loaded = new Promise(resolve => script.addEventListener('load', resolve))
    document.body.append(script)
    await loaded
  }, `//${setting.host}/widget/${setting.id}`)
  const counts = await page.evaluate(() =>
    ['body > jdiv', '#jivo-iframe-container', 'script.js-jivo-bundle'].map(hook => document.querySelectorAll(hook).length),
  )
  expect(counts).toEqual([1, 1, 1])
  expect((await logOf(page)).filter(entry => entry === 'load')).toEqual(['load'])
})

test('an application destroys and starts again, and after cleaning up by hand the script can be put in anew', async () => {
  await using setting = await embed(
    (host, id) => `<script>
      var log = []
      function jivo_onLoadCallback() { log.push('load') }
      function jivo_onWidgetDestroy() { log.push('destroy') }
      window.addEventListener('jBeforeunload', function () { log.push('jBeforeunload') })
    </script>${asyncTag(host, id)}`,
  )
  const page = await setting.open()
  await ready(page)
  const gone = () => page.waitForFunction(() => document.querySelector('body > jdiv, #jivo-iframe-container') === null)
  await page.evaluate(() => (window.jivo_destroy as () => void)())
  await gone()
  expect(await page.evaluate(() => 'jivo_magic_var' in window)).toBe(false)
  await page.evaluate(() => (window.jivo_init as () => void)())
  await page.waitForFunction(() => (window.log as string[]).filter(entry => entry === 'load').length === 2)
  await page.evaluate(() => (window.jivo_destroy as () => void)())
  await gone()
  await page.evaluate(src => {
    for (const name of ['jivo_api', 'jivo_config', 'jivo_init', 'jivo_destroy', 'jivo_magic_var', 'jivo_version']) delete window[name]
    const script = document.createElement('script')
    script.src = src
    document.body.append(script)
  }, `//${setting.host}/widget/${setting.id}`)
  await ready(page)
  const once = ['load', 'jBeforeunload', 'destroy']
  await page.waitForFunction(() => (window.log as string[]).filter(entry => entry === 'load').length === 3)
  expect(await logOf(page)).toEqual([...once, 'jBeforeunload', ...once, 'load'])
  await page.evaluate(() => (window.jivo_destroy as () => void)())
  await page.evaluate(() => (window.jivo_destroy as () => void)())
  await says(setting, page, 'jivo_destroy() was called while there is no widget')
})

test('jivo_init before the config is warned of and harmless; jivo_destroy then keeps the widget away', async () => {
  await using setting = await embed(
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

test('a page whose policy allows nothing but its nonce and the host has the widget', async () => {
  const policy = (host: string) => `default-src 'none'; script-src 'nonce-n0nce'; connect-src http://${host} ws://${host}; base-uri 'none'; form-action 'none'`
  await using setting = await embed(
    (host, id) => `<script nonce="n0nce">
      var log = []
      document.addEventListener('securitypolicyviolation', function (event) { log.push(event.violatedDirective + ' ' + event.blockedURI) })
    </script><script src="//${host}/widget/${id}" nonce="n0nce" async></script>`,
    [],
    host => ({ 'content-security-policy': policy(host) }),
  )
  const page = await setting.open()
  await ready(page)
  expect(await page.evaluate(() => window.jivo_cspNonce)).toBe('n0nce')
  expect(await page.evaluate(() => document.querySelector<HTMLScriptElement>('script.js-jivo-bundle')?.nonce)).toBe('n0nce')
  await page.getByRole('button', { name: 'Ask us, we are online' }).click()
  await page.getByRole('dialog', { name: 'Chat' }).waitFor()
  // The second script draws the form for calls.
  await page.getByRole('button', { name: 'Call me' }).click()
  await page.getByRole('dialog', { name: 'Chat' }).getByRole('textbox').waitFor()
  expect(await page.locator('#jcont input').count()).toBeGreaterThan(0)
  expect(await logOf(page)).toEqual([])
})

test("Jivo's recipe for a custom label works, and the widget draws none", async () => {
  await using setting = await embed(
    (host, id) => `<style>#jivo_chat_widget { display: none }</style><script>
      var jivo_cstm_widget
      function jivo_onLoadCallback() {
        jivo_cstm_widget = document.createElement('div')
        jivo_cstm_widget.setAttribute('id', 'jivo_custom_widget')
        jivo_cstm_widget.textContent = 'Write to us'
        document.body.appendChild(jivo_cstm_widget)
        jivo_cstm_widget.onclick = function () { jivo_api.open() }
        if (jivo_config.chat_mode == 'online') jivo_cstm_widget.setAttribute('class', 'jivo_online')
        jivo_cstm_widget.style.display = 'block'
      }
      function jivo_onOpen() { if (jivo_cstm_widget) jivo_cstm_widget.style.display = 'none' }
      function jivo_onClose() { if (jivo_cstm_widget) jivo_cstm_widget.style.display = 'block' }
    </script>${asyncTag(host, id)}`,
  )
  await setting.settings({ label: 'custom' })
  const page = await setting.open()
  const label = page.locator('#jivo_custom_widget.jivo_online')
  await label.waitFor()
  expect(await page.locator('#jvlabelWrap').count()).toBe(0)
  await label.click()
  await page.getByRole('dialog', { name: 'Chat' }).waitFor()
  await label.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Minimise' }).click()
  await label.waitFor()
  await setting.settings({ label: 'own' })
  await page.locator('#jvlabelWrap').waitFor()
})

test('while nobody is online the config says so before the widget is there', async () => {
  await using setting = await embed(asyncTag, ['--agents', 'offline', '--widget-boot', 'lazy'])
  const page = await setting.open()
  await page.waitForFunction(() => window.jivo_config !== undefined)
  expect(await page.evaluate(() => [window.jivo_config?.chat_mode, typeof window.jivo_api])).toEqual(['offline', 'undefined'])
})

test('a page has the bundle in its language, and a channel with one language has that', async () => {
  await using setting = await embed((host, id) => `<script>document.documentElement.lang = location.search.slice(1)</script>${asyncTag(host, id)}`)
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
  await using setting = await embed(asyncTag)
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
  await using setting = await embed((host, id) => `<script>delete window.WebSocket</script>${asyncTag(host, id)}`)
  const page = await setting.open()
  await says(setting, page, 'Not supported browser')
  expect(await page.evaluate(() => window.jivo_magic_var)).toBeUndefined()
})

test('a page in a sandbox, without cookies and storage, has the widget', async () => {
  await using setting = await embed(
    (host, id) => `<iframe sandbox="allow-scripts" srcdoc="<html lang=en><body>${asyncTag(host, id).replaceAll('"', "'")}"></iframe>`,
  )
  const page = await setting.open()
  await page.frameLocator('iframe').getByRole('button', { name: 'Ask us, we are online' }).waitFor()
  expect(setting.said).toEqual([])
})

test.each(['scroll', 'mousemove'] as const)('a lazy widget starts at the first %s, and after a chat at once', async event => {
  await using setting = await embed((host, id) => `<div style="height:5000px"></div>${asyncTag(host, id)}`, ['--widget-boot', 'lazy'])
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
  await using setting = await embed(asyncTag, ['--widget-boot', 'lazy'])
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
  await using setting = await embed(asyncTag, ['--widget-boot', boot])
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
  await using setting = await embed(asyncTag)
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

test('a site that deletes the identity cookie has a new visitor, as after clearHistory', async () => {
  await using setting = await embed(asyncTag)
  const page = await setting.open()
  await ready(page)
  expect(await visitorNumber(page)).toBe(1)
  await page.reload()
  await ready(page)
  expect(await visitorNumber(page)).toBe(1)
  await page.evaluate(name => {
    // biome-ignore lint/suspicious/noDocumentCookie: as sites do it
    document.cookie = `${name}=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/`
  }, `jv_client_id_${setting.id}`)
  await page.reload()
  await ready(page)
  expect(await visitorNumber(page)).toBe(2)
})

test('ten tabs open at once are one visitor, and a restart of the emulator loses and repeats nothing on any of them', async () => {
  await using setting = await embed(asyncTag)
  const { emulator, host, id } = setting
  const tabs = await Promise.all(Array.from({ length: 10 }, () => setting.open()))
  await Promise.all(tabs.map(ready))
  expect(new Set(await Promise.all(tabs.map(visitorNumber)))).toEqual(new Set([1]))

  const write = (tab: Page, text: string) =>
    tab.evaluate(words => {
      window.jivo_api?.open()
      window.jivo_api?.sendMessage({}, words)
    }, text)
  const [first, last] = [tabs[0] as Page, tabs[9] as Page]
  await write(first, 'Before the restart')
  const logs = (text: string) =>
    Promise.all(
      tabs.map(async tab => {
        await tab.evaluate(() => window.jivo_api?.open())
        await tab.getByRole('log').getByText(text).first().waitFor()
        return tab.getByRole('log').getByText(text).count()
      }),
    )
  expect(new Set(await logs('Before the restart'))).toEqual(new Set([1]))

  emulator.child.kill('SIGKILL')
  await emulator.finished
  await write(last, 'While it is away')
  const { data } = JSON.parse(emulator.output.stdout.split('\n')[0] ?? '')
  await using restarted = await emulate(['--port', host.split(':')[1] ?? '', '--agents', 'manual', '--data', data], data)
  expect(restarted.widgetId).toBe(id)
  expect(new Set(await logs('While it is away'))).toEqual(new Set([1]))
  expect(new Set(await logs('Before the restart'))).toEqual(new Set([1]))
  const events = await (await fetch(`${restarted.url}_dev/events`)).text()
  expect(events.split('\n').filter(line => line.includes('"message.sent"') && line.includes('While it is away'))).toHaveLength(1)
})

test('a page that waits for its bundle while the emulator is away gets it from the next one', async () => {
  await using setting = await embed(asyncTag, ['--widget-boot', 'lazy'])
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
