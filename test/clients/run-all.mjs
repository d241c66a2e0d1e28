// Runs the programs that stdin lists, some at a time, in the environment that it has itself. Prints what each said.
import { spawn } from 'node:child_process'
import { json } from 'node:stream/consumers'

/** More than the cores: the programs wait for each other's processes rather than compute. */
const atOnce = 4

const run = ({ name, command: [program, ...args], env }) =>
  new Promise(resolve => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', text => {
        said[stream] += text
      })
    }
    child.on('error', error => resolve([name, { code: null, stdout: '', stderr: error.message }]))
    child.on('close', code => resolve([name, { code, ...said }]))
  })

const waiting = await json(process.stdin)
const outcomes = []
const next = async () => {
  for (let program = waiting.shift(); program !== undefined; program = waiting.shift()) outcomes.push(await run(program))
}
await Promise.all(Array.from({ length: atOnce }, next))
process.stdout.write(JSON.stringify(Object.fromEntries(outcomes)))
