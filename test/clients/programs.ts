import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Programs written for the real Jivo, one for each client of each runtime. None knows of an emulator. */

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'test/clients/programs')
const cache = join(root, 'node_modules/.cache/jivo-dev')

export interface Program {
  readonly name: string
  readonly command: readonly string[]
  /** Whether it takes the proxy of the environment for other hosts, too. Node 20 does not, for one. */
  readonly readsProxy: boolean
  /** Why it cannot be run here; null when it can. */
  readonly missing: string | null
}

const program = (
  name: string,
  command: readonly string[],
  missing: string | null,
  readsProxy: 'reads the proxy' | 'goes straight' = 'reads the proxy',
): Program => ({
  name,
  command,
  missing,
  readsProxy: readsProxy === 'reads the proxy',
})

const works = (...command: readonly string[]) => spawnSync(command[0] ?? '', command.slice(1), { stdio: 'ignore' }).status === 0

const installed = (name: string, ...command: readonly string[]) => (works(...command) ? null : `${name} is not installed`)

const file = (name: string) => join(folder, name)

/** Both ends of what `engines` promises, where the other one was fetched. */
const nodes = (): Program[] => {
  const other = join(cache, 'node-24/node_modules/node/bin/node')
  const found = [
    { name: `Node ${process.versions.node.split('.')[0]}`, path: process.execPath, missing: null },
    ...(process.versions.node.startsWith('24.')
      ? []
      : [{ name: 'Node 24', path: other, missing: existsSync(other) ? null : 'it was not fetched (npm test -- --project clients does)' }]),
  ]
  return found.flatMap(({ name, path, missing }) =>
    (['fetch', 'https', 'axios', 'got', 'undici'] as const).map(client =>
      program(`${name} ${client}`, [path, file(`node-${client}.mjs`)], missing, client === 'axios' ? 'reads the proxy' : 'goes straight'),
    ),
  )
}

/** The packages are Debian's, so that they may be there for one Python and not for another. */
const pythons = (): Program[] => {
  const candidates = ['/usr/bin/python3', 'python3']
  const clients = [
    ['urllib', 'ssl', 'reads the proxy'],
    ['http.client', 'ssl', 'goes straight'],
    ['requests', 'requests', 'reads the proxy'],
    ['httpx', 'httpx', 'reads the proxy'],
    ['aiohttp', 'aiohttp', 'goes straight'],
    ['aiohttp-trust-env', 'aiohttp', 'reads the proxy'],
  ] as const
  return clients.map(([client, module, proxy]) => {
    const python = candidates.find(path => works(path, '-c', `import ${module}`))
    return program(`Python ${client}`, [python ?? 'python3', file('client.py'), client], python === undefined ? `no Python has ${module}` : null, proxy)
  })
}

/** Compiled once for each text of the program. */
const goProgram = (): Program => {
  const source = file('go/main.go')
  const binary = join(cache, `go-client-${createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12)}`)
  const isThere = existsSync(binary) || (works('go', 'version') && works('go', 'build', '-o', binary, source))
  return program('Go net/http', [binary], isThere ? null : 'Go is not installed')
}

/** As Go's: a class that is compiled needs a second less than a source. */
const javaPrograms = (): Program[] => {
  const source = file('Client.java')
  const classes = join(cache, `java-client-${createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12)}`)
  const isThere = existsSync(join(classes, 'Client.class')) || works('javac', '-d', classes, source)
  const missing = isThere ? installed('Java', 'java', '-version') : 'no Java compiler is installed'
  return ['HttpClient', 'HttpURLConnection'].map(client =>
    program(`Java ${client}`, ['java', '-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', classes, 'Client', client], missing),
  )
}

export const programs = (): Program[] => {
  mkdirSync(cache, { recursive: true })
  return [
    program('curl', ['sh', file('curl.sh')], installed('curl', 'curl', '--version')),
    program('wget', ['sh', file('wget.sh')], installed('wget', 'wget', '--version')),
    ...nodes(),
    ...pythons(),
    program('PHP curl', ['php', file('curl.php')], installed('PHP with curl', 'php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);')),
    program('PHP streams', ['php', file('streams.php')], installed('PHP', 'php', '--version'), 'goes straight'),
    program('Ruby Net::HTTP', ['ruby', file('client.rb')], installed('Ruby', 'ruby', '-ropenssl', '-e', '0')),
    goProgram(),
    ...javaPrograms(),
  ]
}
