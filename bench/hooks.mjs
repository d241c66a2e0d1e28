// What the hooks of `jivo-dev exec` cost a program that starts under them, against the same program without.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { nodeOf } from '../scripts/other-nodes.mjs'
import { paired } from './paired.mjs'

const bin = fileURLToPath(new URL('../bin/jivo-dev.js', import.meta.url))

/** The variables of an exec that runs: its files are there as long as it does. */
const hold = () =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, 'exec', '-q', '--print-env', '--json', '--', 'sleep', '600'], { stdio: ['ignore', 'pipe', 'inherit'] })
    child.on('error', reject)
    let text = ''
    child.stdout.setEncoding('utf8').on('data', part => {
      text += part
      if (!text.endsWith('\n')) return
      const variables = Object.fromEntries(Object.entries(JSON.parse(text)).map(([name, { value }]) => [name, value]))
      resolve({ variables, end: () => child.kill() })
    })
  })

/** Milliseconds from spawn to exit. */
const run = (program, args, env) =>
  new Promise((resolve, reject) => {
    const began = performance.now()
    // Nothing of our own environment: roots that it names would be loaded on both sides.
    const child = spawn(program, args, { stdio: 'ignore', env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } })
    child.on('error', reject)
    child.on('exit', code => (code === 0 ? resolve(performance.now() - began) : reject(new Error(`${program} ${args.join(' ')} ended with ${code}`))))
  })

/** With the variables that are named, or with all of them where none is. */
const cost = (find, args, names) => async () => {
  const program = find()
  const { variables, end } = await hold()
  const env = Object.fromEntries(
    Object.entries(variables).filter(([name]) => names.length === 0 || names.includes(name) || name.startsWith('JIVO_DEV_INTERCEPT_')),
  )
  try {
    return await paired(
      15,
      () => run(program, args, env),
      () => run(program, args, {}),
    )
  } finally {
    end()
  }
}

const isThere = program => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0

const row = (name, find, args, names, against = 'the same without it') => ({ name, against, measure: cost(find, args, names) })

/** Rows of what is installed. */
export const hooks = () => [
  ...[
    [process.versions.node.split('.')[0], () => process.execPath],
    ['24', () => nodeOf('24')],
  ].flatMap(([version, find]) => [
    { ...row(`\`node -e 0\` on Node ${version} with the hook in \`tls.connect\``, find, ['-e', '0'], ['NODE_OPTIONS']), goal: 1.5 },
    row(`\`node -e 0\` on Node ${version} with all that \`exec\` sets`, find, ['-e', '0'], []),
  ]),
  ...(isThere('/usr/bin/python3') ? [{ ...row('`python3 -c 0` with its hook', () => '/usr/bin/python3', ['-c', '0'], ['PYTHONPATH']), goal: 1.2 }] : []),
  ...(isThere('php') ? [row('`php -r 0;` with its ini file and hook', () => 'php', ['-r', '0;'], ['PHP_INI_SCAN_DIR'])] : []),
  ...(isThere('ruby') ? [row('`ruby -e 0` with all that `exec` sets', () => 'ruby', ['-e', '0'], [])] : []),
  {
    name: '`jivo-dev exec -- true`, an emulator started and stopped',
    against: '`jivo-dev --version`',
    measure: () =>
      paired(
        15,
        () => run(process.execPath, [bin, 'exec', '-q', '--', 'true'], {}),
        () => run(process.execPath, [bin, '--version'], {}),
      ),
  },
]
