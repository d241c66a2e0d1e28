import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../helpers/browser.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'
import { stateAt } from '../helpers/control.js'

/** A page of somebody's front end whose tests run in the browser, with the bot of the example. `jivo-dev/msw` is the published one. */
const script = `
import { createJivo, jivoHandlers } from 'jivo-dev/msw'
import { setupWorker } from 'msw/browser'
import { createBot } from './bot.js'

const settings = { providerId: 'AbCdEfGhIjKlMnO', token: 'sesame' }
window.inThisPage = async () => {
  const jivo = await createJivo({ bot: { url: 'https://bot.kettle.example', ...settings }, fetch: createBot(settings).fetch })
  const worker = setupWorker(...jivo.handlers)
  await worker.start({ quiet: true })
  await jivo.write('What is the price?')
  const { text } = await jivo.waitFor('message.sent', ({ by }) => by === 'bot')
  await jivo.reset()
  const types = (await jivo.events()).map(({ type }) => type)
  await jivo.close()
  worker.stop()
  return { text, types }
}
window.forwarded = async (emulator, requests) => {
  const worker = setupWorker(...jivoHandlers({ emulator }))
  await worker.start({ quiet: true })
  const answers = []
  for (const [url, body] of requests) {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    answers.push([response.status, await response.text()])
  }
  worker.stop()
  return answers
}`

const scripts: Record<string, string> = {}
const server = createServer(({ url = '/' }, response) => {
  const text = scripts[url]
  response.writeHead(200, { 'content-type': text === undefined ? 'text/html' : 'text/javascript' })
  response.end(text ?? '<!doctype html><html lang="en"><title>Own tests</title><script type="module" src="/page.js"></script>')
})
let url = ''

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: fileURLToPath(new URL('../../examples/unit-tests-msw', import.meta.url)) },
    bundle: true,
    write: false,
    format: 'esm',
    // Anything of Node would fail to resolve here.
    platform: 'browser',
  })
  scripts['/page.js'] = outputFiles[0]?.text ?? ''
  scripts['/mockServiceWorker.js'] = readFileSync(createRequire(import.meta.url).resolve('msw/mockServiceWorker.js'), 'utf8')
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('a page tests a bot against a Jivo that is in the page itself, and against one that runs elsewhere', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate(['--bot', 'http://127.0.0.1:9/bot', '--chat', 'http://127.0.0.1:9/chat'], folder.path)
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(url)
    await page.waitForFunction(() => 'forwarded' in window)
    expect(await page.evaluate(() => (window as never as { inThisPage: () => unknown }).inThisPage())).toEqual({
      text: 'The birch kettle is 49 €.',
      types: ['emulator.started', 'account.changed'],
    })

    const { account } = await stateAt(emulator.url)
    const channel = account?.channels.find(({ api }) => api !== null)?.publicId
    const requests = [
      [`https://wh.jivosite.com/any/${channel}`, { sender: { id: 'u1' }, message: { type: 'text', text: 'From a page' } }],
      [`https://bot.jivosite.com/webhooks/${account?.bots[0]?.providerId}/wrong`, {}],
    ]
    const ask = ([emulator, requests]: readonly unknown[]) =>
      (window as never as { forwarded: (...args: unknown[]) => Promise<unknown> }).forwarded(emulator, requests)
    expect(await page.evaluate(ask, [emulator.url, requests])).toEqual([
      [200, expect.any(String)],
      [401, expect.stringContaining('No bot has this provider id and token')],
    ])
    await emulator.says('"text":"From a page"')
  } finally {
    await browser.close()
  }
})
