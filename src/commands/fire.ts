import { type Command, Option } from 'commander'
import type { Context } from '../context.js'
import type { FiredCallback } from '../contracts/control.js'
import { near } from '../contracts/near.js'
import { type ApiEntry, callbackNames, methodNames, widgetApi } from '../contracts/widget-api.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { cut, oneLine, type Paint, paint } from '../reporters/paint.js'
import { ask, dataOption, type EmulatorOptions, emulatorOption } from './emulator-client.js'
import { jsonOption } from './target.js'

interface Options extends EmulatorOptions {
  readonly page?: string
  readonly force: boolean
  readonly list: boolean
  readonly json: boolean
}

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Makes every open page of a running emulator call a callback of the Widget API.')
    .argument('[callback]', 'name such as jivo_onAccept; onAccept will do')
    .argument('[args...]', 'its arguments, each as JSON or as plain text; a single JSON list is taken as the list of arguments')
    .addOption(new Option('--page <id>', 'one page only; the beginning of its id is enough'))
    .addOption(new Option('--force', 'fire a name that the Widget API does not have').default(false))
    .addOption(new Option('--list', 'list the callbacks').default(false))
    .addOption(emulatorOption())
    .addOption(dataOption())
    .addOption(jsonOption('print one JSON value'))
    .action(async (callback: string | undefined, args: readonly string[], options: Options) => done(await fire(callback, args, options, context)))
}

const fire = async (name: string | undefined, args: readonly string[], options: Options, context: Context): Promise<ExitCode> => {
  const { stdout, env } = context
  const color = paint(stdout, env)
  if (options.list) {
    const known = widgetApi.filter(({ kind }) => kind === 'callback')
    stdout.write(options.json ? `${JSON.stringify(known, null, 2)}\n` : list(known, color))
    return exitCodes.done
  }
  if (name === undefined) throw new UserError('usage', { problem: 'Say which callback.', hint: `One of ${callbackNames.join(', ')}` })
  const callback = options.force ? fullName(name) : knownName(name)
  const answer = await ask('fire', { callback, args: argumentsOf(callback, args), page: options.page }, options, context)
  const { pages } = answer as { pages: FiredCallback[] }
  stdout.write(options.json ? `${JSON.stringify(answer)}\n` : `${pages.map(page => pageLine(callback, page, color)).join('\n')}\n`)
  return pages.some(({ outcome }) => outcome === 'threw' || outcome === 'silent') ? exitCodes.verdict : exitCodes.done
}

const fullName = (name: string) => (name.startsWith('jivo_') ? name : `jivo_${name}`)

const knownName = (name: string): string => {
  const callback = fullName(name)
  if (callbackNames.includes(callback)) return callback
  if (methodNames.includes(name)) {
    throw new UserError('usage', { problem: `${name} is a method of jivo_api, which a page calls.`, hint: 'The emulator has a form for each at /playground' })
  }
  const [nearest] = near(callback, callbackNames)
  throw new UserError('usage', {
    problem: `The Widget API has no callback ${cut(callback, 60)}.`,
    hint: `${nearest === undefined ? 'The names: jivo-dev fire --list.' : `Did you mean ${nearest}?`} --force fires it anyway`,
  })
}

const list = (known: readonly ApiEntry[], color: Paint): string => {
  const width = Math.max(...known.map(({ name }) => name.length))
  return known.map(({ name, about }) => `${name.padEnd(width)}  ${color.gray(about.en.replaceAll('`', ''))}\n`).join('')
}

const argumentsOf = (callback: string, texts: readonly string[]): unknown[] => {
  const types = widgetApi.find(({ name }) => name === callback)?.args ?? []
  const values = texts.map((text, at) => readValue(text, typeof types[at]?.example === 'string'))
  const [only] = values
  return values.length === 1 && Array.isArray(only) ? only : values
}

/** JSON, or the text itself. What begins like JSON and is none is a slip; where a text belongs, a bare number is a text. */
const readValue = (text: string, isText: boolean): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    return isText && (typeof value === 'number' || typeof value === 'boolean') ? text : value
  } catch (error) {
    if (!/^\s*[[{"]/.test(text)) return text
    throw new UserError('usage', {
      problem: `The argument ${cut(text, 60)} is not JSON: ${(error as Error).message}.`,
      hint: 'Quote it for your shell: \'{"result":"ok"}\'. A plain text needs no quotes of its own',
    })
  }
}

const pageLine = (callback: string, { url, outcome, error }: FiredCallback, color: Paint): string => {
  const where = `${callback} on ${oneLine(url)}`
  switch (outcome) {
    case 'called':
      return `${color.green('✔')} ${where}`
    case 'missing':
      return `${color.yellow('▲')} ${where}: the page does not define it`
    case 'threw':
      return `${color.red('✖')} ${where}: it threw\n    ${oneLine((error ?? '').split('\n')[0] ?? '')}`
    case 'silent':
      return `${color.red('✖')} ${where}: the page did not say within 2 s whether it called it`
  }
}
