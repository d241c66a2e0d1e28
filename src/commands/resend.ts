import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseDuration, parseUrl } from '../config/values.js'
import type { Context } from '../context.js'
import type { ResentDelivery } from '../contracts/control.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { milliseconds } from '../reporters/milliseconds.js'
import { oneLine, type Paint, paint } from '../reporters/paint.js'
import { ask, dataOption, type EmulatorOptions, emulatorOption } from './emulator-client.js'
import { jsonOption } from './target.js'

interface Options extends EmulatorOptions {
  readonly failed: boolean
  readonly since?: Since
  readonly to?: string
  readonly wait: number
  readonly json: boolean
}

type Since = { readonly seq: number } | { readonly ago: number }

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Sends webhooks of a running emulator again, each with its id and its body, and says how they ended.')
    .argument('[id...]', 'ids of deliveries, such as d42')
    .addOption(new Option('--failed', 'those that failed').default(false))
    .addOption(new Option('--since <seq|duration>', 'those scheduled after the event 120, or in the last 30s, 10m, 1h').argParser(parseSince))
    .addOption(new Option('-t, --to <url>', 'another address than the one they had').argParser(parseUrl))
    .addOption(new Option('--wait <duration>', 'how long to wait for how they end').default(20_000, '20s').argParser(parseWait))
    .addOption(emulatorOption())
    .addOption(dataOption())
    .addOption(jsonOption('print one JSON value'))
    .action(async (ids: readonly string[], options: Options) => done(await resend(ids, options, context)))
}

const resend = async (ids: readonly string[], options: Options, context: Context): Promise<ExitCode> => {
  const { stdout, stderr, env, clock } = context
  const { failed, since, to, wait } = options
  if (ids.length === 0 && !failed && since === undefined) {
    throw new UserError('usage', { problem: 'Say which webhooks.', hint: 'jivo-dev resend d42, or --failed, or --since 10m' })
  }
  const body = {
    ...(ids.length === 0 ? {} : { deliveries: ids }),
    ...(failed ? { failed } : {}),
    ...(since === undefined ? {} : 'seq' in since ? { since: since.seq } : { sinceTime: clock.now() - since.ago }),
    ...(to === undefined ? {} : { to }),
    wait,
  }
  const answer = (await ask('resend', body, options, context, wait + 10_000)) as { deliveries: ResentDelivery[] }
  const { deliveries } = answer
  if (options.json) stdout.write(`${JSON.stringify(answer)}\n`)
  else {
    const color = paint(stdout, env)
    stdout.write(deliveries.map(delivery => `${line(delivery, color, wait)}\n`).join(''))
    if (deliveries.length === 0) stderr.write('Nothing fits, so nothing was sent.\n')
  }
  return deliveries.every(({ outcome }) => outcome === 'done' || outcome === 'busy') ? exitCodes.done : exitCodes.verdict
}

const line = ({ delivery, event, to, outcome, status, attempts = 1, took, message }: ResentDelivery, color: Paint, wait: number): string => {
  const what = `${delivery}  ${oneLine(event)} > ${oneLine(to)}`
  const tries = attempts > 1 ? ` at attempt ${attempts}` : ''
  switch (outcome) {
    case 'done':
      return `${color.green('✔')} ${what}  ${status}  ${milliseconds(took ?? 0)}${tries}`
    case 'failed':
      return `${color.red('✖')} ${what}  ${status ?? 'no answer'}${tries}\n    ${oneLine(message ?? '')}`
    case 'pending':
      return `${color.yellow('…')} ${what}  not over within ${milliseconds(wait)}; it goes on`
    case 'busy':
      return `${color.yellow('▲')} ${what}  is still on its way, so it was not sent anew`
  }
}

/** A whole number is the `seq` of an event, a number with a unit is a time that has passed. */
const parseSince = (text: string): Since => {
  if (/^\d{1,15}$/.test(text)) return { seq: Number(text) }
  if (!/^\d+(\.\d+)?(ms|s|m|h)$/.test(text))
    throw new InvalidArgumentError('Expected the number of an event such as 120, or a duration such as 30s, 10m or 1h.')
  return { ago: parseDuration(text) }
}

/** The emulator holds the answer back for so long at most. */
const longestWait = 120_000

const parseWait = (text: string): number => {
  const wait = parseDuration(text)
  if (wait > longestWait) throw new InvalidArgumentError('Expected at most 2m.')
  return wait
}
