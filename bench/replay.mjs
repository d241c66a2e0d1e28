// Replay of a recording: its speed as the receiver sees it, that of the whole command, and its memory.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetched } from '../scripts/fetched.mjs'
import { bodyOf, inFolder, writeLines } from './bodies.mjs'
import { paired } from './paired.mjs'
import { receiving, spawnNode } from './receiving.mjs'

const path = name => fileURLToPath(new URL(name, import.meta.url))
const bin = path('../bin/jivo-dev.js')
const count = 20_000
const connections = 10

const quiet = { stdio: ['ignore', 'ignore', 'inherit'] }

const replayArgs = (port, file) => [bin, 'replay', file, '--to', `http://127.0.0.1:${port}/jivo`, '--concurrency', String(connections)]

const withBodies = (bodies, run) => inFolder(folder => run(writeLines(join(folder, 'bodies.jsonl'), bodies, bodyOf)))

/** Milliseconds between the first and the last body. */
const sent = argsOf => withBodies(count, file => receiving(count, port => spawnNode(1, argsOf(port, file), quiet)))

/** Milliseconds of the whole command. */
const whole = (argsOf, env = process.env) =>
  withBodies(count, async file => {
    let took = 0
    await receiving(count, port => {
      const began = performance.now()
      return spawnNode(1, argsOf(port, file), { ...quiet, env }).on('exit', () => {
        took = performance.now() - began
      })
    })
    return took
  })

const senderArgs = name => (port, file) => [path(`senders/${name}.mjs`), port, file, String(connections)]

/** Peak memory of a replay, in MiB. */
const peak = bodies =>
  inFolder(async folder => {
    const file = writeLines(join(folder, 'bodies.jsonl'), bodies, bodyOf)
    const told = join(folder, 'peak')
    await receiving(bodies, port =>
      spawnNode(1, ['--import', path('peak.mjs'), ...replayArgs(port, file)], { ...quiet, env: { ...process.env, PEAK_FILE: told } }),
    )
    return Number(readFileSync(told, 'utf8'))
  })

const name = `replay of ${count.toLocaleString('en')} distinct bodies of 1.5 kB, ${connections} in flight, verdicts on`

export const replay = [
  {
    name,
    against: 'a hand-written `node:net` client',
    goal: 0.75,
    atLeast: true,
    measure: () =>
      paired(
        9,
        () => sent(replayArgs),
        () => sent(senderArgs('net')),
      ),
  },
  {
    name: 'the whole command of that replay',
    against: 'the whole `node:net` client',
    atLeast: true,
    measure: () =>
      paired(
        9,
        () => whole(replayArgs),
        () => whole(senderArgs('net')),
      ),
  },
  {
    name: 'the whole command of that replay',
    against: 'a `fetch` loop',
    goal: 6,
    atLeast: true,
    measure: () =>
      paired(
        5,
        () => whole(replayArgs),
        () => whole(senderArgs('fetch')),
      ),
  },
  {
    name: 'the whole command of that replay',
    against: 'autocannon 9.0.0',
    goal: 1,
    atLeast: true,
    measure: () => {
      const env = { ...process.env, AUTOCANNON: join(fetched('autocannon', '9.0.0'), 'node_modules', 'autocannon', 'autocannon.js') }
      return paired(
        5,
        () => whole(replayArgs),
        () => whole(senderArgs('autocannon'), env),
      )
    },
  },
  {
    name: 'peak memory of a replay of 1,000,000 bodies, ',
    against: 'of 10,000',
    goal: 1.3,
    most: 150,
    unit: 'MiB',
    measure: () =>
      paired(
        1,
        () => peak(1_000_000),
        () => peak(10_000),
      ),
  },
]
