import { createJivo } from 'jivo-dev/msw'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createBot } from './bot.js'

const settings = { providerId: 'AbCdEfGhIjKlMnO', token: 'sesame' }

// Jivo reaches the bot without a port: what it sends goes straight into `bot.fetch`.
const bot = createBot(settings)
const jivo = await createJivo({ bot: { url: 'https://bot.kettle.example', ...settings }, fetch: bot.fetch })
const server = setupServer(...jivo.handlers)

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(async () => {
  server.resetHandlers()
  await jivo.reset()
})
afterAll(async () => {
  server.close()
  await jivo.close()
})

test('the bot knows the price', async () => {
  await jivo.write('What is the price?', { channel: 'telegram' })
  const { text } = await jivo.waitFor('message.sent', ({ by }) => by === 'bot')
  expect(text).toBe('The birch kettle is 49 €.')
})

test('the bot calls an agent for everything else', async () => {
  await jivo.write('My kettle sings')
  await jivo.waitFor('chat.accepted')
  expect((await jivo.events()).filter(({ type }) => type === 'bot.said')).toMatchObject([{ event: 'INVITE_AGENT' }])
})

test('the bot says so when nobody is there', async () => {
  await jivo.control('account', { mode: 'offline' })
  await jivo.write('Is anybody there?')
  const { text } = await jivo.waitFor('message.sent', ({ by }) => by === 'bot')
  expect(text).toMatch(/^Nobody is here/)
})

test('a message that Jivo refuses is an error of the bot, and Jivo tries again', async () => {
  const down = () => HttpResponse.json({ error: { code: 'unavailable' } }, { status: 503 })
  server.use(http.post('https://bot.jivosite.com/*', down, { once: true }))
  await jivo.write('What is the price?')
  const { attempt } = await jivo.waitFor('delivery.attempted')
  expect(attempt).toBe(1)
  await jivo.waitFor('message.sent', ({ by }) => by === 'bot')
})
