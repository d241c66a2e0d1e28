import { type Command, InvalidArgumentError, Option } from 'commander'
import { checkToken } from '../checks/check-token.js'
import { type Headers, parseHeader } from '../config/header.js'
import { parseUrl } from '../config/values.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import type { Method } from '../transports/http/http-client.js'
import { createCheckReport, reportOption } from './check-report.js'
import { methodOption } from './jwt-attack.js'
import { jsonOption, timeoutOption } from './target.js'
import { addSecretOptions, needSecret, type SecretOptions } from './token-secret.js'

interface Options extends SecretOptions {
  readonly to?: string
  readonly userA: Headers
  readonly userB: Headers
  readonly header: Headers
  readonly method: Method
  readonly jsonPath?: string
  readonly times: number
  readonly timeout: number
  readonly report?: string
  readonly json: boolean
}

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  const headers = (flags: string, what: string) => new Option(flags, what).argParser(parseHeader).default({}, '')
  addSecretOptions(
    command
      .description('Asks your endpoint for tokens as two users, at the same time and again and again, and as nobody, and judges them.')
      .addOption(new Option('-t, --to <url>', 'your endpoint, which gives a signed-in user a token').argParser(parseUrl))
      .addOption(headers('--user-a <name: value>', "a header that makes the first user, such as 'Cookie: sid=1'; may be repeated"))
      .addOption(headers('--user-b <name: value>', 'the same for the second user'))
      .addOption(headers('-H, --header <name: value>', 'a header of every request; may be repeated'))
      .addOption(methodOption().default('GET'))
      .addOption(new Option('--json-path <path>', 'where the token is in a JSON answer, such as data.jwt; looked for when absent'))
      .addOption(new Option('--times <number>', 'how often each user asks').argParser(parseTimes).default(3)),
  )
    .addOption(timeoutOption())
    .addOption(reportOption())
    .addOption(jsonOption('stdout is NDJSON: a line a check, then the summary'))
    .action(async (options: Options, own: Command) => done(await check(options, own, context)))
}

const parseTimes = (text: string): number => {
  const times = Number(text)
  if (!/^\d+$/.test(text) || times < 2 || times > 100) throw new InvalidArgumentError('Expected a whole number from 2 to 100.')
  return times
}

const check = async (options: Options, command: Command, context: Context): Promise<ExitCode> => {
  const { to, userA, userB, header, method, jsonPath: path, times, timeout, report, json } = options
  const hint = "jivo-dev check token --to http://127.0.0.1:3000/token --user-a 'Cookie: sid=1' --user-b 'Cookie: sid=2'"
  if (to === undefined) throw new UserError('usage', { problem: 'Say which endpoint.', hint })
  if (JSON.stringify(userA) === JSON.stringify(userB))
    throw new UserError('usage', { problem: 'Say what makes two users different: --user-a and --user-b.', hint })
  const secret = await needSecret(options, command, context)
  const { signal, version, clock } = context
  const { createHttpClient } = await import('../transports/http/http-client.js')
  const client = createHttpClient({ userAgent: `jivo-dev/${version}` })
  const own = { a: userA, b: userB, nobody: {} }
  const told = createCheckReport({ name: 'check token', to, width: 'personal-data'.length, json, report }, context)
  let isReached = false
  try {
    const results = await checkToken({
      url: to,
      secret,
      times,
      path,
      now: clock.now,
      ask: async (who, origin) => {
        const headers = { ...header, ...own[who], ...(origin === undefined ? {} : { origin }) }
        const { result, timing, headers: answered } = await client.request({ url: to, method, headers, timeout, signal })
        isReached ||= result.kind === 'answered'
        return { result, headers: answered, took: timing.total }
      },
    })
    if (!signal.aborted) for (const result of results) told.add(result)
  } finally {
    await client.close()
  }
  const code = await told.end()
  return isReached || code === exitCodes.interrupted ? code : exitCodes.unreachable
}
