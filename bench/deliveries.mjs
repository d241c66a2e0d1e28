// The emulator's own deliveries, with the journal on. An emulator is started on a journal that has them all before it, as
// after a kill, so that nothing but the outbox is measured: from the first body that arrives to the last.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bodyOf, inFolder, writeLines } from './bodies.mjs'
import { paired } from './paired.mjs'
import { receiving } from './receiving.mjs'

const bin = fileURLToPath(new URL('../bin/jivo-dev.js', import.meta.url))
const netSender = fileURLToPath(new URL('senders/net.mjs', import.meta.url))

const count = 20_000
/** As many as the emulator sends at a time to one address. */
const connections = 32

const emulator = () =>
  inFolder(folder =>
    receiving(
      count,
      port => {
        mkdirSync(join(folder, 'data'))
        writeLines(join(folder, 'data', 'journal.jsonl'), count, at => {
          const body = bodyOf(at)
          const to = `http://127.0.0.1:${port}/jivo`
          const delivery = { delivery: `d${at + 1}`, channel: '3948', event: body.event_name, to, chat: body.chat_id, body }
          return { seq: at + 1, at: 1_754_000_000_000, type: 'delivery.scheduled', ...delivery }
        })
        return spawn(process.execPath, [bin, 'emulate', '--port', '0', '--quiet', '--data', join(folder, 'data')], { stdio: ['ignore', 'ignore', 'inherit'] })
      },
      { endless: true },
    ),
  )

const net = () =>
  inFolder(folder => {
    const path = writeLines(join(folder, 'bodies.jsonl'), count, bodyOf)
    return receiving(count, port => spawn(process.execPath, [netSender, port, path, String(connections)], { stdio: 'inherit' }))
  })

export const deliveries = [
  {
    name: `${count.toLocaleString('en')} deliveries of \`jivo-dev emulate\`, journal on`,
    against: `a hand-written \`node:net\` client, ${connections} in flight, no journal`,
    goal: 0.5,
    atLeast: true,
    measure: () => paired(7, emulator, net),
  },
]
