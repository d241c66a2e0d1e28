import { expect, test } from 'vitest'
import { exitCodes } from '../../src/errors.js'
import { run } from '../helpers/cli.js'

const schema = (...args: string[]) => run(['schema', ...args], { cwd: '.' })

test.each([
  ['bot', ['CLIENT_MESSAGE', 'AGENT_JOINED', 'AGENT_MESSAGE', 'AGENT_UNAVAILABLE', 'CHAT_CLOSED', 'BOT_MESSAGE', 'INVITE_AGENT', 'CLIENT_INFO', 'INIT_RATE']],
  ['chat', ['chat_request', 'chat_event']],
])('schema %s lists the contracts of that API', async (kind, names) => {
  const { code, stdout } = await schema(kind, '--json')
  expect([code, (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name)]).toEqual([exitCodes.done, names])
  expect((await schema(kind)).stdout.split('\n').map(line => line.split(' ')[0])).toEqual([...names, ''])
})

test.each([
  ['CLIENT_MESSAGE', 'sender.has_contacts'],
  ['bot_message', 'message.force_reply'],
  ['chat_request', 'message.keyboard[].text'],
])('schema %s shows its fields with their evidence', async (name, field) => {
  const { code, stdout } = await schema(name)
  expect(code).toBe(exitCodes.done)
  expect(stdout).toMatch(new RegExp(`^[●◐○] ${field.replace(/[.[\]]/g, '\\$&')} `, 'm'))
})

test('schema BOT_MESSAGE --json is a JSON Schema', async () => {
  const { stdout } = await schema('BOT_MESSAGE', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', required: ['event', 'message'] })
})

test('a name that is none is an error with the near one', async () => {
  const { code, stderr } = await schema('BOT_MESAGE')
  expect(code).toBe(exitCodes.usage)
  expect(stderr).toContain('did you mean BOT_MESSAGE?')
})
