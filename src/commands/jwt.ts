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
  for (const [name, { configure }] of Object.entries({ sign, verify, inspect, secret, attack })) configure(command.command(name), context, done)
}
