import type { Command } from 'commander'
import type { Context } from '../context.js'
import type { ExitCode } from '../errors.js'
import * as token from './check-token.js'

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command.description('Asks your server as Jivo, a page or a stranger would, and judges each answer.').helpCommand(false)
  token.configure(command.command('token'), context, done)
}
