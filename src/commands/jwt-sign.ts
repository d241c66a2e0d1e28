import { type Command, Option } from 'commander'
import { type Claims, parseClaim } from '../config/claim.js'
import { parseDuration } from '../config/values.js'
import type { Context } from '../context.js'
import { judgeToken } from '../contracts/judge-token.js'
import { signToken } from '../contracts/sign-token.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { jsonOption } from './target.js'
import { addSecretOptions, needSecret, type SecretOptions } from './token-secret.js'

interface Options extends SecretOptions {
  readonly id: string
  readonly claim: Claims
  /** Milliseconds. */
  readonly expires?: number
  readonly json: boolean
}

export const claimOption = () =>
  new Option('--claim <name=value>', 'add a claim: tier=gold is a text, visits:=5 and tags:=["a"] are JSON; may be repeated')
    .argParser(parseClaim)
    .default({}, '')

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  addSecretOptions(
    command
      .description('Signs a token for one user and prints it.')
      .requiredOption('--id <id>', 'who the user is: Latin letters and digits, always the same for one user')
      .addOption(claimOption())
      .addOption(new Option('--expires <duration>', 'adds exp, so long from now, and iat').argParser(parseDuration)),
  )
    .addOption(jsonOption('print the token with its header, its claims and what Jivo would do'))
    .action(async (options: Options, own: Command) => done(await sign(options, own, context)))
}

const sign = async ({ id, claim, expires, json, ...rest }: Options, command: Command, context: Context): Promise<ExitCode> => {
  const { stdout, stderr, clock } = context
  const twice = expires === undefined ? undefined : ['exp', 'iat'].find(name => Object.hasOwn(claim, name))
  if (twice !== undefined) throw new UserError('usage', { problem: `Both --expires and --claim say ${twice}; leave one out.` })
  const secret = await needSecret(rest, command, context)
  const now = clock.now()
  const seconds = Math.floor(now / 1_000)
  const dates = expires === undefined ? [] : Object.entries({ iat: seconds, exp: seconds + Math.round(expires / 1_000) })
  const token = await signToken(Object.fromEntries([['id', id], ...Object.entries(claim), ...dates]), secret)
  const judgement = await judgeToken(token, { secret, now })
  stdout.write(json ? `${JSON.stringify({ token, ...judgement })}\n` : `${token}\n`)
  if (!json) for (const { message } of judgement.problems) stderr.write(`${message}\n`)
  return exitCodes.done
}
