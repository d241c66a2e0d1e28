import type { Command } from 'commander'
import type { Context } from '../context.js'
import type { ExitCode } from '../errors.js'
import * as attack from './jwt-attack.js'
import * as inspect from './jwt-inspect.js'
import * as secret from './jwt-secret.js'
import * as sign from './jwt-sign.js'
import * as verify from './jwt-verify.js'

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command.description('Tokens of users: a page passes one to setUserToken, and every browser with it sees the same history.').helpCommand(false)
  sign.configure(command.command('sign'), context, done)
  verify.configure(command.command('verify'), context, done)
  inspect.configure(command.command('inspect'), context, done)
  secret.configure(command.command('secret'), context, done)
  attack.configure(command.command('attack'), context, done)
}
