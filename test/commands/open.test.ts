import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emulate, run, temporaryFolder } from '../helpers/cli.js'
import { startReceiver } from '../helpers/receiver.js'

/** A browser that only says how it was called. */
const fakeBrowser = (folder: string, script: string) => {
  const path = join(folder, 'browser.sh')
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return path
}

test('without an emulator there is nothing to open', async () => {
  using folder = temporaryFolder()
  expect(await run(['open', 'http://shop.test/'], { cwd: folder.path })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('No running emulator was found'),
  })
  await using other = await startReceiver()
  const taken = await run(['open', 'http://shop.test/', '--emulator', other.url], { cwd: folder.path })
  expect(taken).toMatchObject({ code: 4, stderr: expect.stringContaining('something else answers there') })
})

test('without a browser it says where it looked, and what to do', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  const none = await run(['open', 'http://shop.test/'], { cwd: folder.path, env: { PATH: folder.path } })
  if (process.platform === 'linux') expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('Looked for  google-chrome') })
  const wrong = await run(['open', 'http://shop.test/', '--browser', '/no/such', '--emulator', emulator.url], { cwd: folder.path })
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('/no/such is not a program that can be run.') })
})

test.skipIf(process.platform === 'win32')('--print and --json show the command line and start nothing', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  const browser = fakeBrowser(folder.path, 'echo started >&2; exit 3')
  const line = await run(['open', 'shop.test/a', '--browser', browser, '--print'], { cwd: folder.path })
  expect(line).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/--user-data-dir=\S+ '--proxy-pac-url=data:\S+' .* http:\/\/shop\.test\/a\n$/),
  })
  const json = await run(['open', 'http://shop.test/a', '--print', '--json', '--', '--headless=new'], { cwd: folder.path, env: { JIVO_DEV_BROWSER: browser } })
  expect(JSON.parse(json.stdout)).toMatchObject({
    program: browser,
    url: 'http://shop.test/a',
    emulator: emulator.url,
    args: expect.arrayContaining(['--headless=new']),
  })
})

test.skipIf(process.platform === 'win32')('a browser that fails is quoted, and its profile is gone', async () => {
  using folder = temporaryFolder()
  await using _ = await emulate([], folder.path)
  const browser = fakeBrowser(folder.path, 'echo "No usable sandbox" >&2; exit 3')
  const { code, stdout, stderr } = await run(['open', 'https://shop.test/', '--browser', browser, '--json'], { cwd: folder.path })
  expect(code).toBe(4)
  expect(stderr).toContain('ended with code 3')
  expect(stderr).toContain('No usable sandbox')
  expect(() => writeFileSync(join(JSON.parse(stdout).profile, 'x'), '')).toThrow('ENOENT')
})
