import { expect, test } from 'vitest'
import { run, temporaryFolder } from '../helpers/cli.js'
import { eventsAt } from '../helpers/control.js'
import { openPage, readExample, startEmulate } from '../helpers/example.js'

const name = 'webhook-receiver-typescript'

const post = async (url: string, body: string) => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  return { status: response.status, body: await response.json() }
}

test('the receiver puts orders, contacts and the link to the CRM on the card of the visitor', async () => {
  const example = await readExample(name)
  const emulator = await startEmulate(example.flags)
  const receiver = await example.start({ home: emulator.home })
  const page = await openPage(emulator)
  page.write('Hello')
  await emulator.says('card.changed')
  await receiver.says('chat_accepted  chat 9001  visitor 1')
  const events = await eventsAt(emulator.url)
  expect(events.find(({ type }) => type === 'card.changed')).toMatchObject({
    via: 'webhook',
    card: { customData: [{ title: 'Orders', content: '2' }], crmLink: 'https://crm.example/customers/1' },
  })
  expect(events.find(({ type }) => type === 'contacts.given')).toMatchObject({ via: 'webhook', contacts: { name: 'Ada Lind' } })
})

test('the receiver answers every fixture as Jivo wants', async () => {
  using folder = temporaryFolder()
  const example = await readExample(name)
  await example.start({ home: folder.path })
  const { code, stdout } = await run(['replay', 'fixtures', '--to', example.url, '--json'], { cwd: folder.path })
  expect(stdout).not.toContain('"ok":false')
  expect(code).toBe(0)
})

test('the receiver does its work once for a body that came again, and refuses what is not from Jivo', async () => {
  using folder = temporaryFolder()
  const example = await readExample(name)
  const receiver = await example.start({ home: folder.path })
  const body = JSON.stringify({ event_name: 'chat_accepted', chat_id: 9001, visitor: { number: '7' } })
  const first = await post(example.url, body)
  expect(first).toMatchObject({ status: 200, body: { result: 'ok', custom_data: [{ title: 'Customer' }] } })
  expect(await post(example.url, body)).toEqual(first)
  await receiver.says('chat_accepted came again')
  expect(receiver.output.stdout.match(/^chat_accepted {2}chat 9001 {2}visitor 7$/gm)).toHaveLength(1)

  for (const url of [example.url.replace('sesame', 'other'), example.url.replace(/\?.*/, ''), `${example.url}&more=1`])
    expect((await post(url, body)).status).toBe(401)
  for (const wrong of ['{"event_name"', '', 'null', '{}', '{"event_name":7}']) expect((await post(example.url, wrong)).status).toBe(400)
  expect((await fetch(example.url)).status).toBe(405)
})
