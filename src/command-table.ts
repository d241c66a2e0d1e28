import type { CommandModule } from './cli.js'

interface Entry {
  readonly name: string
  readonly group: string
  readonly summary: string
  readonly load: () => Promise<CommandModule>
}

/** Every command. Its module is loaded when it runs, or when its help is asked for. */
export const commandTable: readonly Entry[] = [
  { name: 'emulate', group: 'Run', summary: 'start the fake Jivo', load: () => import('./commands/emulate.js') },
  { name: 'exec', group: 'Run', summary: 'run a command with the fake Jivo in place of the real one', load: () => import('./commands/exec.js') },
  { name: 'open', group: 'Run', summary: 'open your own site with the fake Jivo behind its snippet', load: () => import('./commands/open.js') },
  { name: 'chat', group: 'Run', summary: 'write as a client of any channel, in this terminal', load: () => import('./commands/chat.js') },
  { name: 'trigger', group: 'Fire', summary: 'send one webhook by name', load: () => import('./commands/trigger.js') },
  { name: 'fire', group: 'Fire', summary: 'make every open page call a widget callback', load: () => import('./commands/fire.js') },
  { name: 'resend', group: 'Fire', summary: 'send webhooks of a running emulator again', load: () => import('./commands/resend.js') },
  { name: 'replay', group: 'Fire', summary: 'send fixtures and judge the answers', load: () => import('./commands/replay.js') },
  { name: 'check', group: 'Verify', summary: 'ask your server, and judge what it answers', load: () => import('./commands/check.js') },
  { name: 'jwt', group: 'Verify', summary: 'make, explain and attack the tokens of users', load: () => import('./commands/jwt.js') },
  { name: 'doctor', group: 'Help', summary: 'look for what keeps jivo-dev from working here', load: () => import('./commands/doctor.js') },
  { name: 'fixtures', group: 'Help', summary: 'list, print and check webhook bodies', load: () => import('./commands/fixtures.js') },
  { name: 'schema', group: 'Help', summary: 'print what a webhook may hold, and how sure that is', load: () => import('./commands/schema.js') },
]

/** What `jivo-dev --help` prints. It is made without the parser, which takes longer to load than all the rest. */
export const helpText = (): string => {
  const width = Math.max(...commandTable.map(({ name }) => name.length)) + 3
  const groups = [...new Set(commandTable.map(({ group }) => group))].flatMap(group => [
    `${group}:`,
    ...commandTable.filter(entry => entry.group === group).map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
  ])
  return `${['Usage: jivo-dev COMMAND [FLAGS]', '', 'A local fake Jivo for developing and testing against its APIs.', '', ...groups, ...ending].join('\n')}\n`
}

const ending = [
  'Every command:',
  '  -h, --help     its flags, and the variables JIVO_DEV_* that set them',
  '  --json         stdout is JSON, or NDJSON for streams',
  '',
  '  -V, --version  print the version',
  '',
  'Exit codes:',
  '  0 done   1 a verdict failed   2 wrong usage   3 bad config, fixture or data',
  '  4 target or emulator unreachable   5 port in use   70 a bug of ours   130 interrupted',
  '',
  'Start here:',
  '  jivo-dev emulate                                             then open http://127.0.0.1:7410/',
  '  jivo-dev exec -- npm test                                    your tests, their calls to Jivo answered here',
  '  jivo-dev trigger chat_accepted --to http://127.0.0.1:3000/   one webhook to your server',
]
