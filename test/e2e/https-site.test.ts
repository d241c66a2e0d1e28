import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeIdentity, spkiOf } from '../../src/transports/intercept/certificates.js'
import { openIntercept } from '../../src/transports/intercept/open-intercept.js'
import { openBrowser } from '../helpers/browser.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'

test("the widget of a site on https loads over https, and its connection is one over TLS, with Jivo's own snippet", async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  const intercept = await openIntercept({
    dataFolder: folder.path,
    emulatorUrl: emulator.url,
    env: {},
    platform: process.platform,
    packageFolder: fileURLToPath(new URL('../..', import.meta.url)),
    pid: process.pid,
    now: Date.now(),
  })
  const own = makeIdentity(['localhost'], Date.now())
  const site = createServer({ key: own.key, cert: own.leaf }, (_, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><html lang="en"><title>Own site</title><script src="//code.jivosite.com/widget/${emulator.widgetId}" async></script>`)
  })
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
  const proxy = `function FindProxyForURL(url,host){return ${JSON.stringify(intercept.hosts)}.indexOf(host)<0?"DIRECT":"PROXY 127.0.0.1:${intercept.port}"}`
  const browser = await openBrowser([
    `--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,${btoa(proxy)}`,
    `--ignore-certificate-errors-spki-list=${intercept.spki},${spkiOf(own)}`,
  ])
  try {
    const page = await browser.newPage()
    const socket = page.waitForEvent('websocket')
    await page.goto(`https://localhost:${(site.address() as AddressInfo).port}/`)
    expect((await socket).url()).toMatch(/^wss:\/\/code\.jivosite\.com\/widget\/.+\/socket$/)
    await emulator.says(/"callback":"jivo_onLoadCallback"/)
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    expect(loaded).toContain(`https://code.jivosite.com/widget/${emulator.widgetId}`)
    for (const address of loaded) expect(address).toMatch(/^https:/)
    expect(intercept.calls.reached).toContain('code.jivosite.com')
  } finally {
    await browser.close()
    site.close()
    await intercept.close()
  }
})
