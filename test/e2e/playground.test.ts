import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { widgetApi } from '../../src/contracts/widget-api.js'
import { axe, complaintsOf, newPerson, openBrowser } from '../helpers/browser.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'

let browser: Browser
const folder = temporaryFolder()
let emulator: Awaited<ReturnType<typeof emulate>>
beforeAll(async () => {
  browser = await openBrowser()
  emulator = await emulate(['--agents', 'manual'], folder.path)
})
afterAll(async () => {
  await emulator[Symbol.asyncDispose]()
  await browser.close()
  folder[Symbol.dispose]()
})

const open = async (hash = '', options: Parameters<Browser['newContext']>[0] = {}) => {
  const context = await newPerson(browser, options)
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(`${emulator.url}playground${hash}`)
  await page.waitForFunction(() => 'jivo_api' in window)
  return { context, page, complaints }
}

const row = (page: Page, code: string) =>
  page
    .locator('.came li')
    .filter({ has: page.locator('code', { hasText: code }) })
    .first()

test('every callback and method has its place, its evidence and its form', async () => {
  const { context, page, complaints } = await open()
  for (const { name, kind, args } of widgetApi) {
    await page
      .getByRole('link', { name, exact: false })
      .filter({ hasText: new RegExp(`^${name}\\d*$`) })
      .click()
    await page.getByRole('heading', { level: 2, name: `${name}(` }).waitFor()
    // A line or two, not a letter a line: the page shares its style sheets with the console.
    expect((await page.locator('.signature').boundingBox())?.height).toBeLessThan(80)
    expect(await page.locator('.arg').count()).toBe(args.length)
    await page.getByRole('button', { name: kind === 'callback' ? 'Fire' : 'Call', exact: true }).waitFor()
    expect(await page.locator('.facts tbody tr').count()).toBeGreaterThan(args.length)
  }
  expect(complaints).toEqual([])
  await context.close()
})

test('a method is called on the page itself: what it gave back, what was called back, and the events with their numbers', async () => {
  const { context, page } = await open('#setCustomData')
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  const call = row(page, 'setCustomData([{ content: "Gold until May", title: "Plan" }])')
  await call.getByText('{ result: "ok" }').waitFor()
  const link = call.getByRole('link', { name: /^event #\d+$/ })
  const seq = Number((await link.textContent())?.replace('event #', ''))
  const events = (await (await fetch(`${emulator.url}_dev/events?after=${seq - 1}`)).text()).split('\n')
  expect(JSON.parse(events[0] ?? '')).toMatchObject({ seq, type: 'api.called', method: 'setCustomData' })
  expect(await link.getAttribute('href')).toBe(`/console#/timeline/${seq}`)
  await row(page, 'card.changed').waitFor()

  await page.getByLabel('fields').fill('[{')
  await page.getByText('This is not JSON').waitFor()
  expect(await page.getByRole('button', { name: 'Call', exact: true }).isDisabled()).toBe(true)
  await page.getByLabel('fields').fill('{"content":"no list"}')
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await row(page, 'setCustomData({').getByText('failed').waitFor()
  await row(page, 'warning.raised').getByText('expected an array of fields').waitFor()

  await page.goto(`${emulator.url}playground#getVisitorNumber`)
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await row(page, 'callback(null, ').waitFor()
  await page.goto(`${emulator.url}playground#open`)
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await row(page, 'jivo_onOpen()').getByRole('link').waitFor()
  await row(page, 'jivo_onChangeState("chat")').waitFor()
  await context.close()
})

test('a callback is fired on the page, also one whose handler throws or is missing', async () => {
  const { context, page } = await open('#jivo_onCallEnd')
  const fire = page.getByRole('button', { name: 'Fire', exact: true })
  await fire.click()
  await row(page, 'jivo_onCallEnd({ result: "ok" })').getByRole('link').waitFor()
  await page.getByLabel('The handler of this page').selectOption('throws')
  await fire.click()
  await row(page, 'jivo_onCallEnd').getByText('threw').waitFor()
  await page.getByLabel('The handler of this page').selectOption('missing')
  await fire.click()
  await row(page, 'jivo_onCallEnd').getByText('not defined').waitFor()
  expect(await page.locator('.doc .code').allTextContents()).toContainEqual(expect.stringContaining(`$ jivo-dev fire onCallEnd '{"result":"ok"}'`))
  await context.close()
})

test.each([
  ['light', 'en-US', 1440],
  ['dark', 'ru-RU', 1440],
  ['dark', 'en-US', 390],
  ['light', 'ru-RU', 390],
] as const)('axe finds nothing: %s, %s, %i px', async (colorScheme, locale, width) => {
  for (const hash of ['', '#setContactInfo', '#jivo_onChangeState']) {
    const { context, page, complaints } = await open(hash, { colorScheme, locale, viewport: { width, height: 844 } })
    if (hash !== '') {
      await page.locator('.doc .primary').click()
      await page.locator('.came li a').first().waitFor()
    }
    expect(await axe(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await page.locator('h1').textContent()).toBe(locale === 'ru-RU' ? 'Песочница' : 'Playground')
    expect(complaints).toEqual([])
    await context.close()
  }
})

test('the shop and the console lead there', async () => {
  const context = await newPerson(browser)
  const page = await context.newPage()
  for (const path of ['', 'console']) {
    await page.goto(emulator.url + path)
    await page.getByRole('link', { name: 'Playground' }).first().click()
    await page.waitForURL(`${emulator.url}playground`)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Playground')
  }
  await context.close()
})
