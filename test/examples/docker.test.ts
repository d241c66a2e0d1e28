import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { jivoHosts } from '../../src/emulator/guard.js'
import { environment, start, temporaryFolder } from '../helpers/cli.js'
import { missing } from '../helpers/example.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'examples/docker')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { services, volumes } = parse(read('examples/docker/compose.yaml'))
const dockerfile = read('Dockerfile')
const exec = promisify(execFile)

const curl = missing(['curl', '--version'], 'curl')
const php = missing(['php', '-r', "exit(extension_loaded('openssl') ? 0 : 1);"], 'PHP with openssl')
for (const reason of [curl, php]) if (reason !== null) console.warn(`Its part of the tests of examples/docker is skipped: ${reason}.`)

test('every name of Jivo is an alias of the emulator, and only loopback reaches it from outside', () => {
  expect(services.jivo.networks.default.aliases.toSorted()).toEqual(jivoHosts.toSorted())
  expect(services.jivo.ports).toEqual(['127.0.0.1:7410:80'])
  expect(services.bot.depends_on).toEqual({ jivo: { condition: 'service_healthy' } })
  expect(dockerfile).toContain('HEALTHCHECK')
})

test('what the services mount and build is there, and what they trust is read-only', () => {
  for (const [path = ''] of services.bot.volumes.map((volume: string) => volume.split(':'))) {
    if (path.startsWith('.')) expect([path, existsSync(join(folder, path))]).toEqual([path, true])
    else expect(volumes).toHaveProperty(path)
  }
  expect(services.bot.volumes).toContain('trust:/trust:ro')
  expect(existsSync(join(folder, services.jivo.build, 'Dockerfile'))).toBe(true)
})

test('the image is built from what Git has, and what the package needs is not left out', () => {
  const ignored = read('.dockerignore').trim().split('\n')
  const { files } = JSON.parse(read('package.json'))
  for (const name of [
    ...files.filter((file: string) => file !== 'dist' && !file.startsWith('!')),
    'src',
    'scripts',
    'package-lock.json',
    'tsconfig.types.json',
    'LICENSE',
  ]) {
    expect([name, existsSync(join(root, name)), ignored.includes(name)]).toEqual([name, true, false])
  }
  for (const [, source = ''] of dockerfile.matchAll(/^COPY ([\w.-]+\.json) /gm)) expect(existsSync(join(root, source))).toBe(true)
})

/** The emulator with the command of a container, on free ports and in a folder of the test. */
const startContainer = async (command: readonly string[]) => {
  const home = temporaryFolder()
  onTestFinished(() => home[Symbol.dispose]())
  const here: Record<string, string> = { '80': '0', '443': '0', '0.0.0.0': '127.0.0.1', '/data': 'data', '/trust': 'trust' }
  const emulator = start([...command.map(word => here[word] ?? word), '--json'], { cwd: home.path })
  onTestFinished(() => emulator[Symbol.asyncDispose]())
  await emulator.says('emulator.ready')
  const { url, tlsPort } = JSON.parse(emulator.output.stdout.split('\n')[0] ?? '')
  return { url, tlsPort: Number(tlsPort), trust: join(home.path, 'trust'), emulator }
}

test('the command of the image runs, and its health is asked for where it answers', async () => {
  const command = JSON.parse(/^CMD (.*)$/m.exec(dockerfile)?.[1] ?? '')
  expect(services.jivo.command.slice(0, command.length)).toEqual(command)
  const { url, trust } = await startContainer(command)
  const [, asked] = /"(http:\/\/127\.0\.0\.1\/)"\]$/m.exec(dockerfile) ?? []
  expect((await fetch(new URL(new URL(asked ?? '').pathname, url))).status).toBe(200)
  expect(readdirSync(trust).sort()).toEqual(['bundle.pem', 'ca.pem', 'php', 'trust.jks'])
  for (const name of ['ca.pem', 'bundle.pem']) {
    const text = readFileSync(join(trust, name), 'utf8')
    expect([name, text.includes('PRIVATE KEY'), text.match(/BEGIN CERTIFICATE/g)?.length ?? 0]).toEqual([name, false, expect.any(Number)])
    // Users of other containers read it.
    if (process.platform !== 'win32') expect(statSync(join(trust, name)).mode & 0o777).toBe(0o644)
  }
})

test("clients that trust what is mounted, and nothing else, speak to Jivo's own names", async () => {
  const { tlsPort, trust, emulator } = await startContainer(services.jivo.command)
  const { JIVO_PROVIDER_ID, JIVO_TOKEN, JIVO_URL } = services.bot.environment
  const address = `${JIVO_URL}/webhooks/${JIVO_PROVIDER_ID}/${JIVO_TOKEN}`

  // What stands for the aliases: the name leads to the port. Trust is the client's own.
  const alias = `const tls = require('node:tls'), { connect } = tls
    tls.connect = options => connect({ ...options, host: '127.0.0.1', port: ${tlsPort}, servername: options.host })
    require('node:https').request(process.argv[1], { method: 'POST' }, r => r.resume().on('end', () => console.log(r.statusCode))).end('{}')`
  const node = (env: Record<string, string>) => exec(process.execPath, ['-e', alias, address], { env: environment({ NODE_EXTRA_CA_CERTS: '', ...env }) })
  // Known by its address, and wrong as a message: who is no bot of this account gets 401.
  expect((await node({ NODE_EXTRA_CA_CERTS: join(trust, 'ca.pem') })).stdout).toBe('400\n')
  await expect(node({})).rejects.toThrow('unable to verify the first certificate')
  await emulator.says('request.refused')

  if (curl === null) {
    const args = [
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      '--connect-to',
      `bot.jivosite.com:443:127.0.0.1:${tlsPort}`,
      '--noproxy',
      '*',
      '-d',
      '{}',
      address,
    ]
    const ask = (bundle: string) => exec('curl', args, { env: environment({ CURL_CA_BUNDLE: bundle, SSL_CERT_FILE: bundle }) })
    expect((await ask(join(trust, 'bundle.pem'))).stdout).toBe('400')
    await expect(ask('/etc/ssl/certs/ca-certificates.crt')).rejects.toMatchObject({ code: 60 })
  }
  if (php === null) {
    const script = `$c = stream_context_create(['ssl' => ['peer_name' => 'bot.jivosite.com']]);
      exit(@stream_socket_client('ssl://127.0.0.1:${tlsPort}', $n, $e, 5, STREAM_CLIENT_CONNECT, $c) ? 0 : 3);`
    const ask = (scan: string) => exec('php', ['-r', script], { env: environment({ PHP_INI_SCAN_DIR: scan, SSL_CERT_FILE: '' }) })
    expect((await ask(services.bot.environment.PHP_INI_SCAN_DIR.replace('/trust', trust))).stdout).toBe('')
    await expect(ask('')).rejects.toMatchObject({ code: 3 })
  }
})
