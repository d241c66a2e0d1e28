import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { complaintsOf, newPerson, openBrowser } from '../helpers/browser.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'
import { writeLongJournal } from '../helpers/long-journal.js'

let browser: Browser
beforeAll(async () => {
  // Without this the heap is told in steps that hide what is asked here.
  browser = await openBrowser(['--enable-precise-memory-info', '--js-flags=--expose-gc'])
})
afterAll(() => browser.close())

/** Everything has been read: what says that older ones are read is gone. */
const whole = (page: Page) => page.getByText('reading older events').waitFor({ state: 'detached' })

/** Milliseconds from one frame to the next while the list is scrolled from its end to its beginning, shortest first. */
const scrollThrough = (page: Page, steps: number) =>
  page.evaluate(async count => {
    const list = document.querySelector('.row-scroll')
    if (list === null) throw new Error('there is no list')
    const gaps: number[] = []
    const end = list.scrollHeight
    for (let step = 0; step < count; step += 1) {
      const before = performance.now()
      list.scrollTop = end - (end / count) * (step + 1)
      await new Promise(requestAnimationFrame)
      gaps.push(performance.now() - before)
    }
    return gaps.sort((a, b) => a - b)
  }, steps)

const heapInMebibytes = (page: Page) =>
  page.evaluate(() => {
    const { gc, performance } = window as unknown as { gc: () => void; performance: { memory: { usedJSHeapSize: number } } }
    gc()
    return performance.memory.usedJSHeapSize / 2 ** 20
  })

test('a timeline of 100,000 events is painted at once, scrolls smoothly, and takes less than 200 MiB', async () => {
  using folder = temporaryFolder()
  await writeLongJournal(folder.path, 100_000)
  await using emulator = await emulate([], folder.path)
  const context = await newPerson(browser)
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(`${emulator.url}console#/timeline`)
  await page.getByRole('option').first().waitFor()
  // The goal is a second, which bench/ measures; a machine that does much else takes longer.
  expect(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime)).toBeLessThan(4_000)

  await whole(page)
  const gaps = await scrollThrough(page, 120)
  // On a quiet machine 60 frames a second and none later than 0.14 s; beside another browser on a slow one a fifth of that.
  expect(gaps[60]).toBeLessThan(100)
  expect(gaps.at(-1)).toBeLessThan(1_500)
  expect(await page.getByRole('option').count()).toBeLessThan(100)
  await page.getByRole('option', { name: 'emulator.started' }).first().waitFor()
  expect(await heapInMebibytes(page)).toBeLessThan(200)

  const field = page.getByRole('combobox', { name: 'Filter events' })
  await field.fill('type:delivery.failed "chat_finished"')
  await page.waitForFunction(() => /^\d+ of \d+.\d+$/.test(document.querySelector('.tl-bar .note')?.textContent ?? ''))
  await field.fill('KM-1007')
  await page
    .getByRole('option', { name: /Order KM-1007/ })
    .first()
    .waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test('a link to an old event opens it, and the row stays where it is while older ones come', async () => {
  using folder = temporaryFolder()
  await writeLongJournal(folder.path, 10_000)
  await using emulator = await emulate([], folder.path)
  const context = await newPerson(browser)
  const page = await context.newPage()
  // Older events wait until the test lets them come.
  let release = () => {}
  const released = new Promise<void>(resolve => {
    release = resolve
  })
  await page.route(/\/_dev\/events\?after=\d+&until=/, async route => {
    await released
    await route.continue()
  })
  await page.goto(`${emulator.url}console#/timeline/9000`)
  const row = page.locator('#event-9000')
  await row.waitFor()
  const before = await row.boundingBox()
  release()
  await whole(page)
  expect(await row.boundingBox()).toEqual(before)
  await page.goto(`${emulator.url}console#/timeline/40`)
  await page.locator('#event-40').waitFor()
  await context.close()
})
