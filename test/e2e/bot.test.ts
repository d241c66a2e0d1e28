import { expect, test } from 'vitest'
import type { World } from '../../src/emulator/world/world.js'
import { axe, complaintsOf, newPerson, openBrowser, openShop } from '../helpers/browser.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'
import { startReceiver } from '../helpers/receiver.js'

/** The page's own: functions given to `evaluate` run there. */
declare const jivo_api: { readonly [method: string]: (...args: unknown[]) => unknown }

test('buttons that must be pressed keep the visitor from typing until one is', async () => {
  await using bot = await startReceiver(response => response.end())
  using folder = temporaryFolder()
  await using emulator = await emulate(['--bot', bot.url, '--bot-token', 'sesame'], folder.path)
  const browser = await openBrowser()
  try {
    const page = await (await newPerson(browser)).newPage()
    const complaints = complaintsOf(page)
    await openShop(page, emulator.url)
    await page.evaluate(() => jivo_api.open?.())
    const window = page.getByRole('dialog', { name: 'Chat' })
    const field = window.getByRole('textbox', { name: 'Write a message' })
    await field.fill('Hello')
    await page.keyboard.press('Enter')
    const { body } = await bot.wait(({ body }) => body.event === 'CLIENT_MESSAGE')
    const world = (await (await fetch(`${emulator.url}_dev/state`)).json()) as World
    const answer = await fetch(`${emulator.url}webhooks/${world.account?.bots[0]?.providerId}/sesame`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        event: 'BOT_MESSAGE',
        id: 'x',
        client_id: body.client_id,
        chat_id: body.chat_id,
        message: { type: 'BUTTONS', title: 'Which?', force_reply: true, buttons: [{ text: 'Tea' }, { text: 'Coffee' }] },
      }),
    })
    expect(answer.status).toBe(200)
    await window.getByRole('button', { name: 'Tea' }).waitFor()
    expect([await field.isDisabled(), await field.getAttribute('placeholder')]).toEqual([true, 'Choose one of the answers'])
    expect(await window.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
    expect(await axe(page)).toEqual([])
    await window.getByRole('button', { name: 'Tea' }).click()
    await bot.wait(({ body }) => (body.message as { text?: string } | undefined)?.text === 'Tea')
    await expect.poll(() => field.isDisabled()).toBe(false)
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
})
