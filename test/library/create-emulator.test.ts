import { expect, test } from 'vitest'
import { createEmulator } from '../../src/index.js'
import { openPage } from '../helpers/example.js'
import { startReceiver } from '../helpers/receiver.js'

test('an emulator on a port of its own drives the webhooks, the widget and the console of one journal', async () => {
  await using receiver = await startReceiver()
  const jivo = await createEmulator({ webhook: receiver.url })
  try {
    expect(jivo.addresses.widget).toMatch(new RegExp(`^${jivo.url}widget/[A-Za-z0-9]{10}$`))
    for (const url of [jivo.addresses.widget, jivo.url, `${jivo.url}console`]) expect([url, (await fetch(url)).status]).toEqual([url, 200])

    const page = await openPage({ url: jivo.url, widgetId: jivo.addresses.widget.split('/').at(-1) ?? '' })
    page.write('Hi')
    await jivo.waitFor('delivery.done', ({ event }) => event === 'chat_accepted')
    expect(receiver.received.map(({ body }) => body.event_name)).toContain('chat_accepted')

    await jivo.reset()
    expect((await jivo.events()).map(({ type }) => type)).not.toContain('chat.started')
  } finally {
    await jivo.close()
    await jivo.close()
  }
  await expect(fetch(jivo.url)).rejects.toThrow('fetch failed')
})

test('a port that is taken is an error of the system, and nothing is left running', async () => {
  const first = await createEmulator()
  const port = Number(new URL(first.url).port)
  await expect(createEmulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await expect(createEmulator({ webhook: 'nowhere' })).rejects.toThrow('webhook is not an address')
  await first.close()
})
