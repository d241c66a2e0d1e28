import { type Command, Option } from 'commander'
import { chatCommands } from '../chat/acts.js'
import { withVariable } from '../config/environment.js'
import { parseDuration, parseUrl } from '../config/values.js'
import type { Context } from '../context.js'
import { channelTypes } from '../contracts/channel-types.js'
import type { ExitCode } from '../errors.js'
import type { LineOptions } from './chat-lines.js'
import { dataOption, emulatorOption } from './emulator-client.js'
import { jsonOption } from './target.js'

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description(
      'Writes as a client of any channel. In a terminal it is a chat; otherwise every line of stdin is a message, sent when the one before is answered.',
    )
    .addOption(new Option('--channel <name>', `name or type of the channel: ${channelTypes.join(', ')}`).default('site'))
    .addOption(new Option('--as <name>', 'name of the client; the same name is the same client'))
    .addOption(withVariable(new Option('--id <id>', 'what the channel calls the client, instead of the name'), 'JIVO_DEV_CLIENT_ID'))
    .addOption(new Option('--phone <number>', 'phone of the client'))
    .addOption(new Option('--email <address>', 'e-mail address of the client'))
    .addOption(
      withVariable(
        new Option('--page <url>', 'page that a client of a site writes from; the shop page when absent').argParser(parseUrl),
        'JIVO_DEV_CLIENT_PAGE',
      ),
    )
    .addOption(new Option('--wait <duration>', 'how long to wait for the answer to a line').default(10_000, '10s').argParser(parseDuration))
    .addOption(new Option('--no-wait', 'send every line at once, and end with stdin'))
    .addOption(emulatorOption())
    .addOption(dataOption())
    .addOption(jsonOption('print what is said, and by whom, as NDJSON'))
    .addHelpText('after', help)
    .action(async (options: LineOptions) => done(await chat(options, context)))
}

const chat = async (options: LineOptions, context: Context): Promise<ExitCode> => {
  const { stdin, stdout, env } = context
  const isScreen = stdin.isTTY && stdout.isTTY && !options.json && env.TERM !== 'dumb'
  const { comeAsClient } = await import('./chat-session.js')
  const session = await comeAsClient(options, context)
  if (isScreen) {
    const { chatInTerminal } = await import('./chat-terminal.js')
    return chatInTerminal(session, options, context)
  }
  const { chatByLines } = await import('./chat-lines.js')
  return chatByLines(session, options, context)
}

const width = Math.max(...chatCommands.map(({ name, takes }) => `/${name} ${takes}`.length)) + 2

const help = `
Lines that are no messages:
${chatCommands.map(({ name, takes, about }) => `  ${`/${name} ${takes}`.padEnd(width)}${about}`).join('\n')}
  ${'//TEXT'.padEnd(width)}sends a message that begins with a slash
  ${'1'.padEnd(width)}presses the first button of the last message; so does its text

Exit code 1 says that nobody answered.
`
