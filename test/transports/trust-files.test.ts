import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeIdentity } from '../../src/transports/intercept/certificates.js'
import { writeTrustFiles } from '../../src/transports/intercept/trust-files.js'
import { temporaryFolder } from '../helpers/cli.js'
import { missing } from '../helpers/example.js'

const now = Date.now()
const authorityOf = (host: string) => makeIdentity([host], now).authority
const ours = authorityOf('bot.jivosite.com')
const [first, second] = [authorityOf('a.test'), authorityOf('b.test')]

const setUp = () => {
  const made = temporaryFolder()
  onTestFinished(() => made[Symbol.dispose]())
  const target = join(made.path, 'target')
  mkdirSync(target)
  return {
    path: made.path,
    write: (name: string, text: string) => {
      const path = join(made.path, name)
      writeFileSync(path, text)
      return path
    },
    files: (env: Record<string, string>) => writeTrustFiles(target, { HOME: made.path, ...env }, { authority: ours, hooks: '/pkg "1"/hooks', now }),
  }
}

const read = (path: string) => readFileSync(path, 'utf8')

test("the bundle has the system's roots, each file that the user's variables name, and ours; each root once", () => {
  const { write, files } = setUp()
  const env = {
    SSL_CERT_FILE: write('one.pem', `# a comment\n${first}\r\n`),
    CURL_CA_BUNDLE: write('two.pem', first + second),
    REQUESTS_CA_BUNDLE: '/not/there',
  }
  const bundle = read(files(env).bundle)
  const [without] = [read(setUp().files({}).bundle)]
  for (const pem of [first, second, ours]) expect(bundle.split(pem)).toHaveLength(2)
  expect(bundle.match(/BEGIN/g)?.length).toBe((without.match(/BEGIN/g)?.length ?? 0) + 2)
  expect(bundle).not.toContain('comment')
})

test('a folder where a file is expected counts as nothing', () => {
  const { path, files } = setUp()
  expect(read(files({ REQUESTS_CA_BUNDLE: path }).bundle)).toContain(ours)
})

test("what adds to the roots of Deno is ours and the user's, without the system's", () => {
  const { write, files } = setUp()
  expect(read(files({ DENO_CERT: write('one.pem', first) }).deno)).toBe(first + ours)
})

test.each([
  ['WGETRC', 'own', { WGETRC: true }],
  ['~/.wgetrc', '.wgetrc', {}],
])('the lines of %s come before ours', (_, name, named) => {
  const { write, files } = setUp()
  const own = write(name, 'tries = 3')
  const { wgetrc, bundle } = files('WGETRC' in named ? { WGETRC: own } : {})
  expect(read(wgetrc)).toBe(`tries = 3\nca_certificate = ${bundle}\n`)
})

test('the ini file of PHP quotes its paths', () => {
  const { files } = setUp()
  const { php, bundle } = files({})
  expect(read(join(php, 'jivo-dev.ini'))).toBe(
    `curl.cainfo = "${bundle}"\nopenssl.cafile = "${bundle}"\nauto_prepend_file = "/pkg \\"1\\"/hooks/php/prepend.php"\n`,
  )
})

test('the files are for nobody else to read', () => {
  const { files } = setUp()
  const { bundle } = files({})
  const folder = join(bundle, '..')
  const modes = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => (statSync(join(folder, name)).mode & 0o077).toString(8))
  expect(new Set(modes)).toEqual(new Set(['0']))
})

/** How many certificates a JKS file says it holds. */
const countIn = (path: string) => readFileSync(path).readUInt32BE(8)

test('a root that is damaged stays out of the store of Java, which would take none for it', () => {
  const { write, files } = setUp()
  const damaged = first.replace(/\n[A-Za-z0-9+/]{64}\n/, '\n')
  const { javaTrustStore, bundle } = files({ SSL_CERT_FILE: write('one.pem', damaged + second) })
  expect(countIn(javaTrustStore)).toBe((read(bundle).match(/BEGIN/g)?.length ?? 0) - 1)
})

const noJava = missing(['keytool', '-help'], 'keytool of Java')
if (noJava !== null) console.warn(`What Java reads of its store is not tried here: ${noJava}.`)

test.skipIf(noJava !== null)('Java reads the store, with its seal', () => {
  const { files } = setUp()
  const { javaTrustStore } = files({})
  const { stdout } = spawnSync('keytool', ['-list', '-keystore', javaTrustStore, '-storepass', 'changeit', '-storetype', 'JKS'], { encoding: 'utf8' })
  expect(stdout).toContain(`contains ${countIn(javaTrustStore)} entries`)
})
