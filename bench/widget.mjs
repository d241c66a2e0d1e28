// A message in a real browser: from the Enter key in the widget to `jivo_onMessageReceived` on the page, answered by the agent
// that works by itself, with the journal on. It is held against a WebSocket echo of the same page on the same machine.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { WebSocketServer } from 'ws'
import { findChromium } from '../scripts/chromium.mjs'
import { inFolder } from './bodies.mjs'
import { median, paired } from './paired.mjs'

const bin = fileURLToPath(new URL('../bin/jivo-dev.js', import.meta.url))

/** Messages of one measurement; its median counts. */
const messages = 5
const pairs = 15

/** What the page notes: when Enter was pressed, and what came of it. */
const script = `
  let pressed = 0
  const took = []
  addEventListener('keydown', ({ key }) => { if (key === 'Enter') pressed = performance.now() }, true)
  jivo_onMessageReceived = () => { took.push(performance.now() - pressed) }
  let echo
  const dial = url => new Promise(resolve => { echo = new WebSocket(url); echo.onopen = resolve })
  const ping = text => new Promise(resolve => {
    const sent = performance.now()
    echo.onmessage = () => resolve(performance.now() - sent)
    echo.send(text)
  })
`

const listen = server => new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))

const measure = () =>
  inFolder(async folder => {
    const emulator = spawn(process.execPath, [bin, 'emulate', '--port', '0', '--json', '--data', join(folder, 'data')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const { host, widgetId } = await new Promise((resolve, reject) => {
      emulator.on('exit', code => reject(new Error(`emulate ended with ${code}`)))
      emulator.stdout.once('data', line => {
        const ready = JSON.parse(String(line).split('\n')[0])
        resolve({ ...ready, host: new URL(ready.url).host })
      })
    })
    emulator.stdout.resume()
    const site = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end(
        `<!doctype html><html lang="en"><title>Bench</title><script>${script}</script><body><script src="//${host}/widget/${widgetId}" async></script>`,
      )
    })
    const echoes = new WebSocketServer({ server: site })
    echoes.on('connection', socket => socket.on('message', data => socket.send(String(data))))
    const port = await listen(site)
    const browser = await chromium.launch({ executablePath: (await findChromium()) ?? undefined, args: ['--no-sandbox', '--disable-gpu'] })
    try {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${port}/`)
      await page.waitForFunction(() => 'jivo_api' in window)
      await page.evaluate(() => globalThis.jivo_api.open())
      await page.evaluate(`dial("ws://127.0.0.1:${port}")`)
      const box = page.getByRole('textbox', { name: 'Write a message' })
      const write = async () => {
        const before = await page.evaluate('took.length')
        await box.fill('How long does this take?')
        await box.press('Enter')
        await page.waitForFunction(`took.length > ${before}`)
        return page.evaluate(`took[${before}]`)
      }
      // The first message also starts the chat and brings the form for contacts.
      await write()
      const several = async one => {
        const times = []
        for (let at = 0; at < messages; at += 1) times.push(await one())
        return median(times)
      }
      return await paired(
        pairs,
        () => several(write),
        () => several(() => page.evaluate(`ping('How long does this take?')`)),
      )
    } finally {
      await browser.close()
      echoes.close()
      site.close()
      emulator.removeAllListeners('exit')
      emulator.kill('SIGKILL')
    }
  })

export const widget = [
  {
    name: 'a message typed in the widget to `jivo_onMessageReceived`, in Chromium, journal on',
    against: 'a bare WebSocket echo of the same page',
    within: 10,
    digits: 1,
    measure,
  },
]
