// How long a user waits for the command line, against Node doing nothing, and for the emulator, against a bare server.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { paired } from './paired.mjs'

const bin = fileURLToPath(new URL('../bin/jivo-dev.js', import.meta.url))
const bareServer = fileURLToPath(new URL('./bare-server.mjs', import.meta.url))

/** Milliseconds from spawn to exit. */
const run = args =>
  new Promise((resolve, reject) => {
    const began = performance.now()
    const child = spawn(process.execPath, args, { stdio: 'ignore' })
    child.on('error', reject)
    child.on('exit', code => (code === 0 ? resolve(performance.now() - began) : reject(new Error(`${args.join(' ')} ended with ${code}`))))
  })

let port = 28_000

/** Milliseconds from spawn to the first answer with status 200, looked for every 2 ms. The server is killed after. */
const ready = async (argsOf, path, cwd) => {
  port += 1
  const began = performance.now()
  const child = spawn(process.execPath, argsOf(port), { stdio: 'ignore', cwd })
  try {
    while (!(await answers(port, path))) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
      await new Promise(resolve => setTimeout(resolve, 2))
    }
    return performance.now() - began
  } finally {
    child.kill('SIGKILL')
    await new Promise(resolve => child.on('close', resolve))
  }
}

const answers = (onPort, path) =>
  new Promise(resolve => {
    const socket = connect(onPort, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`))
    const end = value => {
      socket.destroy()
      resolve(value)
    }
    socket.once('data', data => end(String(data).startsWith('HTTP/1.1 200')))
    socket.once('error', () => end(false))
    socket.once('end', () => end(false))
  })

const emulatorReady = async path => {
  const cwd = mkdtempSync(join(tmpdir(), 'jivo-dev-bench-'))
  try {
    return await ready(onPort => [bin, 'emulate', '--port', String(onPort)], path, cwd)
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

const nothing = () => run(['-e', '0'])

export const startUp = [
  { name: '`jivo-dev --version`', against: '`node -e 0`', goal: 1.2, measure: () => paired(15, () => run([bin, '--version']), nothing) },
  { name: '`jivo-dev --help`', against: '`node -e 0`', goal: 1.35, measure: () => paired(15, () => run([bin, '--help']), nothing) },
  {
    name: '`jivo-dev emulate` to its first 200, journal on',
    against: 'a bare `node:http` server to its first 200',
    goal: 1.6,
    measure: () =>
      paired(
        15,
        () => emulatorReady('/_dev/ready'),
        () => ready(onPort => [bareServer, String(onPort)], '/', tmpdir()),
      ),
  },
  {
    name: '`jivo-dev emulate` to the first 200 of its shop page',
    against: 'a bare `node:http` server to its first 200',
    measure: () =>
      paired(
        15,
        () => emulatorReady('/'),
        () => ready(onPort => [bareServer, String(onPort)], '/', tmpdir()),
      ),
  },
]
