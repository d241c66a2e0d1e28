import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseSeed } from '../config/values.js'
import type { Edit } from '../replay/rewrite.js'
import { jsonOption, timeoutOption, toOption } from './target.js'

const formats = ['junit', 'json', 'html', 'md', 'github'] as const

export interface ReportOption {
  readonly format: (typeof formats)[number]
  /** Empty for annotations, which go to stdout. */
  readonly file: string
}

export interface Options {
  readonly to?: string
  readonly timeout: number
  readonly concurrency: number
  readonly rate?: number
  /** Undefined is as fast as it goes. */
  readonly speed?: number
  readonly order: 'keep' | 'shuffle'
  readonly seed?: number
  readonly repeat: number
  readonly only: readonly string[]
  readonly where: readonly { readonly path: string; readonly value: string }[]
  readonly shard?: { readonly index: number; readonly of: number }
  readonly failedOf?: string
  readonly set: readonly Edit[]
  readonly unset: readonly Edit[]
  readonly header: readonly (readonly [name: string, value: string])[]
  readonly freshIds: boolean
  readonly update: boolean
  readonly bail: boolean
  readonly retries: number
  readonly report: readonly ReportOption[]
  readonly export?: string
  readonly watch: boolean
  readonly json: boolean
}

export const addOptions = (command: Command): Command =>
  command
    .addOption(toOption())
    .addOption(timeoutOption())
    .addOption(new Option('-c, --concurrency <number>', 'requests in flight; results keep their order').argParser(wholeNumber(1, 1_000)).default(1))
    .addOption(new Option('--rate <number/s>', 'at most so many a second: 50, 50/s, 600/m').argParser(parseRate))
    .addOption(new Option('--speed <factor>', 'with the pauses of a recording: 1 as they were, 10 ten times as fast, max none').argParser(parseSpeed))
    .addOption(new Option('--order <order>', 'keep, or shuffle').choices(['keep', 'shuffle']).default('keep'))
    .addOption(new Option('--seed <number>', 'of --order shuffle and --fresh-ids; the same gives the same').argParser(parseSeed))
    .addOption(new Option('--repeat <times>', 'send all of it so many times').argParser(wholeNumber(1, 1_000_000)).default(1))
    .addOption(list('--only <event>', 'only this event; may be repeated', text => text))
    .addOption(list('--where <path=value>', 'only where a field has this value; may be repeated', parseField))
    .addOption(new Option('--shard <n/of>', 'one of so many equal parts: 2/5').argParser(parseShard))
    .addOption(new Option('--failed-of <report>', 'only what failed in a report written with --report json=FILE'))
    .addOption(list('--set <path=value>', 'set a field of every event that has it; may be repeated', text => ({ kind: 'set' as const, ...parseField(text) })))
    .addOption(list('--unset <path>', 'leave a field out of every event that has it; may be repeated', path => ({ kind: 'unset' as const, path })))
    .addOption(list('-H, --header <name: value>', 'send a header; may be repeated', parseHeader))
    .addOption(new Option('--fresh-ids', 'new ids, tokens and times; the same old one gives the same new one').default(false))
    .addOption(new Option('--update', 'write what each server answers to NAME.expect.json').default(false))
    .addOption(new Option('--bail', 'stop at the first failure').default(false))
    .addOption(new Option('--retries <times>', 'send a failure again so many times').argParser(wholeNumber(0, 100)).default(0))
    .addOption(list('--report <format=file>', 'junit=, json=, html= or md=FILE; github annotates a workflow run; may be repeated', parseReport))
    .addOption(
      new Option(
        '--export <artillery=folder>',
        'write a load test with the same bodies and checks instead of sending; without --to, JIVO_DEV_TO says where when it runs',
      ).argParser(parseExport),
    )
    .addOption(new Option('--watch', 'then send what changes, and all of it on Enter, until Ctrl-C').default(false))
    .addOption(jsonOption('stdout is NDJSON: a line a fixture, then the summary'))

const list = <Value>(flags: string, description: string, parse: (text: string) => Value) =>
  new Option(flags, description).argParser((text: string, previous: readonly Value[] | undefined) => [...(previous ?? []), parse(text)]).default([], '')

const wholeNumber = (least: number, most: number) => (text: string) => {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < least || number > most) throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`)
  return number
}

const parseRate = (text: string): number => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(?:\/(s|m))?$/.exec(text) ?? []
  const rate = Number(amount) / (unit === 'm' ? 60 : 1)
  if (!(rate > 0)) throw new InvalidArgumentError('Expected sends a second such as 50/s, or a minute such as 600/m.')
  return rate
}

const parseSpeed = (text: string): number | undefined => {
  if (text === 'max') return undefined
  const speed = Number(text)
  if (!(speed > 0) || !Number.isFinite(speed)) throw new InvalidArgumentError('Expected 1, a factor such as 10, or max.')
  return speed
}

const parseField = (text: string) => {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Expected path=value, such as visitor.name=Vera.')
  return { path: text.slice(0, at), value: text.slice(at + 1) }
}

const parseShard = (text: string) => {
  const [, index = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (index < 1 || index > of) throw new InvalidArgumentError('Expected a part of a whole such as 2/5.')
  return { index, of }
}

/** Headers that belong to the connection. */
const ours = new Set(['connection', 'content-length', 'expect', 'host', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'])

const parseHeader = (text: string): readonly [string, string] => {
  const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)$/s.exec(text) ?? []
  if (name === '') throw new InvalidArgumentError("Expected a header such as 'X-Test: 1'.")
  // Nothing but Latin-1 without control characters may stand in a header; a line break would begin another one.
  if (!/^[\t\x20-\x7e\xa0-\xff]*$/.test(value))
    throw new InvalidArgumentError('The value of a header holds no line break, control character or letter beyond Latin-1.')
  if (ours.has(name.toLowerCase())) throw new InvalidArgumentError(`${name} is decided by the connection.`)
  return [name.toLowerCase(), value]
}

const parseReport = (text: string): ReportOption => {
  const at = text.indexOf('=')
  const format = formats.find(known => known === (at === -1 ? text : text.slice(0, at)))
  const file = at === -1 ? '' : text.slice(at + 1)
  if (format === undefined || (format === 'github') !== (file === ''))
    throw new InvalidArgumentError('Expected junit=FILE, json=FILE, html=FILE, md=FILE or github.')
  return { format, file }
}

const parseExport = (text: string): string => {
  const [format, folder] = text.split('=')
  if (format !== 'artillery' || folder === undefined || folder === '') throw new InvalidArgumentError('Expected artillery=FOLDER.')
  return folder
}
