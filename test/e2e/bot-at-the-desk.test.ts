import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { complaintsOf, newPerson, openBrowser } from '../helpers/browser.js'
import { startReceiver } from '../helpers/receiver.js'
import { openStage } from '../helpers/stage.js'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test('an agent watches a bot talk in a channel, steps in, and the bot hears of it', async () => {
  await using bot = await startReceiver()
  await using stage = await openStage(browser, ['--agents', 'manual', '--bot', bot.url, '--bot-token', 'sesame'])
  const { visitor } = (await (await stage.ask('channels/telegram/clients', { id: 'ada', name: 'Ada' })).json()) as { visitor: number }
  await stage.ask(`visitors/${visitor}/messages`, { text: 'Is size 40 back?' })
  await bot.wait(({ body }) => (body as { event?: string }).event === 'CLIENT_MESSAGE')
  const provider = (await stage.world()).account?.bots[0]?.providerId
  const say = (message: object) =>
    fetch(`${stage.url}webhooks/${provider}/sesame`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'BOT_MESSAGE', id: '1', client_id: String(visitor), chat_id: '9001', message }),
    })
  expect(
    (
      await say({
        type: 'BUTTONS',
        title: 'Which colour?',
        text: 'Red / Blue',
        buttons: [
          { text: 'Red', id: 1 },
          { text: 'Blue', id: 2 },
        ],
      })
    ).status,
  ).toBe(200)

  const desk = await (await newPerson(browser, { viewport: { width: 1440, height: 900 } })).newPage()
  const complaints = complaintsOf(desk)
  await desk.goto(`${stage.url}console#/desk/9001`)
  const list = desk.getByRole('region', { name: 'Chat list' })
  await list.getByRole('heading', { name: 'With a bot' }).waitFor()
  await list.getByText('Telegram').waitFor()
  const conversation = desk.getByRole('region', { name: 'Conversation' })
  await conversation.getByText('chat 9001 · Telegram · with a bot').waitFor()
  await conversation.getByText('Which colour?').waitFor()
  await stage.ask(`visitors/${visitor}/typing`, { text: 'Red, plea' })
  await conversation.getByText('Red, plea').waitFor()
  await desk.getByRole('complementary', { name: 'Visitor' }).getByText('Telegram, ada').waitFor()

  await conversation.getByRole('button', { name: 'Step in' }).click()
  await bot.wait(({ body }) => (body as { event?: string }).event === 'AGENT_JOINED')
  await list.getByRole('heading', { name: 'With you' }).waitFor()
  await conversation.getByRole('textbox', { name: 'Message' }).fill('Hello, I am a person')
  await desk.keyboard.press('Enter')
  const told = await bot.wait(({ body }) => (body as { event?: string }).event === 'AGENT_MESSAGE')
  expect(told.body).toMatchObject({ chat_id: '9001', message: { text: 'Hello, I am a person' } })
  expect(complaints).toEqual([])
})
