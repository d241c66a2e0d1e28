// Other Nodes than the one that runs, as the npm package `node` brings them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'

/** Path of a Node of that version, fetched the first time. Null where the registry does not give it. */
export const nodeOf = version => {
  const home = join(root, 'node_modules/.cache/jivo-dev', `node-${version}`)
  const path = join(home, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(path)) {
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }))
    const install = ['install', '--no-audit', '--no-fund', '--no-package-lock', `node@${version}`]
    spawnSync('npm', install, { cwd: home, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
  }
  return existsSync(path) && spawnSync(path, ['--version']).status === 0 ? path : null
}
