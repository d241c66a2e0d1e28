import { type Command, Option } from 'commander'
import type { Context } from '../context.js'
import { judgeToken } from '../contracts/judge-token.js'
import { type ExitCode, exitCodes } from '../errors.js'
import { paint } from '../reporters/paint.js'
import { legend } from './field-table.js'
import { jsonOption } from './target.js'
import { readTokenArgument } from './token-input.js'
import { problemLines, verdictLine } from './token-lines.js'
import { addSecretOptions, needSecret, type SecretOptions } from './token-secret.js'

interface Options extends SecretOptions {
  readonly strict: boolean
  readonly json: boolean
}

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  addSecretOptions(
    command
      .description('Says whether a token shares the history of its user, and why not; exit code 0 or 1.')
      .argument('<token>', 'a token, or - for stdin')
      .addOption(new Option('--strict', 'refuse what Jivo documents do not allow or do not mention: exp in the past, ids of other letters').default(false)),
  )
    .addOption(jsonOption('print one JSON value'))
    .action(async (token: string, options: Options, own: Command) => done(await verify(token, options, own, context)))
}

const verify = async (given: string, { strict, json, ...rest }: Options, command: Command, context: Context): Promise<ExitCode> => {
  const { stdout, env, clock } = context
  const secret = await needSecret(rest, command, context)
  const judgement = await judgeToken(await readTokenArgument(given, context), { secret, now: clock.now(), isStrict: strict })
  const { verdict, problems } = judgement
  const color = paint(stdout, env)
  const mark = { opaque: '-', shared: color.green('✔'), 'shared-with-warning': color.yellow('!'), anonymous: color.red('✖') }[verdict]
  const lines = [`${mark} ${verdictLine(judgement)}`, ...(problems.length === 0 ? [] : ['', ...problemLines(problems, color), '', legend])]
  stdout.write(json ? `${JSON.stringify(judgement)}\n` : `${lines.join('\n')}\n`)
  return verdict === 'anonymous' ? exitCodes.verdict : exitCodes.done
}
