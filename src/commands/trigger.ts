import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { withVariable } from '../config/environment.js'
import type { Context } from '../context.js'
import type { Provenance } from '../contracts/evidence.js'
import { fieldsOf } from '../contracts/paths.js'
import { webhookContract, webhookNames } from '../contracts/webhooks/events.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { EditError, setField, unsetField } from '../replay/edit.js'
import { near } from '../replay/near.js'
import { judge, type ReplayResult } from '../replay/replay.js'
import { milliseconds } from '../reporters/event-line.js'
import { cut, oneLine, type Paint, paint } from '../reporters/paint.js'
import { answerLines } from '../reporters/replay-lines.js'
import { loadFixture } from '../transports/fixture-files.js'
import { jsonOption, openTarget, timeoutOption, toOption } from './target.js'

interface Options {
  readonly to?: string
  readonly set: readonly string[]
  readonly unset: readonly string[]
  readonly data?: string
  readonly timeout: number
  readonly list: boolean
  readonly print: boolean
  readonly json: boolean
}

const collect = (value: string, previous: readonly string[]) => [...previous, value]

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Sends one webhook to your server, without an emulator, and judges the answer.')
    .argument('[event]', 'name of the webhook, such as chat_accepted')
    .addOption(toOption())
    .addOption(new Option('-s, --set <path=value>', 'change a field; may be repeated').argParser(collect).default([], ''))
    .addOption(new Option('-u, --unset <path>', 'leave a field out; may be repeated').argParser(collect).default([], ''))
    .addOption(withVariable(new Option('--data <file>', 'take the body from a file'), 'JIVO_DEV_DATA_FILE'))
    .addOption(timeoutOption())
    .addOption(new Option('--list', 'list the webhooks; with an event, its fields').default(false))
    .addOption(new Option('--print', 'print the body and send nothing').default(false))
    .addOption(jsonOption('print one JSON value'))
    .action(async (event: string | undefined, options: Options) => done(await trigger(event, options, context)))
}

const trigger = async (event: string | undefined, options: Options, context: Context): Promise<ExitCode> => {
  const { stdout } = context
  if (options.list) {
    stdout.write(options.json ? `${JSON.stringify(listing(event), null, 2)}\n` : list(event, paint(stdout, context.env)))
    return exitCodes.done
  }
  if (event === undefined) {
    throw new UserError('usage', { problem: 'Say which webhook.', hint: `One of ${webhookNames.join(', ')}` })
  }
  const body = await bodyOf(event, options, context)
  if (options.print) {
    stdout.write(`${JSON.stringify(body, null, 2)}\n`)
    return exitCodes.done
  }
  if (options.to === undefined) {
    throw new UserError('usage', { problem: 'Say where to send it.', hint: `jivo-dev trigger ${event} --to http://127.0.0.1:3000/jivo` })
  }

  const { client, send } = await openTarget(context, options.to, options.timeout)
  try {
    const { result, timing } = await send(JSON.stringify(body))
    if (context.signal.aborted) return exitCodes.interrupted
    const judged = judge(event, event, result, timing)
    stdout.write(options.json ? `${JSON.stringify({ to: options.to, body, ...judged })}\n` : report(judged, paint(stdout, context.env)))
    if (judged.ok) return exitCodes.done
    return judged.status === undefined ? exitCodes.unreachable : exitCodes.verdict
  } finally {
    await client.close()
  }
}

/** The plain case of the event, or the user's file, with the edits on top. */
const bodyOf = async (event: string, { data, set, unset }: Options, context: Context) => {
  const contract = contractOf(event)
  const plain = join(context.packageFolder, 'fixtures', 'webhooks', `${event}.json`)
  const fixture = await loadFixture(data ?? plain, context)
  if (fixture.event !== event) {
    throw new UserError('usage', { problem: `${data} holds a ${fixture.event}, not a ${event}.`, hint: `jivo-dev trigger ${fixture.event} --data ${data}` })
  }
  let body: unknown = fixture.body
  for (const edit of set) {
    const [, path, value] = /^([^=]+)=(.*)$/s.exec(edit) ?? []
    if (path === undefined || value === undefined) {
      throw new UserError('usage', { problem: `--set ${edit} has no value.`, hint: '--set visitor.name="Vera Lind"' })
    }
    body = edited(event, () => setField(body, contract, path, value))
  }
  for (const path of unset) body = edited(event, () => unsetField(body, contract, path))
  return body
}

const contractOf = (event: string) => {
  const contract = webhookContract(event)
  if (contract === undefined) throw new UserError('unknownEvent', { event, near: near(event, webhookNames)[0] ?? null, known: webhookNames })
  return contract
}

const edited = (event: string, edit: () => unknown): unknown => {
  try {
    return edit()
  } catch (error) {
    if (!(error instanceof EditError)) throw error
    const { problem } = error
    if (problem.kind === 'unknown-path') throw new UserError('unknownPath', { event, path: problem.path, near: problem.near })
    throw new UserError('badValue', problem)
  }
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

const marks: Record<Provenance['evidence'], string> = { documented: '●', observed: '◐', guessed: '○' }

const list = (event: string | undefined, color: Paint): string => {
  if (event === undefined) return `${webhookNames.join('\n')}\n`
  const fields = fieldsOf(contractOf(event))
  const width = Math.max(...fields.map(({ path }) => path.length))
  const rows = fields.map(({ path, type, optional, provenance }) => {
    const mark = provenance === undefined ? ' ' : marks[provenance.evidence]
    return `${mark} ${path.padEnd(width)}  ${color.gray(`${type}${optional ? ', may be absent' : ''}`)}`
  })
  return `${rows.join('\n')}\n\n● documented by Jivo   ◐ observed in real clients   ○ guessed\n`
}
