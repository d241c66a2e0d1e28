// The emulator's own deliveries, with the journal on. An emulator is started on a journal that has them all before it, as
// after a kill, so that nothing but the outbox is measured: from the first body that arrives to the last.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { paired } from './paired.mjs'

const bin = fileURLToPath(new URL('../bin/jivo-dev.js', import.meta.url))
const receiverScript = fileURLToPath(new URL('quick-receiver.mjs', import.meta.url))
const senderScript = fileURLToPath(new URL('plain-sender.mjs', import.meta.url))

const count = 10_000
/** As many as the emulator sends at a time to one address. */
const connections = 32

/** A body of the common size, each of a chat of its own. */
const bodyOf = (plain, number) => ({ ...plain, chat_id: 10_000 + number })

const withReceiver = async run => {
  const receiver = spawn(process.execPath, [receiverScript, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const lines = linesOf(receiver.stdout)
    const port = await lines()
    const sender = await run(port)
    const took = Number(await lines())
    sender.kill('SIGKILL')
    await new Promise(resolve => sender.on('close', resolve))
    return took
  } finally {
    receiver.kill('SIGKILL')
  }
}

/** Reads a stream line by line. */
const linesOf = stream => {
  const reader = stream.setEncoding('utf8')[Symbol.asyncIterator]()
  let text = ''
  return async () => {
    while (!text.includes('\n')) {
      const { done, value } = await reader.next()
      if (done) throw new Error('the receiver ended')
      text += value
    }
    const line = text.slice(0, text.indexOf('\n'))
    text = text.slice(line.length + 1)
    return line
  }
}

const inFolder = async run => {
  const folder = mkdtempSync(join(tmpdir(), 'jivo-dev-bench-'))
  try {
    const plain = JSON.parse(readFileSync(new URL('../fixtures/webhooks/chat_accepted.json', import.meta.url), 'utf8'))
    return await run(
      folder,
      Array.from({ length: count }, (_, number) => bodyOf(plain, number)),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const emulator = () =>
  inFolder((folder, bodies) =>
    withReceiver(port => {
      const to = `http://127.0.0.1:${port}/jivo`
      const events = bodies.map((body, at) => ({
        seq: at + 1,
        at: 1_754_000_000_000,
        type: 'delivery.scheduled',
        delivery: `d${at + 1}`,
        channel: '3948',
        event: body.event_name,
        to,
        chat: body.chat_id,
        body,
      }))
      mkdirSync(join(folder, 'data'))
      writeFileSync(join(folder, 'data', 'journal.jsonl'), events.map(event => `${JSON.stringify(event)}\n`).join(''))
      return spawn(process.execPath, [bin, 'emulate', '--port', '0', '--quiet', '--data', join(folder, 'data')], { stdio: ['ignore', 'ignore', 'inherit'] })
    }),
  )

const plainSender = () =>
  inFolder((folder, bodies) =>
    withReceiver(port => {
      const path = join(folder, 'bodies.jsonl')
      writeFileSync(path, bodies.map(body => `${JSON.stringify(body)}\n`).join(''))
      return spawn(process.execPath, [senderScript, port, path, String(connections)], { stdio: ['ignore', 'ignore', 'inherit'] })
    }),
  )

/** Times become speeds: more is better. */
const speeds = ({ subject, yardstick, ratio, range: [least, most] }) => ({ subject, yardstick, ratio: 1 / ratio, range: [1 / most, 1 / least] })

export const deliveries = [
  {
    name: `${count.toLocaleString('en')} deliveries of \`jivo-dev emulate\`, journal on`,
    against: 'a hand-written `node:net` client without a journal',
    goal: 0.5,
    atLeast: true,
    measure: async () => speeds(await paired(7, emulator, plainSender)),
  },
]
