import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe, complaintsOf, newPerson, openBrowser } from '../helpers/browser.js'
import { json, zoo } from '../helpers/receiver.js'
import { openStage } from '../helpers/stage.js'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test('deliveries are drawn over time, a chat as lanes, and each part of both leads to its event', async () => {
  await using stage = await openStage(browser, ['--delivery-profile', 'none'])
  stage.receiver.answer = (response, { body }) => (body.event_name === 'chat_updated' ? zoo.html500(response) : json(response, { result: 'ok' }))
  const visit = await stage.visit()
  await visit.call('sendMessage', 'Hello <b>there</b>')
  await visit.called('jivo_onMessageReceived')
  await visit.call('setContactInfo', { name: 'Vera Lind', email: 'vera@example.test' })
  const { seq, chat } = await visit.event('delivery.failed')

  const context = await newPerson(browser, { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(`${stage.url}console#/timeline`)
  const strip = page.getByRole('region', { name: 'Deliveries over time' })
  await strip.waitFor()
  expect(await strip.getByRole('definition').allTextContents()).toEqual(['2', '1', expect.stringMatching(/ms$/), expect.stringMatching(/ms$/)])
  await strip.getByRole('img', { name: /^2 deliveries ended from .* 1 of them failed$/ }).waitFor()

  // What the filter hides is not in the numbers either.
  const field = page.getByRole('combobox', { name: 'Filter events' })
  await field.fill('delivery.f')
  await page.getByRole('option', { name: 'type:delivery.failed 1', exact: true }).waitFor()
  await page.keyboard.press('Tab')
  expect(await field.inputValue()).toBe('type:delivery.failed ')
  await page.waitForFunction(() => document.querySelector('.strip dd')?.textContent === '1')
  await field.fill('status:')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await page.getByRole('listbox', { name: 'Completions' }).getByRole('option', { selected: true }).textContent()).toMatch(/^status:500/)
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelector('.tl-bar .note')?.textContent?.startsWith('2 of '))
  await field.fill('status:red')
  await page.getByText('status: takes 500, >=500, 5xx, ok, failed, waiting, warning; got red').waitFor()
  await page.getByRole('button', { name: 'Clear the filter' }).click()

  await page.getByRole('main').focus()
  await page.keyboard.press(']')
  await page.getByRole('article', { name: `Event ${seq}` }).waitFor()
  await page.getByRole('tab', { name: 'Contract' }).click()
  await page.getByRole('tabpanel').getByText('chats_count').first().waitFor()
  await page.getByRole('main').focus()
  await page.keyboard.press('l')
  const drawing = page.getByRole('figure', { name: `Chat ${chat} as lanes` })
  await drawing.waitFor()
  expect(new URL(page.url()).hash).toBe(`#/timeline/${seq}?filter=chat:${chat}&view=lanes`)
  const steps = await drawing.getByRole('listitem').allTextContents()
  expect(steps).toContainEqual(expect.stringContaining('Visitor and page to Jivo (emulator): message.sent“Hello <b>there</b>”'))
  expect(steps).toContainEqual(expect.stringContaining('Jivo (emulator) to Your server: chat_accepted200 in'))
  expect(steps).toContainEqual(expect.stringContaining('Jivo (emulator) to Your server: chat_updated500 in'))
  expect(steps).toContainEqual(expect.stringMatching(/Jivo \(emulator\) to Visitor and page: jivo_onClientStartChatjivo_onMessageSent/))
  await drawing.getByRole('link', { name: /chat_accepted ?200 in/ }).click()
  await page.getByRole('article').getByRole('heading', { level: 2, name: 'delivery.attempted' }).waitFor()
  await page.keyboard.press('Escape')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await axe(page)).toEqual([])
  }

  // From anywhere but the timeline, where the same key leads to the filter.
  await page.goto(`${stage.url}console#/account`)
  await page.getByRole('heading', { level: 2, name: 'Agents' }).waitFor()
  await page.keyboard.press('/')
  const jump = page.getByRole('dialog', { name: 'Find or jump to' })
  await jump.getByRole('combobox').fill('vera')
  await jump.getByRole('option', { name: `Vera Lind chat ${chat}` }).waitFor()
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Vera Lind' }).first().waitFor()
  expect(new URL(page.url()).hash).toBe(`#/desk/${chat}`)

  await page.goto(`${stage.url}console#/timeline?view=lanes`)
  await page.getByRole('link', { name: `chat ${chat} Vera Lind` }).click()
  await drawing.waitFor()
  await page.goto(`${stage.url}console#/desk/${chat}`)
  await page.getByRole('link', { name: 'Lanes' }).click()
  await drawing.waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test('the events of the list are saved as JSON lines, and one event is copied as JSON', async () => {
  await using stage = await openStage(browser)
  const context = await newPerson(browser, { acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  await page.goto(`${stage.url}console#/timeline/1?filter=type:emulator`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  const saved = await readFile(await (await download).path(), 'utf8')
  expect(
    saved
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).type),
  ).toEqual(['emulator.started'])
  await page.getByRole('button', { name: 'Copy as JSON' }).click()
  await page.getByText('Copied').waitFor({ state: 'attached' })
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual(JSON.parse(saved))
  await context.close()
})
