import { createJivo } from 'jivo-dev/msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createChat } from './chat.js'

const ada = { id: 'user-7', name: 'Ada Lind' }

// The id of the channel comes from the seed: it is known before there is a chat.
const jivo = await createJivo({ chat: 'https://app.kettle.example/jivo', agents: 'manual', fetch: request => chat.fetch(request) })
const chat = createChat(jivo.addresses.chat?.split('/').at(-1) ?? '')
const server = setupServer(...jivo.handlers)

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(async () => {
  server.close()
  await jivo.close()
})

test('what a user writes reaches an agent, and the answer comes back', async () => {
  await chat.send(ada, 'Where is my kettle?')
  const { chat: number } = await jivo.waitFor('message.sent', ({ by, text }) => by === 'visitor' && text === 'Where is my kettle?')
  await jivo.control(`chats/${number}/accept`)
  await jivo.control(`chats/${number}/messages`, { text: 'On its way.' })
  await vi.waitFor(() => expect(chat.inboxOf(ada.id)).toEqual(['On its way.']))
})

test('a message without a sender is refused as Jivo refuses it', async () => {
  await expect(chat.send({ id: '', name: '' }, 'Hello')).rejects.toThrow('Jivo answered 400')
})
