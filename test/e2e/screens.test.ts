import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe, complaintsOf, newPerson, openBrowser } from '../helpers/browser.js'
import { json, startReceiver, zoo } from '../helpers/receiver.js'
import { openStage, type Stage } from '../helpers/stage.js'

/**
 * Every place of the console with something in it, as a wide page in English and as a phone in Russian. With
 * `JIVO_DEV_SCREENS=1` the pictures of `docs/` are taken anew (`npm run screens`).
 */

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const pictures = fileURLToPath(new URL('../../docs/screens', import.meta.url))
const isTaken = process.env.JIVO_DEV_SCREENS === '1'

const token = 'token-of-the-bot'

/** A bot that shows buttons, and calls a person when it is asked to. */
const startBot = async () => {
  let answers = ''
  const bot = await startReceiver((response, { body }) => {
    json(response, {})
    const { event, message, client_id, chat_id } = body as { event: string; message?: { text: string }; client_id: string; chat_id: string }
    if (event !== 'CLIENT_MESSAGE') return
    const text = 'I can check an order or call a person'
    const buttons = ['Track the order', 'Call a person'].map((label, id) => ({ id: `${id}`, text: label }))
    const shown = { event: 'BOT_MESSAGE', message: { type: 'BUTTONS', title: text, text, buttons, timestamp: Math.floor(Date.now() / 1000) } }
    const said = message?.text === 'Call a person' ? { event: 'INVITE_AGENT' } : shown
    void fetch(answers, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: crypto.randomUUID(), client_id, chat_id, ...said }),
    })
  })
  return { bot, answerAt: (address: string) => (answers = address) }
}

/** A conversation with a bot, an agent, a card from the CRM, and one webhook that is not taken. */
const play = async (stage: Stage, answerAt: (address: string) => void) => {
  const { account } = await stage.world()
  answerAt(`${stage.url}webhooks/${account?.bots[0]?.providerId}/${token}`)
  stage.receiver.answer = (response, { body }) =>
    body.event_name === 'chat_updated'
      ? zoo.html500(response)
      : json(response, {
          result: 'ok',
          custom_data: [
            { title: 'Plan', content: 'Gold until May' },
            { title: 'Order', content: 'KM-1042', link: 'https://crm.example.test/77' },
          ],
          crm_link: 'https://crm.example.test/card/77',
          enable_assign: true,
        })
  const visit = await stage.visit()
  await visit.call('sendMessage', 'Hello! Is order KM-1042 on its way?')
  await visit.event('message.sent', ({ by }) => by === 'bot')
  await visit.call('sendMessage', 'Call a person')
  const { chat } = await visit.event('chat.accepted')
  await visit.event('card.changed')
  await visit.call('setContactInfo', { name: 'Vera Lind', email: 'vera@example.test', phone: '+79005550142' })
  await visit.call('sendMessage', 'Thank you! Will it work on induction?')
  const failed = await visit.event('delivery.failed')
  return { chat, failed: failed.seq }
}

const places = ({ chat, failed }: { readonly chat: number; readonly failed: number }): Record<string, { readonly path: string; readonly shows: string }> => ({
  desk: { path: `console#/desk/${chat}`, shows: 'Will it work on induction?' },
  timeline: { path: `console#/timeline/${failed}`, shows: 'delivery.failed' },
  lanes: { path: `console#/timeline?filter=chat:${chat}&view=lanes`, shows: 'INVITE_AGENT' },
  account: { path: 'console#/account', shows: 'Kettle Bot' },
  playground: { path: 'playground', shows: 'jivo_onAccept' },
})

/** How far the page goes beyond its right edge, in pixels. */
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('every place fits a wide screen and a phone, in both languages and themes, and axe finds nothing', async () => {
  const { bot, answerAt } = await startBot()
  await using _bot = bot
  await using stage = await openStage(browser, ['--delivery-profile', 'none', '--bot', bot.url, '--bot-token', token])
  const shown = places(await play(stage, answerAt))
  const faces = [
    { locale: 'en-US', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
    { locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  ] as const
  if (isTaken) mkdirSync(pictures, { recursive: true })
  for (const face of faces) {
    const context = await newPerson(browser, face)
    for (const [name, { path, shows }] of Object.entries(shown)) {
      const page = await context.newPage()
      const complaints = complaintsOf(page)
      await page.goto(`${stage.url}${path}`)
      await page.getByText(shows).filter({ visible: true }).first().waitFor()
      expect([name, face.locale, await axe(page), await overflow(page), complaints]).toEqual([name, face.locale, [], 0, []])
      const picture = { path: join(pictures, `${name}${face.locale === 'ru-RU' ? '.phone.ru' : ''}.png`) }
      if (isTaken) await page.screenshot(picture)
      await page.close()
    }
    await context.close()
  }
})
