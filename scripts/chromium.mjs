// Finds a Chrome or Chromium for the tests, or gets Playwright's.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fail, root } from './setup.mjs'

const places = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
  ],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(name => `${process.env[name]}\\Google\\Chrome\\Application\\chrome.exe`),
}

/** Path of a browser: the one of JIVO_DEV_CHROMIUM, one that is installed, or Playwright's own. Null when there is none. */
export const findChromium = async () => {
  const named = process.env.JIVO_DEV_CHROMIUM
  if (named !== undefined && !existsSync(named)) fail(`JIVO_DEV_CHROMIUM is ${named}: there is no such file.`)
  return named ?? installedChromium() ?? (await fetched())
}

export const installedChromium = () => (places[process.platform] ?? []).find(path => existsSync(path)) ?? null

/** Playwright's own download: into its cache in the user's home, where it may be already. */
const fetched = async () => {
  const { chromium } = await import('playwright-core')
  if (existsSync(chromium.executablePath())) return chromium.executablePath()
  process.stderr.write('No Chrome or Chromium found; trying the download of Playwright…\n')
  const cli = join(root, 'node_modules/playwright-core/cli.js')
  const { status } = spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: 10 * 60_000 })
  return status === 0 && existsSync(chromium.executablePath()) ? chromium.executablePath() : null
}
