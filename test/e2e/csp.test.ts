import { afterAll, beforeAll, expect, test } from 'vitest'
import { allowsInline, allowsUrl, type Directive, decisive, parsePolicies } from '../../src/checks/csp.js'
import { openBrowser } from '../helpers/browser.js'

/** What the widget asks for, each as a page can ask for it. */
const asked: readonly [directive: Directive, url: (scheme: string) => string][] = [
  ['script-src-elem', scheme => `${scheme}://code.jivosite.com/widget/AbCdEfGhIj`],
  ['connect-src', scheme => `${scheme}://code.jivosite.com/script/widget/config/AbCdEfGhIj`],
  ['connect-src', scheme => `${scheme.replace('http', 'ws')}://code.jivosite.com/widget/AbCdEfGhIj/socket`],
]

const sources = [
  '*',
  "'none'",
  "'self'",
  'https:',
  'http:',
  'ws:',
  'wss:',
  'code.jivosite.com',
  'CODE.jivosite.com',
  'https://code.jivosite.com',
  'http://code.jivosite.com',
  'wss://code.jivosite.com',
  'ws://code.jivosite.com',
  '*.jivosite.com',
  'https://*.jivosite.com',
  'jivosite.com',
  '*.code.jivosite.com',
  'code.jivosite.com:443',
  'code.jivosite.com:80',
  'code.jivosite.com:*',
  'code.jivosite.com:8080',
  'code.jivosite.com/widget/',
  'code.jivosite.com/widget',
  'https://code.jivosite.com/widget/AbCdEfGhIj',
  'code.jivosite.com/',
  "'nonce-s1'",
  "'unsafe-inline'",
]

let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  // Nobody is asked what these names are.
  browser = await openBrowser(['--host-resolver-rules=MAP * ~NOTFOUND'])
})
afterAll(() => browser.close())

const policies = [
  ...sources.map(source => `script-src 'nonce-probe' ${source}; connect-src ${source}; style-src ${source}`),
  ...sources.map(source => `default-src 'nonce-probe' ${source}`),
  "script-src 'nonce-probe' 'strict-dynamic' https:",
  "script-src 'nonce-probe'; script-src-elem 'nonce-probe' https:; connect-src 'none'; connect-src *",
  "style-src 'unsafe-inline' 'nonce-s2'; script-src 'nonce-probe'",
]

test.each(['http', 'https'])('policies mean on an %s page what they mean to Chromium', async scheme => {
  const page = await browser.newPage()
  await page.route('**/*', route => {
    const { pathname, host, searchParams } = new URL(route.request().url())
    if (host !== 'shop.test') return route.fulfill({ contentType: 'text/javascript', headers: { 'access-control-allow-origin': '*' }, body: '' })
    const policy = policies[Number(searchParams.get('policy'))]
    return pathname === '/'
      ? route.fulfill({ contentType: 'text/html', body: '<!doctype html><html lang="en"><title>Probes</title>' })
      : route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': String(policy) }, body: probe(scheme) })
  })
  const url = new URL(`${scheme}://shop.test/`)
  await page.goto(url.href)
  const found = await page.evaluate(
    count =>
      Promise.all(
        Array.from({ length: count }, (_, at) => {
          const frame = document.createElement('iframe')
          frame.src = `/probe?policy=${at}`
          document.body.append(frame)
          return new Promise<string[]>(resolve => {
            frame.onload = () => resolve((frame.contentWindow as never as { result: Promise<string[]> }).result)
          })
        }),
      ),
    policies.length,
  )
  const judged = policies.map(policy => {
    const [parsed = new Map()] = parsePolicies(policy)
    const forbidden = asked.flatMap(([directive, address]) => {
      const rule = decisive(parsed, directive)
      return rule === null || allowsUrl(rule.sources, new URL(address(scheme)), url) ? [] : [address(scheme)]
    })
    const style = decisive(parsed, 'style-src-elem')
    return [...forbidden, ...(style === null || allowsInline(style.sources) ? [] : ['inline'])].sort()
  })
  const by = (all: readonly (readonly string[])[]) => Object.fromEntries(policies.map((policy, at) => [policy, all[at]]))
  expect(by(judged)).toEqual(by(found))
  await page.close()
})

/** A page that asks for everything, and says what its policy forbids: what was asked for and did not come. */
const probe = (scheme: string) => {
  const [script, connect, socket] = asked.map(([, address]) => address(scheme))
  return `<!doctype html><html lang="en"><title>Probe</title><script nonce="probe">
const forbidden = []
addEventListener('error', ({ target }) => target.src && forbidden.push(target.src), true)
</script><script src="${script}"></script><script nonce="probe">
window.result = (async () => {
  await fetch('${connect}').catch(() => forbidden.push('${connect}'))
  // Nothing is there: what is allowed is closed, and what is not says so.
  const isAllowed = await new Promise(resolve => {
    addEventListener('securitypolicyviolation', ({ blockedURI }) => blockedURI === '${socket}' && resolve(false))
    new WebSocket('${socket}').onclose = () => resolve(true)
  })
  if (!isAllowed) forbidden.push('${socket}')
  const style = document.head.appendChild(Object.assign(document.createElement('style'), { textContent: 'a{color:red}' }))
  if (style.sheet === null) forbidden.push('inline')
  return forbidden.sort()
})()
</script>`
}
