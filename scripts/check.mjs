// npm run check: format and lint, types, unused code, what the package would publish, size of the browser scripts.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, setup } from './setup.mjs'

setup()
const bin = name => join(root, 'node_modules', name)
const folder = mkdtempSync(join(tmpdir(), 'jivo-dev-pack-'))
const checks = [
  ['biome', [bin('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', '.']],
  ['tsc', [bin('typescript/bin/tsc'), '-p', '.']],
  ['knip', [bin('knip/bin/knip.js'), '--no-progress']],
  ['size-limit', [bin('size-limit/bin.js')]],
]

let failed = false
for (const [name, args] of checks) failed = !run(name, process.execPath, args) || failed
const isPacked = run('npm pack', 'npm', ['pack', '--silent', '--pack-destination', folder])
const tarball = isPacked ? readdirSync(folder)[0] : undefined
if (tarball !== undefined) failed = !run('publint', process.execPath, [bin('publint/src/cli.js'), join(folder, tarball), '--strict']) || failed
rmSync(folder, { recursive: true, force: true })
process.exitCode = failed || !isPacked ? 1 : 0

/** Quiet when all is well; otherwise what the tool said. */
function run(name, command, args) {
  const shell = process.platform === 'win32' && command === 'npm'
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell })
  const isFine = status === 0
  process.stdout.write(`${isFine ? 'ok  ' : 'FAIL'}  ${name}\n`)
  if (!isFine) process.stdout.write(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}\n`)
  return isFine
}
