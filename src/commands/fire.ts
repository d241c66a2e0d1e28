import { isAbsolute, join } from 'node:path'
import { type Command, Option } from 'commander'
import { withVariable } from '../config/environment.js'
import { parseUrl } from '../config/values.js'
import type { Context } from '../context.js'
import type { FiredCallback } from '../contracts/control.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { cut, oneLine, type Paint, paint } from '../reporters/paint.js'
import { readLocator } from '../transports/data-folder.js'
import { jsonOption } from './target.js'

interface Options {
  readonly emulator?: string
  readonly data: string
  readonly page?: string
  readonly json: boolean
}

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Makes every open page of a running emulator call a callback of the Widget API.')
    .argument('<callback>', 'name such as jivo_onAccept; onAccept will do')
    .argument('[json]', 'its argument as JSON; a list at the top is taken as the list of arguments')
    .addOption(new Option('--page <id>', 'one page only'))
    .addOption(withVariable(new Option('--emulator <url>', 'the running emulator').argParser(parseUrl), 'JIVO_DEV_URL'))
    .addOption(new Option('-d, --data <folder>', 'data folder of the emulator, to find it by').default('.jivo-dev'))
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

/** Asks a control route of the running emulator: the one that is named, or the one of the data folder. */
const ask = async (route: string, body: unknown, { emulator, data }: Options, { cwd, version, signal }: Context): Promise<unknown> => {
  const folder = isAbsolute(data) ? data : join(cwd, data)
  const locator = readLocator(folder)
  const url = emulator ?? locator?.url
  if (url == null) throw new UserError('noEmulator', { folder: data })
  const { createHttpClient } = await import('../transports/http-client.js')
  const client = createHttpClient({ userAgent: `jivo-dev/${version}` })
  // The token belongs to the emulator that wrote it down, and to no other address.
  const token = locator?.url === url ? locator.token : null
  try {
    const { result } = await client.request({
      url: new URL(`_dev/${route}`, url).href,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      timeout: 5_000,
      signal,
    })
    if (result.kind === 'no-answer') throw new UserError('emulatorUnreachable', { url, problem: result.message })
    const answer: unknown = parsed(result.body)
    if (result.status === 200) return answer
    throw new UserError('emulatorRefused', {
      message: refusalOf(answer) ?? `${url} answered ${result.status}; is it an emulator?`,
      isUsage: result.status === 400,
    })
  } finally {
    await client.close()
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const refusalOf = (answer: unknown): string | undefined => {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return undefined
  const { error } = answer
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : undefined
}
