import { existsSync, readdirSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { makeIdentity, spkiOf } from '../../src/transports/intercept/certificates.js'
import { emulate, start, temporaryFolder } from '../helpers/cli.js'
import { askAt, eventsAt } from '../helpers/control.js'

const executablePath = process.env.JIVO_DEV_CHROMIUM ?? '/usr/bin/chromium'
const headless = ['--headless=new', '--no-sandbox', '--disable-gpu']

/** Of the site, made by whoever runs it. */
const identity = makeIdentity(['localhost'], Date.now())

const page = (policy: boolean) => `<!doctype html><html lang="en"><title>Own site</title><h1>Shop</h1>
<script${policy ? ' nonce="s1"' : ''}>function jivo_onLoadCallback() { jivo_api.sendMessage('Hello from ' + location.protocol) }</script>
<script src="//code.jivosite.com/widget/AbCdEfGhIj" async></script>`

/** The policy of a site that knows of Jivo, and of nobody else. */
const policy = [
  "default-src 'none'",
  "script-src 'nonce-s1' https://code.jivosite.com",
  'connect-src https://code.jivosite.com wss://code.jivosite.com',
  "style-src 'unsafe-inline'",
].join('; ')

const listen = async (scheme: 'http' | 'https', headers: Record<string, string>) => {
  const answer: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(page(headers['content-security-policy'] !== undefined))
  }
  const server = scheme === 'http' ? createHttpServer(answer) : createHttpsServer({ key: identity.key, cert: identity.leaf }, answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

test.each([
  ['over http, from an address that the browser takes for a public one', 'http', {}],
  ['over https, with a certificate of its own', 'https', {}],
  ['over https, with a policy that allows Jivo alone', 'https', { 'content-security-policy': policy }],
] as const)('open shows a site %s: its widget comes and chats, and the profile is gone afterwards', async (_, scheme, headers) => {
  using folder = temporaryFolder()
  const port = await listen(scheme, headers)
  const flags = scheme === 'http' ? [`--ip-address-space-overrides=127.0.0.1:${port}=public`] : [`--ignore-certificate-errors-spki-list=${spkiOf(identity)}`]
  const url = scheme === 'http' ? `http://127.0.0.1:${port}/` : `https://localhost:${port}/`
  await using emulator = await emulate([], folder.path)
  const opened = start(['open', url, '--browser', executablePath, '--json', '--', ...headless, ...flags], { cwd: folder.path })
  // Also when the test runs out of time: the browser ends with the command, if the command may end it.
  onTestFinished(async () => {
    opened.child.kill('SIGTERM')
    await opened.finished
  })
  await emulator.says(`"text":"Hello from ${scheme}:"`)
  const chat = (await eventsAt(emulator.url)).find(({ type }) => type === 'chat.started')
  await askAt(emulator.url, `chats/${chat?.type === 'chat.started' ? chat.chat : 0}/messages`, { text: 'On its way.' })
  await emulator.says(/"callback":"jivo_onMessageReceived"/)
  expect(emulator.output.stdout).toContain(url)
  expect(emulator.output.stdout).toContain('foreign-widget-id')

  const { profile } = JSON.parse(opened.output.stdout)
  expect(existsSync(profile)).toBe(true)
  opened.child.kill('SIGINT')
  expect(await opened.finished).toMatchObject({ code: 0 })
  expect(existsSync(profile)).toBe(false)
  expect(readdirSync(tmpdir()).filter(name => profile.endsWith(name))).toEqual([])
})
