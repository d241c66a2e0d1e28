import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { javaTrustStore } from './java-trust-store.js'

type Env = Readonly<Record<string, string | undefined>>

/** Where distributions keep all roots in one file. */
const systemBundles = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem']

/** Variables that name a file of roots. All of them count: what trusted a server before must do so still. */
const namesOfRoots = ['SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'DENO_CERT']

export interface TrustFiles {
  readonly bundle: string
  readonly deno: string
  readonly javaTrustStore: string
  readonly wgetrc: string
  readonly php: string
}

export interface TrustOptions {
  /** Certificate of our authority, PEM. */
  readonly authority: string
  /** Folder of the hooks that the package brings. */
  readonly hooks: string
  readonly now: number
}

/** Writes what the variables of a command name. The folder is ours alone. */
export const writeTrustFiles = (folder: string, env: Env, { authority, hooks, now }: TrustOptions): TrustFiles => {
  const write = (name: string, content: string | Buffer) => {
    const path = join(folder, name)
    writeFileSync(path, content, { mode: 0o600 })
    return path
  }
  const roots = rootsOf(env, authority)
  const bundle = write('bundle.pem', roots.join(''))
  const php = join(folder, 'php')
  mkdirSync(php, { recursive: true, mode: 0o700 })
  write(
    'php/jivo-dev.ini',
    [
      ['curl.cainfo', bundle],
      ['openssl.cafile', bundle],
      ['auto_prepend_file', `${hooks}/php/prepend.php`],
    ]
      // In quotes only these two mean something.
      .map(([name, path]) => `${name} = "${path?.replace(/["$]/g, '\\$&')}"\n`)
      .join(''),
  )
  const wgetrc = read(env.WGETRC) ?? read(`${env.HOME ?? ''}/.wgetrc`) ?? ''
  return {
    bundle,
    php,
    deno: write('deno.pem', unique([read(env.DENO_CERT) ?? '', authority]).join('')),
    wgetrc: write('wgetrc', `${wgetrc}${wgetrc === '' || wgetrc.endsWith('\n') ? '' : '\n'}ca_certificate = ${bundle}\n`),
    javaTrustStore: write('trust.jks', javaTrustStore(roots, now)),
  }
}

/**
 * Writes what programs of other containers trust our authority by. There is no secret among it, and other users read it. The
 * ini file of PHP names the folder as it is here: it is to be mounted at the same path.
 */
export const writeSharedTrust = (folder: string, env: Env, { authority, now }: Omit<TrustOptions, 'hooks'>): void => {
  mkdirSync(join(folder, 'php'), { recursive: true })
  const roots = rootsOf(env, authority)
  const bundle = join(folder, 'bundle.pem')
  const files: readonly [name: string, content: string | Buffer][] = [
    ['ca.pem', authority],
    ['bundle.pem', roots.join('')],
    ['trust.jks', javaTrustStore(roots, now)],
    ['php/jivo-dev.ini', `curl.cainfo = "${bundle}"\nopenssl.cafile = "${bundle}"\n`],
  ]
  for (const [name, content] of files) writeFileSync(join(folder, name), content, { mode: 0o644 })
}

/** All roots: the system's, the user's, ours. */
const rootsOf = (env: Env, authority: string): string[] => {
  const system = systemBundles.find(path => existsSync(path))
  const base = system === undefined ? rootCertificates.join('\n') : (read(system) ?? '')
  return unique([base, ...namesOfRoots.map(name => read(env[name]) ?? ''), authority])
}

/** Null for what is no file that can be read. */
const read = (path: string | undefined): string | null => {
  if (path === undefined || path === '') return null
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : null
  } catch {
    return null
  }
}

/** The certificates of some PEM files, each once, without what stands between them. */
const unique = (files: readonly string[]): string[] => [
  ...new Set(
    files
      .flatMap(file => file.match(/-----BEGIN (TRUSTED )?CERTIFICATE-----[^-]+-----END (TRUSTED )?CERTIFICATE-----/g) ?? [])
      .map(pem => `${pem.replaceAll('\r', '')}\n`),
  ),
]
