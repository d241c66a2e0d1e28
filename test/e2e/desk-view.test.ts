import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe, callbackOf, complaintsOf, newPerson, openBrowser, openShop, pastePicture, png } from '../helpers/browser.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'
import { askAt } from '../helpers/control.js'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** The page's own: functions given to `evaluate` run there. */
declare const jivo_api: { readonly [method: string]: (...args: unknown[]) => unknown }

test('an agent pastes and drops files, and reads markdown as the visitor does', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate(['--agents', 'manual'], folder.path)
  const visitor = await newPerson(browser)
  const shop = await visitor.newPage()
  await openShop(shop, emulator.url)
  await shop.evaluate(() => jivo_api.sendMessage?.('Hello'))
  await callbackOf(shop, 'jivo_onMessageSent')
  const agent = await newPerson(browser)
  const desk = await agent.newPage()
  const complaints = complaintsOf(desk)
  await desk.goto(`${emulator.url}console`)
  await desk.getByRole('link', { name: /Visitor 1/ }).click()
  const conversation = desk.getByRole('region', { name: 'Conversation' })
  const message = conversation.getByRole('textbox', { name: 'Message' })

  await message.fill('This stays')
  expect(await desk.locator('.count.hot').count()).toBe(0)
  await pastePicture(message)
  await conversation.getByRole('img', { name: 'pasted.png' }).waitFor()
  const left = await conversation.getByRole('log').evaluate(log => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'dropped.bin'))
    return ['dragover', 'drop'].map(type => log.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })))
  })
  expect(left).toEqual([false, false])
  await conversation.getByRole('link', { name: /dropped\.bin/ }).waitFor()
  expect(await message.inputValue()).toBe('This stays')
  // A pasted text is none of this.
  await message.evaluate(field => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'text')
    if (!field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))) throw new Error('the text was taken away')
  })

  const markdown = '**Bold** <img src=x onerror=alert(1)>\n- a `b`\n- [here](https://a.test/) [there](javascript:alert)\n\n```\n<b>c</b>\n```'
  await askAt(emulator.url, 'chats/9001/messages', { text: 'Bold', content: { kind: 'markdown', markdown } })
  await conversation.locator('strong').getByText('Bold').waitFor()
  expect(await conversation.getByRole('listitem').allTextContents()).toEqual(['a b', 'here [there](javascript:alert)'])
  expect(await conversation.getByRole('link', { name: 'here' }).getAttribute('href')).toBe('https://a.test/')
  expect(await conversation.locator('pre').textContent()).toBe('<b>c</b>')
  expect(await conversation.getByRole('img').count()).toBe(1)
  for (const colorScheme of ['light', 'dark'] as const) {
    await desk.emulateMedia({ colorScheme })
    expect(await axe(desk)).toEqual([])
  }
  expect(complaints).toEqual([])
  await Promise.all([visitor.close(), agent.close()])
})

test('an agent invites, sees what is typed, sends files, buttons and a place, and asks for a rating', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate(['--agents', 'manual'], folder.path)
  const visitor = await newPerson(browser)
  const shop = await visitor.newPage()
  await openShop(shop, emulator.url)
  const agent = await newPerson(browser)
  const desk = await agent.newPage()
  const complaints = [...[shop, desk].map(complaintsOf)]
  await desk.goto(`${emulator.url}console`)

  // Nobody has written yet: the visitor is on the site and can be invited.
  await desk.getByRole('button', { name: 'Invite Visitor 1' }).click()
  await desk.getByRole('textbox', { name: 'Text of the invitation' }).fill('May I help?')
  await desk.getByRole('button', { name: 'Send', exact: true }).click()
  await desk.getByText('Invited; not answered yet: May I help?').waitFor()
  await shop
    .getByRole('dialog', { name: 'Invitation' })
    .getByRole('button', { name: /May I help/ })
    .click()
  const window = shop.getByRole('dialog', { name: 'Chat' })
  await window.getByRole('textbox', { name: 'Write a message' }).fill('Yes')
  await shop.keyboard.press('Enter')

  // What the visitor types is seen before it is sent.
  await desk.getByRole('link', { name: /Visitor 1/ }).click()
  const conversation = desk.getByRole('region', { name: 'Conversation' })
  await window.getByRole('textbox', { name: 'Write a message' }).fill('Which kettle')
  await conversation.getByText('Visitor 1 is typing: Which kettle').waitFor()
  await shop.keyboard.press('Enter')
  await conversation.getByText('is typing').waitFor({ state: 'detached' })

  // The visitor sees that the agent types, until it is sent.
  const message = conversation.getByRole('textbox', { name: 'Message' })
  await message.fill('This')
  await window.locator('.jv-typing').waitFor()
  await desk.keyboard.press('Enter')
  await window.getByText('This', { exact: true }).waitFor()
  await window.locator('.jv-typing').waitFor({ state: 'detached' })

  // A picture, a film that the page of another origin could not show, buttons, a place.
  const [chooser] = await Promise.all([desk.waitForEvent('filechooser'), conversation.getByRole('button', { name: 'Attach a file' }).click()])
  await chooser.setFiles([
    { name: 'kettle.png', mimeType: 'image/png', buffer: png },
    { name: 'offer.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') },
  ])
  await window.getByRole('link', { name: /offer\.pdf/ }).waitFor()
  const picture = conversation.getByRole('img', { name: 'kettle.png' })
  await picture.waitFor()
  expect(await picture.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).toBe(10)

  await message.fill('In which colour?')
  await conversation.getByRole('button', { name: 'Send buttons' }).click()
  await conversation.getByLabel(/One button a line/).fill('Green\n\n Blue ')
  await conversation.getByRole('group').getByRole('button', { name: 'Send buttons' }).click()
  await window.getByRole('group', { name: 'Answers' }).getByRole('button', { name: 'Blue' }).click()
  await conversation.getByText('pressed').waitFor({ state: 'attached' })
  // The visitor may have the buttons before the desk hears that they were taken.
  await conversation.getByLabel(/One button a line/).waitFor({ state: 'detached' })
  await expect.poll(() => message.inputValue()).toBe('')

  await conversation.getByRole('button', { name: 'Send a location' }).click()
  await conversation.getByRole('textbox', { name: 'Latitude' }).fill('91')
  await conversation.getByRole('textbox', { name: 'Longitude' }).fill('35,9176')
  await desk.keyboard.press('Enter')
  await conversation.getByText('Latitude is a number from -90 to 90').waitFor()
  await conversation.getByRole('textbox', { name: 'Latitude' }).fill('56.8587')
  await conversation.getByRole('textbox', { name: 'Name of the place' }).fill('The shop')
  await desk.keyboard.press('Enter')
  await window.getByRole('link', { name: /The shop/ }).waitFor()
  await conversation.getByRole('link', { name: 'The shop' }).waitFor()

  // The page moves without being loaded.
  await shop.evaluate(() => jivo_api.sendPageTitle?.('Basket', true, 'https://shop.test/basket'))
  await desk
    .getByRole('complementary', { name: /visitor/i })
    .getByText('Basket', { exact: true })
    .waitFor()

  await conversation.getByRole('button', { name: 'Ask for a rating' }).click()
  await window.getByRole('group', { name: 'How did it go?' }).getByRole('button', { name: 'Good' }).click()
  await conversation.getByText('rated good').first().waitFor()

  for (const colorScheme of ['light', 'dark'] as const) {
    await desk.emulateMedia({ colorScheme })
    for (const width of [1440, 390]) {
      await desk.setViewportSize({ width, height: 900 })
      expect(await axe(desk)).toEqual([])
    }
  }
  expect(complaints.flat()).toEqual([])
  await Promise.all([visitor.close(), agent.close()])
})
