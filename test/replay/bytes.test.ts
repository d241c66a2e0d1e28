import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../src/cli.js'
import type { Context } from '../../src/context.js'
import { webhookNames, webhooks } from '../../src/contracts/webhooks/events.js'
import { exitCodes } from '../../src/errors.js'
import { arbitraryOf } from '../helpers/arbitrary.js'
import { bounded } from '../helpers/bounded.js'
import { temporaryFolder } from '../helpers/cli.js'
import { type Receiver, startReceiver } from '../helpers/receiver.js'

const folder = temporaryFolder()
let receiver: Receiver

beforeAll(async () => {
  receiver = await startReceiver()
})

afterAll(async () => {
  await receiver[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

/** The command in this process, its words kept. */
const replay = async (args: readonly string[]) => {
  const said = { stdout: '', stderr: '' }
  const output = (name: keyof typeof said) => ({
    isTTY: false,
    columns: 80,
    write: (text: string) => {
      said[name] += text
    },
  })
  const context: Context = {
    cwd: folder.path,
    env: {},
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdin: { isTTY: false, close: () => {}, [Symbol.asyncIterator]: async function* () {} },
    clock: {
      now: Date.now,
      after: (milliseconds, then) => {
        const timer = setTimeout(then, milliseconds)
        return () => clearTimeout(timer)
      },
    },
    randomHex: bytes => '07'.repeat(bytes),
    signal: new AbortController().signal,
    takeSignals: () => () => {},
    pid: process.pid,
    platform: process.platform,
    nodeVersion: process.versions.node,
    version: '0.0.0',
    packageFolder: folder.path,
  }
  return { code: await run(['replay', ...args], context), ...said }
}

/** A line of a recording, and what of it goes out. */
interface Line {
  readonly line: string
  readonly sent: string
}

/** Ways to write a body into a line: bodies as others wrote them keep their spaces and escapes, events hold one inside. */
const written: Record<string, (body: unknown) => Line> = {
  short: body => asItIs(JSON.stringify(body)),
  spaced: body => asItIs(` ${JSON.stringify(body, null, 1).replaceAll(/\n\s*/g, ' \t')} `),
  escaped: body => asItIs(JSON.stringify(body).replaceAll(/[^ -~]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)),
  event: body => ({ line: JSON.stringify({ seq: 1, at: 0, type: 'delivery.scheduled', delivery: 'd1', body }), sent: JSON.stringify(body) }),
}

const asItIs = (line: string): Line => ({ line, sent: line })

const ways = fc.constantFrom(...Object.values(written))
const everyEvent = webhookNames.map(name => fc.tuple(ways, arbitraryOf(webhooks[name])).map(([write, body]) => write(body)))
const recordings = fc.tuple(fc.tuple(...everyEvent), fc.tuple(...everyEvent)).map(halves => halves.flat())

test('a recording of any bodies of all events goes out byte for byte, in its order', async () => {
  await fc.assert(
    fc.asyncProperty(recordings, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (lines, newline, isEnded) => {
      receiver.received.length = 0
      writeFileSync(join(folder.path, 'all.jsonl'), lines.map(({ line }) => line).join(newline) + (isEnded ? newline : ''))
      const { code, stderr } = await replay(['all.jsonl', '--to', receiver.url, '--json'])
      expect(stderr).toBe('')
      expect(receiver.received.map(({ text }) => text)).toEqual(lines.map(({ sent }) => sent))
      expect(receiver.received.map(({ headers }) => Number(headers['content-length']))).toEqual(lines.map(({ sent }) => Buffer.byteLength(sent)))
      expect(code).toBe(exitCodes.done)
    }),
    // A failure is made smaller over the network: not for longer than the test may take.
    { ...bounded(6), interruptAfterTimeLimit: 10_000 },
  )
})
