import { expect, test } from 'vitest'
import { isBrowserCommand, whyNoCall, whyRefused } from '../../src/commands/exec-reasons.js'

test.each([
  ['env -i python3 bot.py', 'python3', /take the variables away/],
  ['sudo php send.php', 'php', /sudo -E/],
  ['env HTTPS_PROXY= node app.js', 'node', /http2/],
  ['python3 -I bot.py', 'python3', /leave the flag out/],
  ['python3.13 -Es bot.py', 'python3.13', /leave the flag out/],
  ['python3 bot.py -I', 'python3', /leave the flag out/],
  ['/usr/sbin/php-fpm8.2 -F', 'php-fpm8.2', /--print-env/],
  ['systemctl start shop', 'systemctl', /does not inherit/],
  ['docker compose up', 'docker', /container/],
  ['php -S 127.0.0.1:8000 router.php', 'php', /auto_prepend_file/],
  ['go test ./...', 'go', /http\.Transport/],
  ['dotnet run', 'dotnet', /UseProxy/],
  ['deno run bot.ts', 'deno', /node:https/],
  ['busybox wget https://bot.jivosite.com', 'busybox', /BusyBox/],
  ['./gradlew bootRun', 'gradlew', /--no-daemon/],
  ['mvn test', 'mvn', /useSystemProperties/],
  ['npm test', 'npm', /http2\.connect/],
  ['sh -c "curl x"', 'curl', /HTTPS_PROXY was changed/],
  ['A=1 B=2 ./server', 'server', /HTTPS_PROXY was changed/],
])('%s that makes no call is told why that may be', (line, program, reason) => {
  const words = (line.match(/"[^"]*"|\S+/g) ?? []).map(word => word.replaceAll('"', ''))
  const said = whyNoCall(words)
  expect(said.startsWith(`${program} made no call to Jivo`)).toBe(true)
  expect(said).toMatch(reason)
  expect(said).not.toContain('\n')
})

const calls = { reached: new Set<string>(), refused: new Set<string>(), hungUp: new Set<string>(), http2: new Set<string>(), foreign: 0 }

test.each([
  ['go run .', 'darwin', /the store of the system alone/],
  ['go run .', 'linux', /pinned or compiled in/],
  ['java -jar app.jar', 'linux', /a trust store of its own/],
  ['python3 bot.py', 'linux', /trust_env=False/],
  ['cargo run', 'linux', /webpki-roots/],
])('%s on %s that refuses the certificate is told why that may be', (line, platform, reason) => {
  const [said = '', ...others] = whyRefused({
    words: line.split(' '),
    platform,
    calls: { ...calls, refused: new Set(['bot.jivosite.com']) },
    caFile: '/data/https/ca.pem',
  })
  expect(others).toEqual([])
  expect(said).toMatch(reason)
  expect(said).toContain('bot.jivosite.com')
  expect(said).toContain('Trust /data/https/ca.pem in its own store')
})

test('a certificate that is thrown away is not one to trust', () => {
  const [said] = whyRefused({ words: ['x'], platform: 'linux', calls: { ...calls, refused: new Set(['bot.jivosite.com']) }, caFile: null })
  expect(said).toContain('--data FOLDER')
})

test('who hung up counts as a refusal only where nothing else came', () => {
  const hungUp = new Set(['bot.jivosite.com', 'wh.jivosite.com'])
  const said = whyRefused({ words: ['node'], platform: 'linux', calls: { ...calls, hungUp, reached: new Set(['wh.jivosite.com']) }, caFile: null })
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('bot.jivosite.com')
})

test('a client of HTTP/2 is told of that, not of certificates', () => {
  const said = whyRefused({ words: ['node'], platform: 'linux', calls: { ...calls, http2: new Set(['bot.jivosite.com']) }, caFile: null })
  expect(said).toEqual([expect.stringContaining('over HTTP/2 alone')])
})

test.each([
  ['chromium --headless=new http://127.0.0.1', true],
  ['/usr/bin/google-chrome-stable', true],
  ['env A=1 firefox', true],
  ['npm test', false],
  ['node chromium.js', false],
])('%s is a browser: %s', (line, isBrowser) => {
  expect(isBrowserCommand(line.split(' '))).toBe(isBrowser)
})
