// npm test: sets up, finds a browser, checks, then runs the suite; in CI its fast part again on the newest Node, and what Node
// itself may break on those between. Everything that a fresh clone needs is fetched here. The last line is
// `N passed, N failed, N skipped`, over all runs.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromDebian, missingPackages } from './debian.mjs'
import { nodeOf } from './other-nodes.mjs'
import { fail, root, setup } from './setup.mjs'

/** Besides the Node that runs this, the oldest: what `engines` promises, as the npm package `node` brings it. */
const otherNodes = [
  { version: '26', files: [] },
  // Sockets, files, processes and streams; what is pure computes the same between the oldest and the newest.
  ...['22', '24'].map(version => ({
    version,
    files: ['test/transports', 'test/library', 'test/conformance', 'test/commands/emulate.test.ts', 'test/commands/trigger.test.ts'],
  })),
]

setup()
const total = { passed: 0, failed: 0, skipped: 0 }
const folder = mkdtempSync(join(tmpdir(), 'jivo-dev-test-'))
const only = process.argv.slice(2)
const steps = []

step('what the tests need')
const chromium = await getPrograms()
if (only.length === 0) {
  step('check')
  const { status } = spawnSync('npm', ['run', '--silent', 'check'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  total[status === 0 ? 'passed' : 'failed'] += 1
}
step(`tests on Node ${process.version}`)
// Artillery is hundreds of megabytes: fetched in CI, and by npm run test:artillery.
run(process.execPath, only.length === 0 && process.env.CI === undefined ? ['--project', 'fast', '--project', 'clients', '--project', 'e2e'] : only)
if (only.length === 0 && process.env.CI !== undefined) {
  for (const { version, files } of otherNodes) {
    step(`${files.length === 0 ? 'fast tests' : 'tests of what Node brings'} on Node ${version}`)
    const node = nodeOf(version)
    if (node === null) {
      process.stdout.write(`Node ${version} could not be fetched from the npm registry.\n`)
      total.failed += 1
    } else run(node, ['--project', 'fast', ...files])
  }
}
rmSync(folder, { recursive: true, force: true })
process.stdout.write(`\n${durations()}\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1

function run(node, args) {
  const report = join(folder, 'report.json')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const env = { ...process.env, JIVO_DEV_CHROMIUM: chromium, NO_COLOR: '1', NODE_NO_WARNINGS: '1' }
  delete env.FORCE_COLOR
  rmSync(report, { force: true })
  const { status } = spawnSync(node, [vitest, 'run', ...reporters, ...args], { cwd: root, stdio: 'inherit', env })
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null
  total.passed += counts?.numPassedTests ?? 0
  total.failed += counts?.numFailedTests ?? 0
  total.skipped += (counts?.numPendingTests ?? 0) + (counts?.numTodoTests ?? 0)
  // A file that could not be loaded, or an error outside of any test, fails the run without failing a test.
  if (status !== 0 && (counts?.numFailedTests ?? 0) === 0) total.failed += 1
}

/** Path of the browser. Besides it, in CI, programs that tests would be skipped without. */
async function getPrograms() {
  // Playwright is there when the packages are.
  const { findChromium, installedChromium } = await import('./chromium.mjs')
  const found = await findChromium()
  const isCi = process.env.CI !== undefined
  const isWhole = only.length === 0 || only.includes('clients')
  const missing = isCi || isWhole ? missingPackages() : []
  fromDebian([...(found === null ? ['chromium'] : []), ...(isCi ? missing : [])])
  const path = found ?? installedChromium()
  if (path === null) fail('The tests need a browser: install Chrome or Chromium, or set JIVO_DEV_CHROMIUM to the path of one.')
  const left = missing.length === 0 ? [] : missingPackages()
  if (left.length > 0) process.stdout.write(`Not installed, so that their tests are skipped: ${left.join(', ')}\n`)
  // Clients are tried on both ends of what `engines` promises.
  if (isWhole) nodeOf('24')
  return path
}

function step(name) {
  steps.push({ name, at: performance.now() })
  process.stdout.write(`\n--- ${name}\n`)
}

/** What each step took, in seconds. */
function durations() {
  const ends = [...steps.slice(1).map(({ at }) => at), performance.now()]
  return steps.map(({ name, at }, nth) => `${name} ${Math.round(((ends[nth] ?? 0) - at) / 1_000)} s`).join(', ')
}
