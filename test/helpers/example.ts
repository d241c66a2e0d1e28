import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { ChatMessage } from '../../src/contracts/page-channel.js'
import { emulate, environment, type Followed, follow, temporaryFolder } from './cli.js'
import { id } from './emulator.js'

/** The examples, as the commands of their READMEs start them. */

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Example {
  /** The flags that the README gives the emulator. */
  readonly flags: readonly string[]
  /** The address among those flags. */
  readonly url: string
  /** What the README starts it with. */
  readonly command: string
  /** Starts it and waits until it listens. It ends with the test. `home` takes what it writes. */
  readonly start: (env: { readonly home: string; readonly jivo?: string }) => Promise<Followed>
}

/** Reads both commands from an example's README, and moves them to a free port. */
export const readExample = async (name: string): Promise<Example> => {
  const port = await freePort()
  const readme = readFileSync(new URL(`../../examples/${name}/README.md`, import.meta.url), 'utf8').replaceAll('127.0.0.1:3000', `127.0.0.1:${port}`)
  const [, emulator = '', command = ''] = /```sh\nnpm start -- (.*)\n(.*)\n```/.exec(readme) ?? []
  const flags = emulator.replaceAll("'", '').split(' ')
  return {
    flags,
    url: flags.find(flag => flag.startsWith('http:')) ?? '',
    command,
    start: async ({ home, jivo = '' }) => {
      const env = environment({
        PORT: String(port),
        JIVO_URL: jivo,
        TMPDIR: home,
        PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      })
      // A group of its own: npm and the shell do not pass a signal on to what they started.
      const child = spawn('sh', ['-c', command], { cwd: root, env, detached: true })
      const example = follow(child)
      // Unlike what a test disposes of, this is done when it ran out of time, too.
      onTestFinished(async () => {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
        await example.finished
      })
      await example.says(/listens at|Development Server .* started/)
      return example
    },
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

/** Why a program cannot be used: `check` is a command that ends with 0 when it can. Null when it can. */
export const missing = ([program = '', ...args]: readonly string[], wanted: string): string | null =>
  spawnSync(program, args).status === 0 ? null : `${wanted} is not installed`

/** The emulator with these flags. It ends with the test, and so does its folder. */
export const startEmulate = async (flags: readonly string[]) => {
  const folder = temporaryFolder()
  onTestFinished(() => folder[Symbol.dispose]())
  const emulator = await emulate(flags, folder.path)
  onTestFinished(() => emulator[Symbol.asyncDispose]())
  return { ...emulator, home: folder.path }
}

/** A page of the visitor, over a real connection. */
export const openPage = async ({ url, widgetId }: { readonly url: string; readonly widgetId: string }) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}widget/${widgetId}/socket`)
  const messages: ChatMessage[] = []
  const waiting = new Set<() => void>()
  socket.on('message', data => {
    const frame = JSON.parse(String(data))
    if (frame.type !== 'message') return
    messages.push(frame.message)
    for (const check of waiting) check()
  })
  await new Promise(resolve => socket.once('open', resolve))
  onTestFinished(() => socket.close())
  const say = (frame: object) => socket.send(JSON.stringify(frame))
  say({ type: 'open', page: id('p', 1), key: id('k', 1), url: 'http://shop.test/', title: 'Shop', referrer: '', language: 'en' })
  let written = 0
  return {
    messages,
    write: (text: string, button?: { readonly message: string; readonly id: string }) => {
      written += 1
      say({ type: 'write', id: id('m', written), text, ...(button === undefined ? {} : { button }) })
    },
    /** Resolves with the first message to the visitor whose text fits. */
    hears: (text: RegExp) =>
      new Promise<ChatMessage>(resolve => {
        const check = () => {
          const found = messages.find(message => message.by === 'agent' && text.test(message.text))
          if (found === undefined) return
          waiting.delete(check)
          resolve(found)
        }
        waiting.add(check)
        check()
      }),
  }
}
