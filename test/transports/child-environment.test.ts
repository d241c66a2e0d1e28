import { expect, test } from 'vitest'
import { interceptVariables, type Places } from '../../src/transports/intercept/child-environment.js'
import { covers } from '../../src/transports/intercept/no-proxy.js'
import { routeOf } from '../../src/transports/intercept/upstream.js'

const places: Places = {
  port: 4321,
  hosts: ['bot.jivosite.com', 'code.jivo.ru'],
  authority: '/data/https/ca.pem',
  deno: '/tmp/x/deno.pem',
  bundle: '/tmp/x/bundle.pem',
  javaTrustStore: '/tmp/x/trust.jks',
  wgetrc: '/tmp/x/wgetrc',
  php: '/tmp/x/php',
  hooks: '/pkg/dist/hooks',
}

const valuesOf = (env: Record<string, string>, changed: Partial<Places> = {}, platform = 'linux') => {
  const { variables, notes } = interceptVariables(env, { ...places, ...changed }, platform)
  return { ...Object.fromEntries(variables.map(({ name, value }) => [name, value])), notes }
}

const proxy = 'http://127.0.0.1:4321'
const javaProxy = '-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=4321 -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=4321'

test('a bare environment gets all of it', () => {
  expect(valuesOf({})).toEqual({
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    HTTP_PROXY: proxy,
    http_proxy: proxy,
    NO_PROXY: 'localhost,127.0.0.1,::1',
    no_proxy: 'localhost,127.0.0.1,::1',
    SSL_CERT_FILE: '/tmp/x/bundle.pem',
    CURL_CA_BUNDLE: '/tmp/x/bundle.pem',
    REQUESTS_CA_BUNDLE: '/tmp/x/bundle.pem',
    DENO_CERT: '/tmp/x/deno.pem',
    NODE_OPTIONS: '--require="/pkg/dist/hooks/node.cjs"',
    BUN_OPTIONS: '--preload /pkg/dist/hooks/node.cjs',
    PYTHONPATH: '/pkg/dist/hooks/python',
    PHP_INI_SCAN_DIR: ':/tmp/x/php',
    WGETRC: '/tmp/x/wgetrc',
    JAVA_TOOL_OPTIONS: `${javaProxy} -Djavax.net.ssl.trustStore=/tmp/x/trust.jks`,
    JIVO_DEV_INTERCEPT_PORT: '4321',
    JIVO_DEV_INTERCEPT_CA: '/data/https/ca.pem',
    JIVO_DEV_INTERCEPT_HOSTS: 'bot.jivosite.com,code.jivo.ru',
    notes: [],
  })
})

test.each([
  ['HTTPS_PROXY', 'http://company:8080', proxy],
  ['https_proxy', 'http://company:8080', proxy],
  ['HTTP_PROXY', 'http://company:8080', proxy],
  ['http_proxy', 'http://company:8080', proxy],
  ['NO_PROXY', 'corp.test, .local', 'localhost,127.0.0.1,::1,corp.test,.local'],
  ['no_proxy', 'corp.test localhost', 'localhost,127.0.0.1,::1,corp.test'],
  ['SSL_CERT_FILE', '/own.pem', '/tmp/x/bundle.pem'],
  ['CURL_CA_BUNDLE', '/own.pem', '/tmp/x/bundle.pem'],
  ['REQUESTS_CA_BUNDLE', '/own.pem', '/tmp/x/bundle.pem'],
  ['DENO_CERT', '/own.pem', '/tmp/x/deno.pem'],
  ['NODE_OPTIONS', '--max-old-space-size=99', '--max-old-space-size=99 --require="/pkg/dist/hooks/node.cjs"'],
  ['BUN_OPTIONS', '--smol', '--smol --preload /pkg/dist/hooks/node.cjs'],
  ['PYTHONPATH', '/own:/other', '/pkg/dist/hooks/python:/own:/other'],
  ['PHP_INI_SCAN_DIR', '/own', '/own:/tmp/x/php'],
  ['WGETRC', '/own', '/tmp/x/wgetrc'],
  ['JAVA_TOOL_OPTIONS', '-Xmx1g', `-Xmx1g ${javaProxy} -Djavax.net.ssl.trustStore=/tmp/x/trust.jks`],
])('%s=%s of the user becomes %s', (name, own, merged) => {
  expect(valuesOf({ [name]: own })).toMatchObject({ [name]: merged, notes: [] })
})

test('both cases of NO_PROXY count, and each gets all', () => {
  const all = 'localhost,127.0.0.1,::1,a.test,b.test'
  expect(valuesOf({ NO_PROXY: 'a.test', no_proxy: 'b.test,a.test' })).toMatchObject({ NO_PROXY: all, no_proxy: all })
})

test.each(['jivosite.com', '.jivosite.com', '*.jivosite.com', '*', 'bot.jivosite.com:443', 'CODE.jivo.ru'])(
  "NO_PROXY=%s would keep Jivo's hosts away: it is left out, and that is said",
  entry => {
    const { NO_PROXY, notes } = valuesOf({ NO_PROXY: `${entry},corp.test` }) as { NO_PROXY?: string; notes: readonly string[] }
    expect(NO_PROXY).toBe('localhost,127.0.0.1,::1,corp.test')
    expect(notes).toEqual([`NO_PROXY keeps Jivo's hosts from the emulator: left out ${entry} for this command`])
  },
)

test("a trust store of the user's own is kept, and said what is to be done", () => {
  const own = '-Djavax.net.ssl.trustStore=/own.jks'
  expect(valuesOf({ JAVA_TOOL_OPTIONS: own })).toMatchObject({
    JAVA_TOOL_OPTIONS: `${own} ${javaProxy}`,
    notes: [expect.stringContaining('/data/https/ca.pem')],
  })
})

test('paths with spaces and quotes stay one path', () => {
  const changed = { hooks: '/my pkg/"x"', javaTrustStore: '/my tmp/trust.jks' }
  expect(valuesOf({}, changed)).toMatchObject({
    NODE_OPTIONS: '--require="/my pkg/\\"x\\"/node.cjs"',
    JAVA_TOOL_OPTIONS: `${javaProxy} "-Djavax.net.ssl.trustStore=/my tmp/trust.jks"`,
  })
  expect(valuesOf({}, { hooks: '/my pkg' })).toMatchObject({ BUN_OPTIONS: '--preload "/my pkg/node.cjs"' })
})

test('Windows separates folders by semicolons', () => {
  expect(valuesOf({ PYTHONPATH: 'C:\\own' }, {}, 'win32')).toMatchObject({ PYTHONPATH: '/pkg/dist/hooks/python;C:\\own', PHP_INI_SCAN_DIR: ';/tmp/x/php' })
})

test('every variable says who reads it', () => {
  for (const { name, why } of interceptVariables({}, places, 'linux').variables) expect(why, name).not.toBe('')
})

test.each([
  ['jivo.ru', 'code.jivo.ru', true],
  ['jivo.ru', 'jivo.ru', true],
  ['jivo.ru', 'notjivo.ru', false],
  ['.jivo.ru', 'code.jivo.ru', true],
  ['*.jivo.ru', 'code.jivo.ru', true],
  ['*', 'code.jivo.ru', true],
  ['code.jivo.ru:443', 'code.jivo.ru', true],
  ['', 'code.jivo.ru', false],
  ['.', 'code.jivo.ru', false],
])('the entry %j covers %s: %s', (entry, host, isCovered) => {
  expect(covers(entry, host)).toBe(isCovered)
})

test.each([
  [{ HTTPS_PROXY: 'http://company:8080' }, { isSecure: false, host: 'company', port: 8080, authorization: null }],
  [{ https_proxy: 'company' }, { isSecure: false, host: 'company', port: 80, authorization: null }],
  [
    { https_proxy: 'http://lower', HTTPS_PROXY: 'http://upper' },
    { isSecure: false, host: 'lower', port: 80, authorization: null },
  ],
  [{ ALL_PROXY: 'https://[::1]' }, { isSecure: true, host: '::1', port: 443, authorization: null }],
  [{ HTTPS_PROXY: 'http://me:p%40ss@company:1' }, { isSecure: false, host: 'company', port: 1, authorization: `Basic ${btoa('me:p@ss')}` }],
  [{ HTTPS_PROXY: 'http://me:100%@company:1' }, { isSecure: false, host: 'company', port: 1, authorization: `Basic ${btoa('me:100%')}` }],
  [{ HTTP_PROXY: 'http://company' }, null],
  [{ HTTPS_PROXY: 'http://company', NO_PROXY: 'example.com' }, null],
  [{}, null],
])('with %j a tunnel to shop.example.com goes through %j', (env, upstream) => {
  const { route, problems } = routeOf(env)
  expect(route('https', 'shop.example.com')).toEqual(upstream)
  expect(route('https', '127.0.0.1')).toBe(null)
  expect(problems).toEqual([])
})

test.each(['socks5://company:1080', 'http://', '::'])('a proxy that cannot be spoken to, %s, is named and passed by', value => {
  const { route, problems } = routeOf({ ALL_PROXY: value })
  expect(route('https', 'shop.example.com')).toBe(null)
  expect(problems).toEqual(['ALL_PROXY names no proxy over http or https'])
})
