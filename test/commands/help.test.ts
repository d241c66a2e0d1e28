import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { run, temporaryFolder } from '../helpers/cli.js'

const folder = temporaryFolder()
const cwd = folder.path
afterAll(() => folder[Symbol.dispose]())
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

test.each(['--version', '-V'])('%s prints the version alone', async flag => {
  expect(await run([flag], { cwd })).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
})

test.each([[['--help']], [[]], [['-h']]])('%j prints the commands by group and the exit codes', async args => {
  const { code, stdout, stderr } = await run(args, { cwd })
  for (const words of ['Run:', 'emulate', 'exec', 'Fire:', 'trigger', 'Verify:', 'jwt', 'Exit codes:', '5 port in use']) expect(stdout).toContain(words)
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

test.each(['emulate', 'exec', 'trigger', 'replay', 'fire', 'jwt sign', 'jwt attack', 'check token'])(
  '%s --help lists flags with their variables',
  async command => {
    const { code, stdout } = await run([...command.split(' '), '--help'], { cwd })
    expect(stdout).toContain(`Usage: jivo-dev ${command}`)
    expect(stdout).toMatch(/env: JIVO_DEV_/)
    expect(code).toBe(0)
  },
)
