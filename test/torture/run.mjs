// npm run torture [KILLS] [SEED]: the kill test, longer than the suite runs it.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { setup } from '../../scripts/setup.mjs'

const [kills = '200', seed = '7'] = process.argv.slice(2)
const root = fileURLToPath(new URL('../..', import.meta.url))
setup()
const env = { ...process.env, JIVO_DEV_TORTURE_KILLS: kills, JIVO_DEV_TORTURE_SEED: seed }
const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'fast', 'test/torture']
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1
