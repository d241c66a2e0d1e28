import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../helpers/browser.js'
import { emulate } from '../helpers/cli.js'
import { asyncTag, type Globals, logHas, logOf, openSite, ready, says, visitorNumber } from '../helpers/site.js'

/** Pages as people write them, and what they find of the widget. */

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

declare const window: Globals & typeof globalThis.window

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
  await using setting = await openSite(browser, snippet)
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
  await using setting = await openSite(browser, host => `<script src="//${host}/widget.js" data-jv-id="short"></script>`)
  const page = await setting.open()
  await says(setting, page, 'Widget id is not valid: short')
  expect(await page.evaluate(() => window.jivo_magic_var)).toBeUndefined()
})

test('the elements, globals, cookies and keys that sites look for are there', async () => {
  await using setting = await openSite(browser, asyncTag)
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
  await using setting = await openSite(browser, asyncTag)
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
  await using setting = await openSite(
    browser,
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

test('polling finds the own property, and the jdiv in the body', async () => {
  await using setting = await openSite(
    browser,
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
  await using setting = await openSite(
    browser,
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
  await using setting = await openSite(
    browser,
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
  await using setting = await openSite(
    browser,
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

test('a page whose policy allows nothing but its nonce and the host has the widget', async () => {
  const policy = (host: string) => `default-src 'none'; script-src 'nonce-n0nce'; connect-src http://${host} ws://${host}; base-uri 'none'; form-action 'none'`
  await using setting = await openSite(
    browser,
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
  await using setting = await openSite(
    browser,
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
  await using setting = await openSite(browser, asyncTag, ['--agents', 'offline', '--widget-boot', 'lazy'])
  const page = await setting.open()
  await page.waitForFunction(() => window.jivo_config !== undefined)
  expect(await page.evaluate(() => [window.jivo_config?.chat_mode, typeof window.jivo_api])).toEqual(['offline', 'undefined'])
})

test('a page in a sandbox, without cookies and storage, has the widget', async () => {
  await using setting = await openSite(
    browser,
    (host, id) => `<iframe sandbox="allow-scripts" srcdoc="<html lang=en><body>${asyncTag(host, id).replaceAll('"', "'")}"></iframe>`,
  )
  const page = await setting.open()
  await page.frameLocator('iframe').getByRole('button', { name: 'Ask us, we are online' }).waitFor()
  expect(setting.said).toEqual([])
})

test('a site that deletes the identity cookie has a new visitor, as after clearHistory', async () => {
  await using setting = await openSite(browser, asyncTag)
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
  await using setting = await openSite(browser, asyncTag)
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
