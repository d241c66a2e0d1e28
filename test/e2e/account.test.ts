import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe, complaintsOf, newPerson, openBrowser } from '../helpers/browser.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'
import { startReceiver } from '../helpers/receiver.js'
import { openStage } from '../helpers/stage.js'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** An account with something in every part, and nobody at its other end. */
const full = [
  ...['--bot', 'http://127.0.0.1:9/bot', '--bot-token', 'canary-token', '--bot-header', 'X-Key: canary-key', '--answer-within', '10s'],
  ...['--chat', 'http://127.0.0.1:9/chat', '--jwt-secret', 'canary-secret-of-32-characters-long', '--rate-limit', '5/s', '--delivery-profile', 'none'],
]

test('the account opens by key and by link, and shows agents, channels and bots without their secrets', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate(full, folder.path)
  const context = await newPerson(browser)
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(`${emulator.url}console`)
  await page.getByRole('heading', { level: 1, name: 'Desk' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#/account')

  const part = (name: string | RegExp) => page.getByRole('main').getByRole('region', { name, exact: true })
  // The heading of the page is there before the script of the place.
  await part('Agents').waitFor()
  expect(await part('Agents').getByRole('listitem').allTextContents()).toEqual([
    expect.stringContaining('Mode of the agents'),
    expect.stringMatching(/Max Orlov.*no department.*max@kettle\.example, id 6001.*answers automatically/),
    expect.stringMatching(/Ada Finch.*Sales.*comes when invited/),
    expect.stringMatching(/Nina Park.*Returns.*comes when invited/),
  ])
  const [site = '', chat = ''] = await part('Channels').getByRole('listitem').allTextContents()
  expect(site).toContain(`<script src="//${new URL(emulator.url).host}/widget/${emulator.widgetId}" async></script>`)
  expect(site).toContain('set: user tokens are verified with it')
  expect(chat).toContain('http://127.0.0.1:9/chat')
  expect(chat).toContain(`${emulator.url}chat/`)
  const [bot] = await part('Bots').getByRole('listitem').allTextContents()
  expect(bot).toMatch(/Kettle Bot.*http:\/\/127\.0\.0\.1:9\/bot.*x-key.*10\.00.s/)
  expect(await part('Limits').textContent()).toContain('5 in 1.00\u00a0s')
  expect(await part('Delivery').textContent()).toContain('one attempt only')
  expect(await page.content()).not.toContain('canary')

  await page.getByRole('link', { name: 'Quirks' }).click()
  expect(new URL(page.url()).hash).toBe('#/account/quirks')
  await page.waitForFunction(() => (document.getElementById('quirks')?.getBoundingClientRect().top ?? 900) < 120)
  await page.getByRole('link', { name: 'Timeline' }).first().click()
  await page.goBack()
  await part('Agents').waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await axe(page)).toEqual([])
  }
  expect(complaints).toEqual([])
  await context.close()
})

test('the mode of the agents is switched at once: the widget goes offline and comes back', async () => {
  await using stage = await openStage(browser)
  const visit = await stage.visit()
  const context = await newPerson(browser)
  const page = await context.newPage()
  await page.goto(`${stage.url}console#/account`)
  const mode = page.getByRole('combobox', { name: 'Mode of the agents' })
  await mode.selectOption('offline')
  await page.getByText('Nobody is online: the widget shows its offline form.').waitFor()
  await visit.page.getByText('Leave a message').first().waitFor()
  await mode.selectOption('auto')
  await visit.page.getByText('Leave a message').first().waitFor({ state: 'detached' })
  expect((await stage.world()).account?.mode).toBe('auto')
  await context.close()
})

test('a switch of a channel changes the next webhook', async () => {
  await using stage = await openStage(browser, ['--chat', 'http://127.0.0.1:9/chat'])
  const visit = await stage.visit()
  const context = await newPerson(browser)
  const page = await context.newPage()
  await page.goto(`${stage.url}console#/account/quirks`)
  await page.getByRole('combobox', { name: 'widget_id' }).selectOption('public')
  await page.getByText('--quirk widget_id=public').waitFor()
  await visit.call('sendMessage', 'Hello')
  const { body } = await stage.receiver.wait(({ body: { event_name: name } }) => name === 'chat_accepted')
  const [site, chat] = (await stage.world()).account?.channels ?? []
  expect(body.widget_id).toBe(site?.publicId)
  expect([site?.quirks.widget_id, chat?.quirks.widget_id]).toEqual(['public', 'digits'])

  await page.getByRole('combobox', { name: 'Channel' }).selectOption({ label: chat?.name ?? '' })
  await page.getByText('--quirk widget_id=digits').waitFor()
  await context.close()
})

test('a change that the emulator did not hear is told, and the old value stays', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  const context = await newPerson(browser)
  const page = await context.newPage()
  await page.goto(`${emulator.url}console#/account`)
  const mode = page.getByRole('combobox', { name: 'Mode of the agents' })
  await mode.waitFor()
  await context.setOffline(true)
  await mode.selectOption('manual')
  await page.getByRole('alert').getByText('Nothing was changed').waitFor()
  expect(await mode.inputValue()).toBe('auto')
  await context.close()
})

test('the account is read on a phone in Russian, and axe finds nothing in it', async () => {
  using folder = temporaryFolder()
  await using receiver = await startReceiver()
  await using emulator = await emulate([...full, '--webhook', receiver.url], folder.path)
  const context = await newPerson(browser, { locale: 'ru-RU', viewport: { width: 390, height: 844 }, hasTouch: true })
  const page = await context.newPage()
  await page.goto(`${emulator.url}console`)
  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Аккаунт' }).click()
  for (const name of ['Операторы', 'Каналы', 'Боты', 'Доставка', /^Особенности канала «/, 'Токены', 'Пределы', 'Сбои', 'Часы']) {
    await page.getByRole('heading', { level: 2, name }).waitFor()
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(await page.getByRole('main').evaluate(main => main.scrollWidth)).toBe(390)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await axe(page)).toEqual([])
  }
  await page.getByRole('navigation', { name: 'Части аккаунта' }).getByRole('link', { name: 'Каналы' }).click()
  await page.waitForFunction(() => (document.getElementById('channels')?.getBoundingClientRect().top ?? 900) < 200)
  expect(await page.getByRole('banner').boundingBox()).toMatchObject({ x: 0, y: 0 })
  await context.close()
})

test('the empty desk takes the address of the webhooks, and says whether somebody listens there', async () => {
  using folder = temporaryFolder()
  const gone = await startReceiver()
  const { url } = gone
  await gone[Symbol.asyncDispose]()
  await using emulator = await emulate([], folder.path)
  const context = await newPerson(browser)
  const page = await context.newPage()
  await page.goto(`${emulator.url}console`)
  const field = page.getByRole('textbox', { name: 'Address of your server' })
  await field.fill('127.0.0.1:3000')
  await field.press('Enter')
  await page.getByText('An address begins with http:// or https://').waitFor()
  await field.fill(url)
  await page.getByRole('button', { name: 'Send webhooks there' }).click()
  await page.getByText(`Nothing listens on ${new URL(url).host}.`).waitFor()
  expect(await axe(page)).toEqual([])

  await using receiver = await startReceiver()
  await page.getByRole('button', { name: 'Change' }).click()
  await field.fill(receiver.url)
  await field.press('Enter')
  await page.getByText(`Something listens on ${new URL(receiver.url).host}.`).waitFor()
  await page.goto(`${emulator.url}console#/account/channels`)
  await page
    .getByRole('region', { name: 'Channels' })
    .getByText(`Something listens on ${new URL(receiver.url).host}.`)
    .waitFor()
  await context.close()
})
