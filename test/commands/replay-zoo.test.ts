import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, temporaryFolder } from '../helpers/cli.js'
import { brokenReceivers, startRawReceiver } from '../helpers/zoo.js'

interface Told {
  readonly exit: number
  /** Of the record in the JSON report. */
  readonly status?: number
  readonly reason: string
  readonly message: string
  readonly hint?: string
  /** Lines between the message and the hint in a terminal. */
  readonly shown?: readonly string[]
}

const log = 'The log of your server, or of a proxy before it, says why.'
const otherPort = 'Another program may listen on this port; --to names another.'
const longer = '--timeout 30s gives it longer.'
const onlyResult = 'Nothing else in this answer reaches the agent. ● documented, Webhooks API, replies'
const wanted = '    -   {"result":"ok"}'

/** One fixture sent to a broken server: what the JSON report and the terminal say. Ports and times are left out. */
const replay = async (url: string, ...args: string[]) => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'a.json'), '{"event_name":"chat_accepted"}')
  const { code, stdout } = await run(['replay', 'a.json', '--to', url, '--report', 'json=report.json', ...args], { cwd: folder.path })
  const plain = (text: string) => text.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT').replaceAll(/[\d.]+ m?s\b/g, 'TIME')
  const [failure] = JSON.parse(readFileSync(join(folder.path, 'report.json'), 'utf8')).failures
  const { status, reason, message, hint } = failure ?? {}
  return { exit: code, record: { status, reason, message: message?.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT'), hint }, text: plain(stdout).split('\n') }
}

const patient = ['--timeout', '20s']

const table: [what: string, kind: keyof typeof brokenReceivers, told: Told, args?: string[]][] = [
  ['resets the connection', 'resets', { exit: 4, reason: 'reset', message: '127.0.0.1:PORT closed the connection without an answer.', hint: log }],
  ['closes the connection', 'closes', { exit: 4, reason: 'reset', message: '127.0.0.1:PORT closed the connection without an answer.', hint: log }],
  [
    'resets the connection in the middle of an answer',
    'resetsInTheMiddle',
    { exit: 4, reason: 'reset', message: '127.0.0.1:PORT closed the connection in the middle of its answer with status 200.', hint: log },
  ],
  [
    'closes the connection in the middle of an answer',
    'closesInTheMiddle',
    { exit: 4, reason: 'reset', message: '127.0.0.1:PORT closed the connection in the middle of its answer with status 200.', hint: log },
  ],
  [
    'closes the connection between chunks',
    'closesBetweenChunks',
    { exit: 4, reason: 'reset', message: '127.0.0.1:PORT closed the connection in the middle of its answer with status 200.', hint: log },
  ],
  ['never answers', 'neverAnswers', { exit: 4, reason: 'timeout', message: 'No answer from 127.0.0.1 in 300 ms.', hint: longer }, ['--timeout', '300ms']],
  [
    'answers without end',
    'dribbles',
    { exit: 4, reason: 'timeout', message: 'No end of the answer with status 200 from 127.0.0.1 in 2000 ms.', hint: longer },
    ['--timeout', '2s'],
  ],
  [
    'answers with a head alone',
    'answersOnlyWithHead',
    { exit: 4, reason: 'timeout', message: 'No end of the answer with status 200 from 127.0.0.1 in 2000 ms.', hint: longer },
    ['--timeout', '2s'],
  ],
  [
    'speaks another protocol',
    'otherProtocol',
    {
      exit: 4,
      reason: 'protocol',
      message: '127.0.0.1:PORT does not speak HTTP: its answer begins with "220 mail.example ESMTP".',
      hint: otherPort,
    },
  ],
  [
    'writes garbage',
    'garbage',
    {
      exit: 4,
      reason: 'protocol',
      message: '127.0.0.1:PORT does not speak HTTP: its answer begins with "?????".',
      hint: otherPort,
    },
  ],
  [
    'names a length that is none',
    'badLength',
    {
      exit: 4,
      reason: 'protocol',
      message: '127.0.0.1:PORT does not speak HTTP: its content-length is "many".',
      hint: otherPort,
    },
  ],
  [
    'fails once',
    'failsOnce',
    {
      exit: 1,
      status: 500,
      reason: 'status',
      message: 'Expected a status from 200 to 299, got 500 (text/html).',
      shown: ['    -   status  200 to 299', '    +   status  500', '    +   <h1>Busy</h1>'],
    },
  ],
  [
    'shows a page',
    'page',
    {
      exit: 1,
      status: 200,
      reason: 'not-json',
      message: 'Expected JSON with "result": "ok", got text/html: <!doctype html> <title>Sign in</title> <form></form>.',
      shown: [wanted, '    +   <!doctype html>', '    +   <title>Sign in</title>', '    +   <form></form>'],
    },
  ],
  [
    'answers more than 1 MiB',
    'huge',
    {
      exit: 1,
      status: 200,
      reason: 'too-long',
      message: 'The answer is longer than 1 MiB; nothing of it was used.',
      shown: [`    {"result":"ok","filling":"${'x'.repeat(133)}…`],
    },
  ],
  ...(
    [
      ['says so', 'utf16Declared', ' (charset=utf-16)'],
      ['does not say so', 'utf16', ''],
    ] as const
  ).map(([says, kind, charset]): (typeof table)[number] => [
    `answers in UTF-16 and ${says}`,
    kind,
    {
      exit: 1,
      status: 200,
      reason: 'not-json',
      message: `Expected JSON with "result": "ok", got bytes that are not UTF-8${charset}: \ufffd\ufffd${[...'{"result":"ok"}'].join('\0')}\0.`,
      shown: [wanted, `    +   \ufffd\ufffd${[...'{"result":"ok"}'].join('\\u0000')}\\u0000`],
    },
  ]),
  ...(
    [
      ['says so', 'windows1251Declared', ' (charset=windows-1251)'],
      ['does not say so', 'windows1251', ''],
    ] as const
  ).map(([says, kind, charset]): (typeof table)[number] => [
    `refuses in Windows-1251 and ${says}`,
    kind,
    {
      exit: 1,
      status: 200,
      reason: 'result',
      message: `"result" is "${'\ufffd'.repeat(5)} ${'\ufffd'.repeat(2)} ${'\ufffd'.repeat(6)}", not "ok": the answer is not UTF-8${charset}.`,
      hint: onlyResult,
      shown: ['        {', '    -     "result": "ok"', `    +     "result": "${'\ufffd'.repeat(5)} ${'\ufffd'.repeat(2)} ${'\ufffd'.repeat(6)}"`, '        }'],
    },
  ]),
  [
    'begins with a byte order mark',
    'byteOrderMark',
    {
      exit: 1,
      status: 200,
      reason: 'not-json',
      message: 'Expected JSON with "result": "ok", got a byte order mark (U+FEFF) before it; send UTF-8 without one: {"result":"ok"}.',
      shown: [wanted, '    +   {"result":"ok"}'],
    },
  ],
  [
    'compresses unasked',
    'compressed',
    {
      exit: 1,
      status: 200,
      reason: 'not-json',
      message: 'Expected JSON with "result": "ok", got compressed bytes, though the request does not accept any encoding.',
    },
  ],
  [
    'redirects',
    'redirects',
    {
      exit: 1,
      status: 301,
      reason: 'status',
      message: 'Expected a status from 200 to 299, got 301.',
      hint: 'It redirects to https://shop.example/jivo/; redirects are not followed. Name that address with --to.',
      shown: ['    -   status  200 to 299', '    +   status  301'],
    },
  ],
  [
    'answers nothing with 200',
    'empty',
    { exit: 1, status: 200, reason: 'not-json', message: 'Expected JSON with "result": "ok", got an empty answer.', shown: [wanted] },
  ],
  [
    'answers nothing with 204',
    'noContent',
    { exit: 1, status: 204, reason: 'not-json', message: 'Expected JSON with "result": "ok", got an empty answer.', shown: [wanted] },
  ],
  [
    'cuts its JSON',
    'cutJson',
    {
      exit: 1,
      status: 200,
      reason: 'not-json',
      message: 'Expected JSON with "result": "ok", got the beginning of JSON, which ends after 43 characters: {"result":"ok","custom_data":[{"title":"Ord.',
      shown: [wanted, '    +   {"result":"ok","custom_data":[{"title":"Ord'],
    },
  ],
  [
    'answers a word',
    'text',
    { exit: 1, status: 200, reason: 'not-json', message: 'Expected JSON with "result": "ok", got text/plain: ok.', shown: [wanted, '    +   ok'] },
  ],
  [
    'answers null',
    'null',
    {
      exit: 1,
      status: 200,
      reason: 'no-result',
      message: 'Expected an object with "result": "ok", got null.',
      hint: onlyResult,
      shown: ['    -   {', '    -     "result": "ok"', '    -   }', '    +   null'],
    },
  ],
]

test.each(table)('a server that %s is told of as such', async (_, kind, told, args = patient) => {
  await using receiver = await startRawReceiver(brokenReceivers[kind])
  const { exit, status, reason, message, hint, shown } = told
  const { text, ...rest } = await replay(receiver.url, ...args)
  expect(rest).toEqual({ exit, record: { status, reason, message, hint } })
  // Control characters of a message are shown as codes, and times are left out.
  const line = message.replaceAll('\0', '\\u0000').replaceAll(/[\d.]+ m?s\b/g, 'TIME')
  expect(text.slice(0, 2)).toEqual([`✖ a.json  chat_accepted  ${status ?? 'no answer'}  TIME`, `  ${line}`])
  for (const one of shown ?? []) expect(text).toContain(one)
  if (hint !== undefined) expect(text).toContain(`  ${hint}`)
  expect(text.at(-2)).toBe('0 passed, 1 failed in TIME')
  expect(receiver.count()).toBe(1)
})

test('a server that is down is told of as such', async () => {
  // Port 9 is the discard service, which nothing has run for decades.
  const { exit, record } = await replay('http://127.0.0.1:9/jivo')
  expect(exit).toBe(4)
  expect(record).toEqual({
    reason: 'refused',
    message: 'Connection refused by 127.0.0.1:PORT: nothing listens there.',
    hint: 'Start your server, or name the address of it with --to.',
  })
})

test('a server that fails once passes with a retry, and the attempts are told', async () => {
  await using receiver = await startRawReceiver(brokenReceivers.failsOnce)
  const { exit, text } = await replay(receiver.url, ...patient, '--retries', '1')
  expect(exit).toBe(0)
  expect(text[0]).toBe('✔ a.json  chat_accepted  200  TIME  attempt 2')
  expect(receiver.count()).toBe(2)
})

test('a second answer to one request is never taken for the answer to the next', async () => {
  using folder = temporaryFolder()
  await using receiver = await startRawReceiver(brokenReceivers.answersTwice)
  writeFileSync(join(folder.path, 'all.jsonl'), Array(20).fill('{"event_name":"chat_updated"}').join('\n'))
  const { stdout } = await run(['replay', 'all.jsonl', '--to', receiver.url, '--json', ...patient], { cwd: folder.path })
  expect(stdout).not.toContain('twice')
})
