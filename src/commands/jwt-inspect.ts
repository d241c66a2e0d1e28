import type { Command } from 'commander'
import type { Context } from '../context.js'
import { judgeToken, unsignedProblems } from '../contracts/judge-token.js'
import type { TokenJudgement } from '../contracts/user-token.js'
import { type ExitCode, exitCodes } from '../errors.js'
import { paint } from '../reporters/paint.js'
import { jsonOption } from './target.js'
import { readTokenArgument } from './token-input.js'
import { explanation, type SignatureState } from './token-lines.js'
import { addSecretOptions, findSecret, type SecretOptions } from './token-secret.js'

interface Options extends SecretOptions {
  readonly json: boolean
}

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  addSecretOptions(
    command
      .description('Explains a token: header, claims, dates, and what Jivo would do with it. Without a secret the signature is not checked.')
      .argument('<token>', 'a token, or - for stdin'),
  )
    .addOption(jsonOption('print one JSON value'))
    .action(async (token: string, options: Options, own: Command) => done(await inspect(token, options, own, context)))
}

const inspect = async (given: string, { json, ...rest }: Options, command: Command, context: Context): Promise<ExitCode> => {
  const { stdout, env, clock } = context
  const secret = await findSecret(rest, command, context)
  const token = await readTokenArgument(given, context)
  const now = clock.now()
  const judgement = await judgeToken(token, { secret, now })
  // To a channel without a secret no token is wrong; the reader wants to know what it would be with one.
  const problems = secret === null ? [...judgement.problems, ...unsignedProblems(token, now)] : judgement.problems
  const signature = signatureOf(judgement)
  if (json) stdout.write(`${JSON.stringify({ ...judgement, problems, signature })}\n`)
  else stdout.write(`${explanation(judgement, signature, problems, now, paint(stdout, env)).join('\n')}\n`)
  return exitCodes.done
}

const signatureOf = ({ verdict, problems }: TokenJudgement): SignatureState => {
  const codes: readonly string[] = problems.map(({ code }) => code)
  if (codes.includes('signature')) return 'wrong'
  const unread = ['huge', 'parts', 'encoding', 'utf8', 'json', 'duplicateKey', 'algorithm', 'critical']
  return verdict === 'opaque' || codes.some(code => unread.includes(code)) ? 'not checked' : 'right'
}
