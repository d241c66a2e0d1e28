import { expect, test } from 'vitest'
import { browserArguments, browserCandidates, pacScript, shellLine } from '../../src/transports/chrome-arguments.js'

/** What the browser would do with an address. */
const route = (pac: string, host: string): string => new Function(`${pac};return FindProxyForURL('http://${host}/', '${host}')`)()

test('only the hosts of Jivo lead to the emulator', () => {
  const pac = pacScript(['code.jivosite.com', 'code.jivo.ru'], 'http://127.0.0.1:7410/')
  expect(['code.jivosite.com', 'CODE.jivo.ru', 'shop.test', '127.0.0.1', 'xcode.jivo.ru'].map(host => route(pac, host))).toEqual([
    'PROXY 127.0.0.1:7410',
    'PROXY 127.0.0.1:7410',
    'DIRECT',
    'DIRECT',
    'DIRECT',
  ])
  expect(route(pacScript(['code.jivo.ru'], 'http://emulator.test/'), 'code.jivo.ru')).toBe('PROXY emulator.test:80')
})

test('the profile is new, the hosts are rerouted, the own flags come last before the page', () => {
  const args = browserArguments({
    profile: '/tmp/p',
    proxy: 'http://127.0.0.1:7410/',
    hosts: ['code.jivo.ru'],
    url: 'http://shop.test/',
    extra: ['--headless=new'],
  })
  expect(args[0]).toBe('--user-data-dir=/tmp/p')
  const [, base64 = ''] = /^--proxy-pac-url=data:application\/x-ns-proxy-autoconfig;base64,(.+)$/.exec(args[1] ?? '') ?? []
  expect(atob(base64)).toBe(pacScript(['code.jivo.ru'], 'http://127.0.0.1:7410/'))
  expect(args.slice(-2)).toEqual(['--headless=new', 'http://shop.test/'])
})

test('the key of the port is trusted beside those that the user trusts: a browser takes the last list alone', () => {
  const plan = { profile: '/tmp/p', proxy: 'http://127.0.0.1:1/', hosts: [], url: 'https://shop.test/', spki: 'OURS=' }
  expect(browserArguments({ ...plan, extra: [] }).at(-2)).toBe('--ignore-certificate-errors-spki-list=OURS=')
  expect(browserArguments({ ...plan, extra: ['--ignore-certificate-errors-spki-list=THEIRS=', '--mute-audio'] }).slice(-3)).toEqual([
    '--mute-audio',
    '--ignore-certificate-errors-spki-list=OURS=,THEIRS=',
    'https://shop.test/',
  ])
})

test.each([
  ['linux', {}, 'google-chrome', 'chromium'],
  [
    'darwin',
    { HOME: '/Users/ada' },
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  [
    'win32',
    { PROGRAMFILES: 'C:\\Program Files', LOCALAPPDATA: '' },
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
])('on %s, Chrome comes first', (platform, env, first, another) => {
  const candidates = browserCandidates(platform, env)
  expect(candidates[0]).toBe(first)
  expect(candidates).toContain(another)
})

test('a command line can be pasted into a shell', () => {
  expect(shellLine(['/usr/bin/chromium', '--a=b', "it's; $x"])).toBe("/usr/bin/chromium --a=b 'it'\\''s; $x'")
})
