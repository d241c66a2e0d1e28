import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Conversation } from '../../src/contracts/suggestion.js'
import { askAssistant } from '../../src/transports/assistant.js'
import { createHttpClient, type HttpClient } from '../../src/transports/http/http-client.js'
import { runCommand } from '../../src/transports/run-command.js'
import { temporaryFolder } from '../helpers/cli.js'
import { startReceiver } from '../helpers/receiver.js'

let client: HttpClient
beforeAll(() => {
  client = createHttpClient()
})
afterAll(() => client.close())

const conversation: Conversation = {
  chat_id: 9001,
  language: 'en',
  client: { number: 1, name: 'Vera', email: null, phone: null, page: null },
  messages: [{ by: 'visitor', text: 'Is it "in stock"?\nПривет', at: 1 }],
}
const never = new AbortController().signal
const ask = (target: string) => askAssistant(target, conversation, client, never)

test('an address gets the conversation and answers in plain text or in JSON', async () => {
  let answer = ['text/plain; charset=utf-8', 'Yes, it is.']
  await using receiver = await startReceiver(response => response.writeHead(200, { 'content-type': answer[0] ?? '' }).end(answer[1]))
  expect(await ask(receiver.url)).toBe('Yes, it is.')
  answer = ['application/json', '{"text":"<b>No</b>","model":"small"}']
  expect(await ask(receiver.url)).toBe('<b>No</b>')
  expect(receiver.received.map(({ body }) => body)).toEqual([conversation, conversation])
})

test.each([
  ['another status', 500, 'text/plain', 'out of words', /answered 500: out of words\. Have it answer 200/],
  ['JSON that is none', 200, 'application/json', '{"text":', /answered with a body that is not valid JSON.*Have it answer \{"text"/],
  ['JSON without a text', 200, 'application/json', '{"answer":"yes"}', /answered without a text: \{"answer":"yes"\}\. Have it answer/],
  ['more than 1 MiB', 200, 'text/plain', 'x'.repeat(1024 * 1024 + 1), /answered with more than 1048576 bytes/],
])('an address that answers with %s fails with what to do, and its query stays secret', async (_name, status, type, body, message) => {
  await using receiver = await startReceiver(response => response.writeHead(status, { 'content-type': type }).end(body))
  const failed = ask(`${receiver.url}?key=canary`)
  await expect(failed).rejects.toThrow(message)
  await expect(failed).rejects.not.toThrow('canary')
})

test('an address that nobody listens on, or that is forbidden, fails with what to do', async () => {
  const receiver = await startReceiver()
  await receiver[Symbol.asyncDispose]()
  await expect(ask(receiver.url)).rejects.toThrow(/The assistant at http:.* did not answer: .*Start it, or mend the address of --suggest\./)
  await expect(ask('http://169.254.169.254/latest')).rejects.toThrow(/did not answer/)
})

test('a command gets the conversation on stdin, and its stdout is the text', async () => {
  const program =
    "let text='';process.stdin.on('data',part=>text+=part).on('end',()=>{const {messages,client}=JSON.parse(text);console.log(client.name+': '+messages[0].text)})"
  expect(await ask(`node -e "${program}"`)).toBe('Vera: Is it "in stock"?\nПривет\n')
})

test('a command may answer without reading', async () => {
  expect(await ask('echo Yes')).toBe('Yes\n')
})

test.each([
  [
    'ends badly',
    'KEY=canary node -e "console.error(\'no model\'); process.exit(3)"',
    /command node ended with code 3\. It said: no model\. Try it in a terminal/,
  ],
  ['is not there', 'no-such-program-of-ours --key canary', /command no-such-program-of-ours ended with code 127\. It said: .*not found/],
  ['writes without end', 'yes', /command yes wrote more than 1048576 bytes/],
])('a command that %s fails with what it said, and its secrets stay its own', async (_name, command, message) => {
  const failed = ask(command)
  await expect(failed).rejects.toThrow(message)
  await expect(failed).rejects.not.toThrow('canary')
})

/** Where an init reaps nothing, what was killed stays as a zombie. */
const isZombie = (pid: number) => existsSync(`/proc/${pid}/stat`) && /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0) && !isZombie(pid)
  } catch {
    return false
  }
}
const gone = async (pid: number) => {
  while (isAlive(pid)) await new Promise(resolve => setImmediate(resolve))
}

test('a command that takes too long is killed with what it started', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'pid')
  const { problem } = await runCommand(`sleep 600 & echo $! > ${path}; wait`, { input: '', timeout: 1_000, longest: 10, signal: never })
  expect(problem).toBe('did not end within 1 s')
  await gone(Number(readFileSync(path, 'utf8')))
})

test('what a command leaves behind is killed, and does not hold the answer up', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'pid')
  const { stdout, problem } = await runCommand(`sleep 600 & echo $! > ${path}; echo Yes`, { input: '', timeout: 60_000, longest: 10, signal: never })
  expect([stdout, problem]).toEqual(['Yes\n', null])
  await gone(Number(readFileSync(path, 'utf8')))
})

test('a command ends with the emulator', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'pid')
  const stop = new AbortController()
  const running = runCommand(`echo $$ > ${path}.part; mv ${path}.part ${path}; exec sleep 600`, {
    input: '',
    timeout: 60_000,
    longest: 10,
    signal: stop.signal,
  })
  while (!existsSync(path)) await new Promise(resolve => setImmediate(resolve))
  stop.abort()
  expect((await running).problem).toBe('was stopped with the emulator')
  await gone(Number(readFileSync(path, 'utf8')))
})
