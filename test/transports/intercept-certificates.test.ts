import { spawnSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { type Identity, makeIdentity, spkiOf } from '../../src/transports/intercept/certificates.js'
import { keptIdentity } from '../../src/transports/intercept/identity-file.js'
import { temporaryFolder } from '../helpers/cli.js'

const hosts = ['bot.jivosite.com', 'wh.jivosite.com']
const now = Date.now()
const day = 24 * 60 * 60 * 1000

const folder = () => {
  const made = temporaryFolder()
  onTestFinished(() => made[Symbol.dispose]())
  return made.path
}

test('the leaf is issued by the authority, for the hosts and nothing else', () => {
  const identity = makeIdentity(hosts, now)
  const [leaf, authority] = [new X509Certificate(identity.leaf), new X509Certificate(identity.authority)]
  expect(leaf.checkIssued(authority)).toBe(true)
  expect(leaf.verify(authority.publicKey)).toBe(true)
  expect(leaf.subjectAltName).toBe('DNS:bot.jivosite.com, DNS:wh.jivosite.com')
  expect([authority.ca, leaf.ca]).toEqual([true, false])
  expect(authority.subject).toMatch(/^CN=jivo-dev local CA [0-9a-f]{8}$/)
  expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
})

test('clients that know how long a certificate may be valid take both', () => {
  const identity = makeIdentity(hosts, now)
  const days = (pem: string) => {
    const { validFrom, validTo } = new X509Certificate(pem)
    return Math.round((Date.parse(validTo) - Date.parse(validFrom)) / day)
  }
  expect([days(identity.leaf), days(identity.authority)]).toEqual([398, 821])
})

test('a moment after 2049 is written with four digits of the year', () => {
  const { authority } = makeIdentity(hosts, Date.UTC(2049, 0, 1))
  expect(new X509Certificate(authority).validTo).toMatch(/2051 GMT$/)
})

const openssl = spawnSync('openssl', ['version']).status === 0
if (!openssl) console.warn('The strict check of certificates is skipped: openssl is not installed.')

/** What OpenSSL says of a chain when it is as strict as it can be. */
const verified = ({ leaf, authority }: Pick<Identity, 'leaf' | 'authority'>) => {
  const path = folder()
  writeFileSync(join(path, 'ca.pem'), authority)
  writeFileSync(join(path, 'leaf.pem'), leaf)
  const { stdout, stderr } = spawnSync('openssl', ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', 'ca.pem', 'leaf.pem'], {
    cwd: path,
    encoding: 'utf8',
  })
  return stdout + stderr
}

test.skipIf(!openssl)('OpenSSL finds nothing to complain of, however strict it is', () => {
  expect(verified(makeIdentity(hosts, now))).toBe('leaf.pem: OK\n')
})

test.skipIf(!openssl)('the authority carries its constraints as critical, and no path below it', () => {
  const text = spawnSync('openssl', ['x509', '-noout', '-text'], { input: makeIdentity(hosts, now).authority, encoding: 'utf8' }).stdout
  expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/)
  expect(text).toMatch(/Key Usage: critical\s+Certificate Sign\n/)
  expect(text).toMatch(/Name Constraints: critical\s+Permitted:\s+DNS:bot\.jivosite\.com\s+DNS:wh\.jivosite\.com\s+Excluded:\s+IP:0\.0\.0\.0\/0\.0\.0\.0/)
})

const handshake = async (identity: Identity, servername: string, ca: string) => {
  const server = createServer({ key: identity.key, cert: identity.leaf }, socket => socket.end())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const socket = await new Promise<TLSSocket | Error>(resolve => {
    const client = connect({ port, host: '127.0.0.1', servername, ca }, () => resolve(client))
    client.on('error', resolve)
  })
  server.close()
  if (socket instanceof Error) return socket.message
  socket.destroy()
  return 'trusted'
}

test('a client that trusts the authority takes the leaf for its hosts alone', async () => {
  const identity = makeIdentity(hosts, now)
  expect(await handshake(identity, 'bot.jivosite.com', identity.authority)).toBe('trusted')
  expect(await handshake(identity, 'shop.example', identity.authority)).toMatch(/does not match certificate's altnames/)
  expect(await handshake(identity, 'bot.jivosite.com', makeIdentity(hosts, now).authority)).toMatch(/unable to verify/)
})

test('the hash of the public key is the one that Chromium takes', () => {
  const identity = makeIdentity(hosts, now)
  expect(spkiOf(identity)).toMatch(/^[A-Za-z0-9+/]{43}=$/)
  expect(spkiOf(identity)).toBe(spkiOf({ ...identity }))
  expect(spkiOf(makeIdentity(hosts, now))).not.toBe(spkiOf(identity))
})

test('an identity is made once, kept from others, and the key of its authority nowhere', () => {
  const path = folder()
  const first = keptIdentity(path, hosts, now, 1)
  expect(keptIdentity(path, hosts, now + 300 * day, 2)).toEqual(first)
  const files = readdirSync(join(path, 'https'))
  expect(files.sort()).toEqual(['ca.pem', 'identity.pem'])
  const modes = [join(path, 'https'), ...files.map(name => join(path, 'https', name))].map(name => (statSync(name).mode & 0o777).toString(8))
  expect(modes).toEqual(['700', '600', '600'])
  expect(readFileSync(first.authorityFile, 'utf8')).toBe(first.authority)
  const keys = files.flatMap(name => readFileSync(join(path, 'https', name), 'utf8').match(/BEGIN [A-Z ]*PRIVATE KEY/g) ?? [])
  expect(keys).toHaveLength(1)
  expect(new X509Certificate(first.leaf).checkPrivateKey(keyOf(first))).toBe(true)
})

const keyOf = ({ key }: Identity) => createPrivateKey(key)

test.each([
  ['30 days before its end', (path: string) => keptIdentity(path, hosts, now + 368 * day, 1)],
  ['when the hosts are others', (path: string) => keptIdentity(path, [...hosts, 'code.jivo.ru'], now, 1)],
  ['when it lies in the future, as a clock that was set back sees it', (path: string) => keptIdentity(path, hosts, now - 10 * day, 1)],
  [
    'when the file is damaged',
    (path: string) => {
      const file = join(path, 'https/identity.pem')
      writeFileSync(file, readFileSync(file, 'utf8').slice(0, 900))
      return keptIdentity(path, hosts, now, 1)
    },
  ],
])('both certificates are made anew %s', (_, later) => {
  const path = folder()
  const first = keptIdentity(path, hosts, now, 1)
  const next = later(path)
  expect(next.authority).not.toBe(first.authority)
  expect(new X509Certificate(next.leaf).checkIssued(new X509Certificate(next.authority))).toBe(true)
  expect(readFileSync(next.authorityFile, 'utf8')).toBe(next.authority)
})
