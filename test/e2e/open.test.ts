import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { emulate, start, temporaryFolder } from '../helpers/cli.js'
import { startReceiver } from '../helpers/receiver.js'

const executablePath = process.env.JIVO_DEV_CHROMIUM ?? '/usr/bin/chromium'

test("open shows a site with Jivo's own snippet, its widget connects, and the profile is gone afterwards", async () => {
  using folder = temporaryFolder()
  await using site = await startReceiver(response => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><html lang="en"><title>Own site</title><script src="//code.jivosite.com/widget/AbCdEfGhIj" async></script>')
  })
  await using emulator = await emulate([], folder.path)
  await using opened = start(['open', site.url, '--browser', executablePath, '--json', '--', '--headless=new', '--no-sandbox', '--disable-gpu'], {
    cwd: folder.path,
  })
  await emulator.says(/"callback":"jivo_onLoadCallback"/)
  expect(emulator.output.stdout).toContain(site.url)
  expect(emulator.output.stdout).toContain('foreign-widget-id')
  const { profile } = JSON.parse(opened.output.stdout)
  expect(existsSync(profile)).toBe(true)
  opened.child.kill('SIGINT')
  expect(await opened.finished).toMatchObject({ code: 0 })
  expect(existsSync(profile)).toBe(false)
  expect(readdirSync(tmpdir()).filter(name => profile.endsWith(name))).toEqual([])
})
