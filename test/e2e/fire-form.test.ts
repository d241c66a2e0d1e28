import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { webhookContract } from '../../src/contracts/webhooks/events.js'
import { axe, complaintsOf, newPerson, openBrowser } from '../helpers/browser.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'
import { type Receiver, startReceiver } from '../helpers/receiver.js'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const openDialog = async (page: Page, url: string, event: string) => {
  await page.goto(`${url}console`)
  await page.getByRole('button', { name: /^Fire/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: event, exact: true }).check()
  await dialog.getByRole('combobox', { name: 'event_name', exact: true }).waitFor()
  return dialog
}

/** What a screen reader says after the name of a field. */
const mistakeOf = (field: Locator) => field.evaluate(element => document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent)

const named = (event: string) => (received: Receiver['received'][number]) => received.body.event_name === event

test('what the form is filled with reaches the server with the types of the contract', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  await using emulator = await emulate(['--webhook', receiver.url], folder.path)
  const context = await newPerson(browser)
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  const dialog = await openDialog(page, emulator.url, 'chat_finished')
  const field = (name: string) => dialog.getByLabel(name, { exact: true })
  const press = (name: string) => dialog.getByRole('button', { name, exact: true }).click()

  await field('visitor.chats_count').fill('7')
  await field('visitor.name').fill('Vera "V" Lind\\')
  await press('null: visitor.email')
  await press('absent: visitor.description')
  await field('Type of visitor.number').selectOption('number')
  await field('visitor.social').fill('{"vk": {"id": 5}}')
  await field('chat.blacklisted').selectOption('true')
  await press('Add to tags')
  await field('tags[0].title').fill('vip')
  await press('Add to chat.messages')
  await press('Remove chat.messages[0]')
  await dialog.getByText('as the contract says').waitFor()

  // To the text and back nothing changes, and the form shows what was typed as text.
  await dialog.getByText('JSON', { exact: true }).click()
  const text = dialog.getByRole('textbox', { name: 'Body of chat_finished' })
  await text.fill((await text.inputValue()).replace('"title": "vip"', '"title": "gold"'))
  await dialog.getByText('Form', { exact: true }).click()
  expect(await field('tags[0].title').inputValue()).toBe('gold')
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Control+Enter')

  const { body } = await receiver.wait(named('chat_finished'))
  expect(webhookContract('chat_finished')?.safeParse(body).error?.issues ?? []).toEqual([])
  expect(body).toMatchObject({
    visitor: { name: 'Vera "V" Lind\\', email: null, chats_count: 7, number: expect.any(Number), social: { vk: { id: 5 } } },
    chat: { blacklisted: true },
    tags: [{ id: '1', title: 'gold' }],
  })
  expect(body.visitor).not.toHaveProperty('description')
  await dialog.getByText(/^Answered 200/).waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test('a wrong value is told at its field, and goes out only when that is meant', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  await using emulator = await emulate(['--webhook', receiver.url], folder.path)
  const context = await newPerson(browser, { colorScheme: 'dark' })
  const page = await context.newPage()
  const dialog = await openDialog(page, emulator.url, 'call_event')
  const count = dialog.getByLabel('visitor.chats_count', { exact: true })
  await count.fill('two')
  await dialog.getByLabel('visitor.social', { exact: true }).fill('{"vk":')
  await dialog.getByRole('button', { name: /^Send/ }).click()
  expect(await mistakeOf(dialog.locator('[aria-label="visitor.social"]:focus'))).toBe('this is no JSON yet')

  // The text has it as it was typed; there it is mended.
  await dialog.getByText('JSON', { exact: true }).click()
  const text = dialog.getByRole('textbox', { name: 'Body of call_event' })
  await text.fill((await text.inputValue()).replace('{"vk":', '{}'))
  await dialog.getByText('Form', { exact: true }).click()

  await dialog.getByLabel('Find a field').fill('call')
  await dialog.getByRole('button', { name: /^Send/ }).click()
  await dialog.getByText('1 field is not as the contract says.').waitFor()
  expect(await mistakeOf(dialog.locator('[aria-label="visitor.chats_count"][aria-invalid="true"]:focus'))).toBe('expected integer')
  expect(await axe(page)).toEqual([])
  expect(receiver.received).toEqual([])

  await dialog.getByRole('button', { name: 'Send all the same' }).click()
  expect(await receiver.wait(named('call_event'))).toMatchObject({ body: { visitor: { chats_count: 'two' } } })
  await dialog.getByRole('button', { name: 'changed, put back visitor.chats_count' }).click()
  await dialog.locator('[aria-label="visitor.chats_count"][aria-invalid="false"]:focus').waitFor()
  await context.close()
})

test('the form is filled on a phone in Russian, and axe finds nothing in it', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  await using emulator = await emulate(['--crm-webhook', receiver.url], folder.path)
  const context = await newPerson(browser, { locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true })
  const page = await context.newPage()
  await page.goto(`${emulator.url}console`)
  await page.getByRole('button', { name: /^Отправить вебхук/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Событие' }).selectOption('created_deal')
  const amount = dialog.getByLabel('amount', { exact: true })
  await amount.fill('1.0')
  await amount.press('5')
  await dialog.getByText('верно и по контракту').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(await axe(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Отправить', exact: true }).click()
  expect(await receiver.wait(named('created_deal'))).toMatchObject({ body: { amount: 1.05 } })
  await context.close()
})
