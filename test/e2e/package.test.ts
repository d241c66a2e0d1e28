import { execFile, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { environment, temporaryFolder } from '../helpers/cli.js'
import { startReceiver } from '../helpers/receiver.js'

const exec = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const shell = process.platform === 'win32'

test('the packed package runs in an empty folder', { timeout: 180_000 }, async () => {
  using folder = temporaryFolder()
  using home = temporaryFolder()
  await exec('npm', ['pack', '--silent', '--pack-destination', home.path], { cwd: root, shell })
  const [tarball = ''] = readdirSync(home.path)
  writeFileSync(join(folder.path, 'package.json'), '{"private":true}')
  await exec('npm', ['install', '--no-audit', '--no-fund', join(home.path, tarball)], { cwd: folder.path, shell })

  const installed = readdirSync(join(folder.path, 'node_modules'), { withFileTypes: true }).filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
  expect(installed.length).toBeLessThan(20)

  const emulator = spawn('npx', ['--no-install', 'jivo-dev', 'emulate', '--port', '0', '--json', '--exit-after', '20s'], { cwd: folder.path, shell })
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    emulator.stdout.setEncoding('utf8').on('data', chunk => {
      text += chunk
      if (text.includes('\n')) resolve(JSON.parse(text.split('\n')[0] ?? '').url)
    })
    emulator.on('exit', code => reject(new Error(`ended with ${code}`)))
  })
  const shop = await (await fetch(url)).text()
  expect(shop).toContain(`src="//${new URL(url).host}/widget/`)
  for (const path of ['shop/shop.css', 'shop/shop.js', 'console', 'console/console.js', 'console/console.css', 'widget/mAg88Rlsa9']) {
    expect([path, (await fetch(url + path)).status]).toEqual([path, 200])
  }
  emulator.removeAllListeners('exit')
  const { pid } = (await (await fetch(`${url}_dev/ready`)).json()) as { pid: number }
  process.kill(pid, 'SIGTERM')
  await new Promise(resolve => emulator.on('close', resolve))

  await using receiver = await startReceiver()
  await exec('npx', ['--no-install', 'jivo-dev', 'replay', 'fixtures/webhooks', '--to', receiver.url], { cwd: folder.path, shell })
  expect(receiver.received).toHaveLength(readdirSync(join(root, 'fixtures/webhooks')).length)
  expect(existsSync(join(folder.path, 'fixtures'))).toBe(false)

  const called = "fetch('https://bot.jivosite.com/webhooks/a/b', { method: 'POST' }).then(answer => console.log(answer.status))"
  const command = ['node', '--import', 'jivo-dev/intercept', '-e', shell ? `"${called}"` : called]
  expect((await exec('npx', ['--no-install', 'jivo-dev', 'exec', '--', ...command], { cwd: folder.path, shell })).stdout).toBe('401\n')

  const names = await exec(process.execPath, ['--input-type=module', '-e', "import { webhookNames } from 'jivo-dev'; console.log(webhookNames.join())"], {
    cwd: folder.path,
  })
  expect(names.stdout).toMatch(/^call_event,chat_accepted,.*updated_client_contacts\n$/)
  expect(readFileSync(join(folder.path, 'node_modules/jivo-dev/dist/THIRD-PARTY.txt'), 'utf8')).toContain('commander')

  // The example of unit tests, with the types and the code that are published. The rest of what it needs is the repository's.
  const example = join(folder.path, 'unit-tests')
  cpSync(join(root, 'examples/unit-tests-msw'), example, { recursive: true })
  mkdirSync(join(folder.path, 'node_modules/@types'), { recursive: true })
  for (const name of ['msw', 'vitest', 'vite', '@types/node'])
    symlinkSync(join(root, 'node_modules', name), join(folder.path, 'node_modules', name), 'junction')
  writeFileSync(join(example, 'own.ts'), typesOfOwn)
  const shown = [...readFileSync(join(root, 'docs/unit-tests.md'), 'utf8').matchAll(/```ts\n([^`]*)```/g)]
  expect(shown).toHaveLength(2)
  for (const [at, [, code]] of shown.entries()) writeFileSync(join(example, `shown-${at}.ts`), `declare const app: typeof globalThis\n${code}`)
  writeFileSync(join(example, 'package.json'), '{"type":"module"}')
  for (const resolution of ['nodenext', 'bundler']) {
    const module = resolution === 'bundler' ? 'esnext' : resolution
    writeFileSync(join(example, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...strictest, module, moduleResolution: resolution } }))
    const tsc = await exec(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', example]).catch(error => error)
    expect([resolution, tsc.stdout]).toEqual([resolution, ''])
  }
  const tests = await exec(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', example], {
    env: environment({ NO_COLOR: '1' }),
  })
  expect(tests.stdout).toMatch(/Tests {2}6 passed \(6\)/)
})

/** As strict as a project can be; the types of others are theirs to check. */
const strictest = {
  target: 'es2023',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
  lib: ['es2023', 'dom', 'dom.iterable'],
}

const typesOfOwn = `
import { createEmulator, type EventOf, type RunningEmulator } from 'jivo-dev'
import { createJivo, type JivoOptions } from 'jivo-dev/msw'
export const options: JivoOptions = { bot: { url: 'https://bot.example', token: 'sesame' }, agents: 'manual', rateLimit: { requests: 5, seconds: 1 } }
export const running = (): Promise<RunningEmulator> => createEmulator({ ...options, port: 0 })
export const said = async (): Promise<EventOf<'bot.said'>> => (await createJivo(options)).waitFor('bot.said', ({ chat }) => chat > 9000)
// @ts-expect-error: there is no such event
export const wrong = async () => (await createJivo(options)).waitFor('bot.sayed')
// @ts-expect-error: a misspelt option
export const misspelt = () => createEmulator({ webhooks: 'https://crm.example' })
`
