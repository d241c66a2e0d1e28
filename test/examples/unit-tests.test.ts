import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { environment } from '../helpers/cli.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('the unit tests with msw pass by the command of their README', async () => {
  const readme = readFileSync(new URL('../../examples/unit-tests-msw/README.md', import.meta.url), 'utf8')
  const command = /```sh\n(npx vitest .*)\n```/.exec(readme)?.[1] ?? ''
  const env = environment({ NO_COLOR: '1', PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) })
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: root, env })
  expect(stdout).toMatch(/Tests {2}6 passed \(6\)/)
})
