import { expect, test } from 'vitest'
import { checkSite } from '../../src/checks/check-site.js'
import { findSnippets } from '../../src/checks/find-snippets.js'
import { jivoHosts } from '../../src/emulator/guard.js'

const old = `<!-- BEGIN JIVOSITE CODE {literal} -->
<script type='text/javascript'>
(function(){ var widget_id = 'AbCdEfGhIj';var d=document;var w=window;function l(){
var s = document.createElement('script'); s.type = 'text/javascript'; s.async = true; s.src = '//code.jivosite.com/script/widget/'+widget_id;
var ss = document.getElementsByTagName('script')[0]; ss.parentNode.insertBefore(s, ss);}if(d.readyState=='complete'){l();}else{
if(w.attachEvent){w.attachEvent('onload',l);}else{w.addEventListener('load',l,false);}}})();</script>
<!-- {/literal} END JIVOSITE CODE -->`

test.each([
  ['the current one', '<script src="//code.jivo.ru/widget/AbCdEfGhIj" async></script>', ['tag', '', 'code.jivo.ru', 'AbCdEfGhIj']],
  ['one with https', "<SCRIPT async src='https://code.jivosite.com/widget/AbCdEfGhIj'></SCRIPT>", ['tag', 'https:', 'code.jivosite.com', 'AbCdEfGhIj']],
  ['one without quotes', '<script src=//code.jivosite.com/widget/AbCdEfGhIj async></script>', ['tag', '', 'code.jivosite.com', 'AbCdEfGhIj']],
  ['widget.js', '<script src="//code.jivosite.com/widget.js" data-jv-id="AbCdEfGhIj" async></script>', ['tag', '', 'code.jivosite.com', 'AbCdEfGhIj']],
  ['widget.js with jv-id', '<script jv-id="777" src="//code.jivosite.com/widget.js"></script>', ['tag', '', 'code.jivosite.com', '777']],
  ['the old one', old, ['inline', '', 'code.jivosite.com', 'AbCdEfGhIj']],
  ['a query', '<script src="//code.jivosite.com/script/widget/AbCdEfGhIj?plugin=wp"></script>', ['tag', '', 'code.jivosite.com', 'AbCdEfGhIj']],
  ['geo', '<script src="//code-ya.jivosite.com/script/geo-widget/AbCdEfGhIj"></script>', ['tag', '', 'code-ya.jivosite.com', 'AbCdEfGhIj']],
  ['escaped slashes', '<script>load("https:\\/\\/code.jivosite.com\\/widget\\/AbCdEfGhIj")</script>', ['inline', 'https:', 'code.jivosite.com', 'AbCdEfGhIj']],
  ['a stray brace', '<script src="//code.jivosite.com/script/widget/AbCdEfGhIj}"></script>', ['tag', '', 'code.jivosite.com', 'AbCdEfGhIj}']],
])('finds %s', (_, html, [form, scheme, host, id]) => {
  expect(findSnippets(`<!doctype html><script>var a = 1</script>${html}`)).toMatchObject([{ form, scheme, host, id }])
})

test.each([
  '<p>//code.jivosite.com/widget/AbCdEfGhIj</p>',
  '<!-- <script src="//code.jivosite.com/widget/AbCdEfGhIj"></script> -->',
  '<script src="//code.notjivosite.com/widget/AbCdEfGhIj"></script>',
  '<script src="/js/jivo-widget.js"></script>',
])('takes no text for a snippet: %s', html => {
  expect(findSnippets(html)).toEqual([])
})

const snippet = '<script src="//code.jivosite.com/widget/AbCdEfGhIj" async></script>'

const siteWith = (body: string, url = 'http://shop.test/', headers: Record<string, string> = {}, status = 200) =>
  checkSite(
    { url, result: { kind: 'answered', status, contentType: 'text/html', body }, headers: { 'content-type': 'text/html', ...headers }, took: 5 },
    jivoHosts,
  )

const verdictsOf = (results: ReturnType<typeof siteWith>) => Object.fromEntries(results.map(({ name, verdict }) => [name, verdict]))
const good = { page: 'passed', snippet: 'passed', 'widget-id': 'passed', scheme: 'passed', policy: 'passed' }

test('a snippet that would be caught has nothing to mend', () => {
  for (const url of ['http://shop.test/', 'https://shop.test/']) {
    const results = siteWith(snippet, url)
    expect(verdictsOf(results)).toEqual(good)
    expect(results.filter(({ fix }) => fix !== '')).toEqual([])
  }
})

test.each([
  ['an http address on an https page', snippet.replace('//', 'http://'), 'https://shop.test/', { scheme: 'failed' }],
  ['an https address on an http page', snippet.replace('//', 'https://'), 'http://shop.test/', {}],
  ['a host that is not rerouted', snippet.replace('code.jivosite.com', 'codesand.jivosite.ru'), 'http://shop.test/', { snippet: 'failed' }],
  ['two snippets', snippet + snippet.replace('AbCdEfGhIj', 'KlMnOpQrSt'), 'http://shop.test/', { snippet: 'warned' }],
  ['a stray brace', snippet.replace('Ij"', 'Ij}"'), 'http://shop.test/', { 'widget-id': 'warned' }],
  ['an id that is too short', snippet.replace('AbCdEfGhIj', 'AbC'), 'http://shop.test/', { 'widget-id': 'failed' }],
  ['an id that a script makes', '<script>s.src = "//code.jivosite.com/widget/" + id</script>', 'http://shop.test/', { 'widget-id': 'warned' }],
])('%s', (_, body, url, expected) => {
  const results = siteWith(body, url)
  expect(verdictsOf(results)).toEqual({ ...good, ...expected })
  for (const { verdict, fix } of results) expect(fix === '').toBe(verdict === 'passed')
})

test('a page without a snippet says what to put there, and what may add it', () => {
  expect(siteWith('<h1>Shop</h1>')).toMatchObject([{}, { name: 'snippet', verdict: 'failed', fix: expect.stringContaining('<script src=') }])
  expect(siteWith('<script src="https://www.googletagmanager.com/gtm.js?id=GTM-ABCD"></script>')).toMatchObject([{}, { verdict: 'warned' }])
  expect(siteWith(snippet, 'http://shop.test/', {}, 404)[0]).toMatchObject({ verdict: 'warned', status: 404 })
  expect(siteWith('<script src="//127.0.0.1:7410/widget/mAg88Rlsa9" async></script>')).toMatchObject([{}, { name: 'snippet', verdict: 'passed' }])
  expect(siteWith('{}', 'http://shop.test/', { 'content-type': 'application/json' })).toMatchObject([{ name: 'page', verdict: 'failed' }])
  const away = { kind: 'no-answer', reason: 'refused', message: 'Connection refused by shop.test:80: nothing listens there.' } as const
  expect(checkSite({ url: 'http://shop.test/', result: away, headers: {}, took: 1 }, jivoHosts)).toMatchObject([{ name: 'page', verdict: 'failed' }])
})

test.each([
  ["script-src 'self' https://code.jivosite.com; connect-src https://code.jivosite.com wss://code.jivosite.com", 'https://shop.test/', 'passed'],
  ["script-src 'self' code.jivosite.com; connect-src code.jivosite.com wss://code.jivosite.com; style-src 'unsafe-inline'", 'https://shop.test/', 'passed'],
  ["default-src 'self' *.jivosite.com wss://*.jivosite.com 'unsafe-inline'", 'https://shop.test/', 'passed'],
  ['connect-src https://code.jivosite.com', 'https://shop.test/', 'failed'],
  ["img-src 'none'", 'https://shop.test/', 'passed'],
  ["script-src 'self'", 'https://shop.test/', 'failed'],
  ["default-src 'self'", 'https://shop.test/', 'failed'],
  ["script-src https:; connect-src 'self'", 'https://shop.test/', 'failed'],
  ['script-src https://code.jivosite.com', 'http://shop.test/', 'failed'],
  ["script-src https:; style-src 'self'", 'https://shop.test/', 'warned'],
  ["script-src 'strict-dynamic' 'nonce-abc' https:", 'https://shop.test/', 'failed'],
  ['script-src https:, script-src https://elsewhere.example', 'https://shop.test/', 'failed'],
])('the policy %s of %s: %s', (policy, url, verdict) => {
  const found = siteWith(snippet, url, { 'content-security-policy': policy }).find(({ name }) => name === 'policy')
  expect([found?.verdict, found?.message]).toEqual([verdict, expect.any(String)])
})

test('a policy of a meta element counts, a nonce of the tag is taken, and an http page under an https policy is explained', () => {
  const meta = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">${snippet}`
  expect(verdictsOf(siteWith(meta))).toMatchObject({ policy: 'failed' })
  const nonced = snippet.replace('<script', '<script nonce="abc"')
  expect(verdictsOf(siteWith(nonced, 'https://shop.test/', { 'content-security-policy': "script-src 'nonce-abc' 'strict-dynamic'" }))).toMatchObject({
    policy: 'passed',
  })
  const told = siteWith(snippet, 'http://shop.test/', { 'content-security-policy': 'script-src https://code.jivosite.com' }).at(-1)
  expect(told).toMatchObject({
    message: 'script-src forbids http://code.jivosite.com, which the snippet means on an http page; its https form is allowed: no widget, as with Jivo itself.',
    fix: 'Serve the page over https, or write https: in the snippet.',
  })
})
