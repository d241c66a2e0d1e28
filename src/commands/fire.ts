import { type Command, Option } from 'commander'
import type { Context } from '../context.js'
import type { FiredCallback } from '../contracts/control.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { cut, oneLine, type Paint, paint } from '../reporters/paint.js'
import { ask, dataOption, type EmulatorOptions, emulatorOption } from './emulator-client.js'
import { jsonOption } from './target.js'

interface Options extends EmulatorOptions {
  readonly page?: string
  readonly json: boolean
}

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Makes every open page of a running emulator call a callback of the Widget API.')
    .argument('<callback>', 'name such as jivo_onAccept; onAccept will do')
    .argument('[json]', 'its argument as JSON; a list at the top is taken as the list of arguments')
    .addOption(new Option('--page <id>', 'one page only'))
    .addOption(emulatorOption())
    .addOption(dataOption())
    .addOption(jsonOption('print one JSON value'))
    .action(async (callback: string, json: string | undefined, options: Options) => done(await fire(callback, json, options, context)))
}

const fire = async (name: string, json: string | undefined, options: Options, context: Context): Promise<ExitCode> => {
  const { stdout, env } = context
  const callback = name.startsWith('jivo_') ? name : `jivo_${name}`
  const answer = await ask('fire', { callback, args: argumentsOf(json), page: options.page }, options, context)
  const { pages } = answer as { pages: FiredCallback[] }
  stdout.write(options.json ? `${JSON.stringify(answer)}\n` : `${pages.map(page => pageLine(callback, page, paint(stdout, env))).join('\n')}\n`)
  return pages.some(({ outcome }) => outcome === 'threw' || outcome === 'silent') ? exitCodes.verdict : exitCodes.done
}

const argumentsOf = (json: string | undefined): unknown[] => {
  if (json === undefined) return []
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value : [value]
  } catch (error) {
    throw new UserError('usage', {
      problem: `The argument ${cut(json, 60)} is not JSON: ${(error as Error).message}.`,
      hint: `A text needs its own quotes: '"chat"'`,
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
