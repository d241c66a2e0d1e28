// What `npm start` and `npm test` do before anything else on a fresh clone: check Node, install what is missing, build
// what is stale. Imports nothing but Node: it runs before the packages are there.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a program with our own streams; stdout goes to stderr where stdout must stay clean. Ends us when it fails. */
export const runOrExit = (command, args, { quiet = false } = {}) => {
  // npm is a script on Windows, and only a shell finds it there; the arguments are our own.
  const shell = process.platform === 'win32' && command === 'npm'
  const { status, error } = spawnSync(command, args, { cwd: root, shell, stdio: ['ignore', quiet ? 2 : 'inherit', 'inherit'] })
  if (error !== undefined) fail(`Could not run ${command}: ${error.message}`)
  if (status !== 0) process.exit(status ?? 1)
}

export const fail = message => {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

export const setup = () => {
  checkNode()
  if (!isInstalled()) {
    process.stderr.write('Installing packages (npm ci)…\n')
    runOrExit('npm', ['ci', '--no-audit', '--no-fund'], { quiet: true })
  }
  if (!isBuilt()) {
    process.stderr.write('Building…\n')
    runOrExit(process.execPath, [join(root, 'scripts/build.mjs')], { quiet: true })
  }
}

const checkNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) fail(`jivo-dev needs Node 20.19 or newer; this is ${process.version}. Get one from https://nodejs.org`)
}

/** npm leaves its own record of what it installed; a newer lock file means that it is out of date. */
const isInstalled = () => {
  const record = join(root, 'node_modules/.package-lock.json')
  return existsSync(record) && existsSync(join(root, 'node_modules/esbuild')) && !isNewer(join(root, 'package-lock.json'), record)
}

const isBuilt = () => {
  const stamp = join(root, 'dist/.built')
  if (!existsSync(stamp)) return false
  const sources = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.types.json', 'scripts/build.mjs', ...filesUnder('src')]
  return !sources.some(file => isNewer(join(root, file), stamp))
}

const filesUnder = folder =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath.slice(root.length), entry.name))

const isNewer = (file, than) => statSync(file).mtimeMs > statSync(than).mtimeMs
