import { type Command, InvalidArgumentError, Option } from 'commander'
import { withVariable } from '../config/environment.js'
import { type Headers, parseHeader } from '../config/header.js'
import type { Context } from '../context.js'
import { fieldsOf } from '../contracts/paths.js'
import { webhookContract, webhookNames } from '../contracts/webhooks/events.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { judge, type ReplayResult, type SendBody } from '../replay/replay.js'
import { mostVariants, type Variant, vary } from '../replay/vary.js'
import { milliseconds } from '../reporters/milliseconds.js'
import { cut, oneLine, type Paint, paint } from '../reporters/paint.js'
import { answerLines, resultLines, summaryLine } from '../reporters/replay-lines.js'
import { fieldRows, legend } from './field-table.js'
import { jsonOption, openTarget, timeoutOption, toOption } from './target.js'
import { type BodyOptions, bodyOf, contractOf } from './trigger-body.js'

interface Options extends BodyOptions {
  readonly to?: string
  readonly header: Headers
  readonly repeat: number
  readonly vary: boolean
  readonly timeout: number
  readonly list: boolean
  readonly print: boolean
  readonly json: boolean
}

const collect = (value: string, previous: readonly string[]) => [...previous, value]

const parseRepeat = (text: string): number => {
  const times = Number(text)
  if (!/^\d+$/.test(text) || times < 1 || times > 100_000) throw new InvalidArgumentError('Expected a whole number from 1 to 100000.')
  return times
}

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Sends one webhook to your server, without an emulator, and judges the answer.')
    .argument('[event]', 'name of the webhook, such as chat_accepted')
    .addOption(toOption())
    .addOption(new Option('-s, --set <path=value>', 'change a field; may be repeated').argParser(collect).default([], ''))
    .addOption(new Option('-u, --unset <path>', 'leave a field out; may be repeated').argParser(collect).default([], ''))
    .addOption(withVariable(new Option('--data <file>', 'take the body from a file'), 'JIVO_DEV_DATA_FILE'))
    .addOption(new Option('--edit', 'change the body in your editor before it is sent').default(false))
    .addOption(new Option('--force', 'send what Jivo would not: fields and values outside of the contract').default(false))
    .addOption(new Option('-H, --header <name: value>', 'send a header too; may be repeated').argParser(parseHeader).default({}, ''))
    .addOption(new Option('--repeat <times>', 'send it so many times, one after the other').argParser(parseRepeat).default(1))
    .addOption(new Option('--vary', 'also send the variants that the contract allows: null, absent, other types, odd text').default(false))
    .addOption(timeoutOption())
    .addOption(new Option('--list', 'list the webhooks; with an event, its fields').default(false))
    .addOption(new Option('--print', 'print the body and send nothing').default(false))
    .addOption(jsonOption('print one JSON value; NDJSON when several are sent'))
    .action(async (event: string | undefined, options: Options) => done(await trigger(event, options, context)))
}

const trigger = async (event: string | undefined, options: Options, context: Context): Promise<ExitCode> => {
  const { stdout, env } = context
  if (options.list) {
    stdout.write(options.json ? `${JSON.stringify(listing(event), null, 2)}\n` : list(event, paint(stdout, env)))
    return exitCodes.done
  }
  if (event === undefined) {
    throw new UserError('usage', { problem: 'Say which webhook.', hint: `One of ${webhookNames.join(', ')}` })
  }
  if (options.vary && options.repeat > 1) throw new UserError('usage', { problem: '--vary sends each variant once: leave --repeat out.' })
  if (options.to === undefined && !options.print) {
    throw new UserError('usage', { problem: 'Say where to send it.', hint: `jivo-dev trigger ${event} --to http://127.0.0.1:3000/jivo` })
  }
  const body = await bodyOf(event, options, context)
  const variants = options.vary ? variantsOf(event, body) : null
  if (options.print || options.to === undefined) {
    if (variants === null) stdout.write(`${JSON.stringify(body, null, options.json ? 0 : 2)}\n`)
    else for (const variant of variants) stdout.write(`${JSON.stringify(options.json ? variant : variant.body)}\n`)
    return exitCodes.done
  }

  const { to, header, timeout } = options
  const { client, send: plainSend } = await openTarget(context, to, timeout)
  const headers = { 'content-type': 'application/json; charset=utf-8', ...header }
  const send: SendBody =
    Object.keys(header).length === 0 ? plainSend : text => client.request({ url: to, body: text, headers, timeout, signal: context.signal })
  try {
    if (variants !== null) return await several(event, variants, to, send, options, context)
    return options.repeat > 1
      ? await several(event, repeated(body, options.repeat), to, send, options, context)
      : await once(event, body, to, send, options, context)
  } finally {
    await client.close()
  }
}

const variantsOf = (event: string, body: unknown): Variant[] => {
  const contract = webhookContract(event) ?? contractOf(event)
  if (contract.safeParse(body).success) return [{ name: 'as it is', body }, ...vary(contract, body)]
  throw new UserError('usage', {
    problem: 'The body is not one that the contract allows, so it has no legal variants.',
    hint: 'jivo-dev fixtures validate FILE says why',
  })
}

function* repeated(body: unknown, times: number): Generator<Variant> {
  for (let time = 1; time <= times; time += 1) yield { name: `${time}/${times}`, body }
}

const once = async (event: string, body: unknown, to: string, send: SendBody, { json }: Options, { stdout, env, signal }: Context): Promise<ExitCode> => {
  const { result, timing } = await send(JSON.stringify(body))
  if (signal.aborted) return exitCodes.interrupted
  const judged = judge(event, event, result, timing)
  stdout.write(json ? `${JSON.stringify({ to, body, ...judged })}\n` : report(judged, paint(stdout, env)))
  if (judged.ok) return exitCodes.done
  return judged.status === undefined ? exitCodes.unreachable : exitCodes.verdict
}

/** Sends bodies one after the other, a line for each, then the summary. */
const several = async (
  event: string,
  bodies: Iterable<Variant>,
  to: string,
  send: SendBody,
  { json, vary: isVaried }: Options,
  { stdout, env, signal, clock }: Context,
): Promise<ExitCode> => {
  const began = clock.now()
  const color = paint(stdout, env)
  const results: ReplayResult[] = []
  for (const { name, body } of bodies) {
    const { result, timing } = await send(JSON.stringify(body))
    if (signal.aborted) return exitCodes.interrupted
    const judged = judge(name, event, result, timing)
    results.push(judged)
    stdout.write(json ? `${JSON.stringify({ type: 'trigger.result', body, ...judged })}\n` : `${resultLines(judged, color).join('\n')}\n`)
  }
  const took = clock.now() - began
  const failed = results.filter(({ ok }) => !ok).length
  if (json) stdout.write(`${JSON.stringify({ type: 'trigger.summary', to, passed: results.length - failed, failed, took })}\n`)
  else {
    const more = isVaried && results.length > mostVariants ? `   ${color.gray(`the first ${mostVariants} variants`)}` : ''
    stdout.write(`\n${summaryLine({ passed: results.length - failed, failed }, took)}${more}\n`)
  }
  if (failed === 0) return exitCodes.done
  return results.every(({ status }) => status === undefined) ? exitCodes.unreachable : exitCodes.verdict
}

const report = ({ ok, event, status, took, timing, message, answer }: ReplayResult, color: Paint): string => {
  const mark = ok ? color.green('✔') : color.red('✖')
  const { dns, connect, firstByte } = timing
  const parts = Object.entries({ dns, connect, 'first byte': firstByte }).flatMap(([name, time]) => (time === null ? [] : [`${name} ${time.toFixed(1)}`]))
  const lines = [`${mark} ${event}  ${status ?? 'not delivered'}  ${milliseconds(took)}   ${color.gray(parts.join('  '))}`.trimEnd()]
  if (ok) lines.push(...replyLines(answer?.body ?? ''))
  else {
    lines.push(`  ${oneLine(message ?? '')}`, ...answerLines(answer))
    lines.push(`  ${color.gray('The body that was sent')}   jivo-dev trigger ${event} --print`)
  }
  return `${lines.join('\n')}\n`
}

/** The reply by its keys; a list takes a line for each of its items. */
const replyLines = (body: string): string[] => {
  const entries = Object.entries(JSON.parse(body) as Record<string, unknown>)
  const width = Math.max(...entries.map(([key]) => key.length))
  return entries.flatMap(([key, value]) => {
    const items = Array.isArray(value) && value.length > 0 ? value : [value]
    return items.map((item, at) => `  ${oneLine(at === 0 ? key : '').padEnd(width)}  ${oneLine(cut(textOf(item), 120))}`)
  })
}

const textOf = (item: unknown): string => (typeof item === 'string' ? item : JSON.stringify(item))

const listing = (event: string | undefined) => (event === undefined ? webhookNames : fieldsOf(contractOf(event)))

const list = (event: string | undefined, color: Paint): string =>
  event === undefined ? `${webhookNames.join('\n')}\n` : `${fieldRows(fieldsOf(contractOf(event)), color).join('\n')}\n\n${legend}\n`
