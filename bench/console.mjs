// The console in a real browser, at a timeline of 100,000 events: how long until something is painted, and until a row is. It is held
// against the same page of an emulator to which nothing has happened.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { findChromium } from '../scripts/chromium.mjs'
import { inFolder } from './bodies.mjs'
import { paired } from './paired.mjs'

const bin = fileURLToPath(new URL('../bin/jivo-dev.js', import.meta.url))
const events = 100_000
const pairs = 15

/** The journal that the tests use. */
const writeJournal = async folder => {
  const outfile = join(folder, 'long-journal.mjs')
  const entryPoint = fileURLToPath(new URL('../test/helpers/long-journal.ts', import.meta.url))
  await build({ entryPoints: [entryPoint], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error', define: { __VERSION__: '"bench"' } })
  const { writeLongJournal } = await import(pathToFileURL(outfile).href)
  writeFileSync(join(folder, 'package.json'), '{}')
  await writeLongJournal(folder, events)
}

const emulate = async data => {
  const emulator = spawn(process.execPath, [bin, 'emulate', '--port', '0', '--json', '--no-config', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { url } = await new Promise((resolve, reject) => {
    emulator.on('exit', code => reject(new Error(`emulate ended with ${code}`)))
    emulator.stdout.once('data', line => resolve(JSON.parse(String(line).split('\n')[0])))
  })
  emulator.stdout.resume()
  const end = () => {
    emulator.removeAllListeners('exit')
    emulator.kill('SIGKILL')
  }
  return { url, end }
}

/** @param look what is asked of a page that has just been opened: milliseconds */
const measure = look => () =>
  inFolder(async folder => {
    await writeJournal(folder)
    const [long, empty] = await Promise.all([emulate(join(folder, '.jivo-dev')), emulate(join(folder, 'empty'))])
    const browser = await chromium.launch({ executablePath: (await findChromium()) ?? undefined, args: ['--no-sandbox', '--disable-gpu'] })
    const open = async url => {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(`${url}console#/timeline`)
      const took = await look(page)
      await context.close()
      return took
    }
    try {
      return await paired(
        pairs,
        () => open(long.url),
        () => open(empty.url),
      )
    } finally {
      await browser.close()
      long.end()
      empty.end()
    }
  })

const firstPaint = page =>
  page.evaluate(async () => {
    for (;;) {
      const [paint] = performance.getEntriesByName('first-contentful-paint')
      if (paint !== undefined) return paint.startTime
      await new Promise(requestAnimationFrame)
    }
  })

const firstRow = page =>
  page.evaluate(async () => {
    while (document.querySelector('[role=option]') === null) await new Promise(requestAnimationFrame)
    return performance.now()
  })

export const console = [
  {
    name: `the console at a timeline of ${events.toLocaleString('en')} events to its first paint, in Chromium`,
    against: 'the same of an empty journal',
    most: 1_000,
    measure: measure(firstPaint),
  },
  {
    name: 'the same to its first row',
    against: 'the same of an empty journal',
    measure: measure(firstRow),
  },
]
