import type { Command } from 'commander'
import type { ProjectFile } from '../config/project-file.js'
import type { Context } from '../context.js'
import type { Quirks } from '../contracts/webhooks/quirks.js'
import type { AccountSettings, BotSettings, ChannelSettings } from '../emulator/account.js'
import { UserError } from '../errors.js'
import type { Options } from './emulate-options.js'
import { readProjectFile } from './project-file.js'

/** What flags and the project's file ask for together: a flag wins over its variable, that over the file, that over the default. */
export interface Settings {
  readonly options: Options
  readonly account: AccountSettings
  /** Path of the project's file as the user would write it; null without one. */
  readonly file: string | null
}

export const settingsOf = async (given: Options, command: Command, context: Context): Promise<Settings> => {
  const { path, file } = await readProjectFile(given.config, context)
  if (command.getOptionValueSource('jwtSecret') === 'cli' && typeof given.jwtSecret === 'string') {
    context.stderr.write('jivo-dev emulate: the history of the shell keeps --jwt-secret; take --jwt-secret-file or JIVO_DEV_JWT_SECRET.\n')
  }
  const isSet = (name: string) => !['default', undefined].includes(command.getOptionValueSource(name))
  const fromFile = Object.fromEntries(sharedNames.flatMap(name => (file[name] === undefined || isSet(name) ? [] : [[name, file[name]]])))
  const options: Options = { ...given, ...fromFile }
  return { options, file: path, account: await accountOf(options, file, context) }
}

/** What the file calls as the flags do. */
const sharedNames = [
  'port',
  'host',
  'data',
  'seed',
  'webhook',
  'crmWebhook',
  'agents',
  'strict',
  'rateLimit',
  'refuseWith',
  'deliveryProfile',
  'suggest',
  'strictTokens',
  'tokenUrl',
] as const

const accountOf = async (options: Options, file: ProjectFile, context: Context): Promise<AccountSettings> => {
  const { webhook, crmWebhook } = options
  const quirks = options.quirk.length === 0 ? {} : await parseQuirks(options.quirk)
  return {
    seed: options.seed,
    mode: options.agents,
    agents: file.team,
    templates: file.templates,
    webhook: webhook === false ? null : webhook,
    crmWebhook: crmWebhook === false ? null : crmWebhook,
    channels: channelsOf(options, file),
    bots: botsOf(options, file),
    isStrict: options.strict,
    jwtSecret: await secretOf(options, context),
    hasStrictTokens: options.strictTokens,
    tokenUrl: options.tokenUrl === false ? null : options.tokenUrl,
    rateLimit: options.rateLimit,
    refuseWith: options.refuseWith,
    delivery: options.deliveryProfile,
    quirks: { ...defined(file.quirks ?? {}), ...quirks },
    ...(options.widgetBoot === undefined ? {} : { widget: { boot: options.widgetBoot } }),
  }
}

const secretOf = async ({ jwtSecret, jwtSecretFile }: Options, context: Context): Promise<string | null | undefined> => {
  if (jwtSecret === false) return null
  return jwtSecretFile === undefined ? jwtSecret : (await import('./token-secret.js')).readSecret(jwtSecretFile, context)
}

const botsOf = ({ bot, botToken, botHeader, answerWithin }: Options, file: ProjectFile): readonly BotSettings[] | undefined => {
  if (bot === false) return []
  if (bot !== undefined) return [{ url: bot, token: botToken, headers: botHeader, answerWithin }]
  const lonely = [
    ['--bot-token', botToken !== undefined],
    ['--bot-header', Object.keys(botHeader).length > 0],
    ['--answer-within', answerWithin !== undefined],
  ].find(([, isGiven]) => isGiven)
  if (lonely !== undefined) throw new UserError('usage', { problem: `${lonely[0]} says something of a bot, and no --bot is given.`, hint: 'Add  --bot URL' })
  return file.bots
}

/** The channels of the file, and those that a bot of the file is bound to; `--chat` speaks of the first of the Chat API. */
const channelsOf = ({ chat, chatFraming }: Options, file: ProjectFile): readonly ChannelSettings[] => {
  const listed = (file.channels ?? []).map(
    ({ quirks, widget, ...channel }): ChannelSettings => ({
      ...channel,
      ...(quirks === undefined ? {} : { quirks: defined(quirks) }),
      ...(widget === undefined ? {} : { widget: defined(widget) }),
    }),
  )
  const named = new Set(listed.flatMap(({ name, type }) => [name, type]))
  const bound = new Set((file.bots ?? []).flatMap(({ channels = [] }) => channels).filter(name => !named.has(name)))
  const channels = [...listed, ...[...bound].map(type => ({ type: type as ChannelSettings['type'] }))]
  if (chat === undefined && chatFraming === undefined) return channels
  const own: Partial<ChannelSettings> = {
    ...(chat === undefined ? {} : { url: chat === false ? null : chat }),
    ...(chatFraming === undefined ? {} : { framing: chatFraming }),
  }
  const at = channels.findIndex(({ type }) => type === 'chat-api')
  if (at === -1) return [...channels, { type: 'chat-api', ...own }]
  return channels.map((channel, index) => (index === at ? { ...channel, ...own } : channel))
}

/** Without the keys whose value is undefined. */
const defined = <Value extends object>(value: Value): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never

/** The switches that were given, checked. Their contract is loaded only for that. */
const parseQuirks = async (given: readonly string[]): Promise<Partial<Quirks>> => {
  const [{ quirks }, { near }] = await Promise.all([import('../contracts/webhooks/quirks.js'), import('../contracts/near.js')])
  const known = quirks.shape
  return Object.fromEntries(
    given.map(text => {
      const at = text.indexOf('=')
      const name = at === -1 ? text : text.slice(0, at)
      if (!Object.hasOwn(known, name)) throw new UserError('unknownQuirk', { name, near: near(name, Object.keys(known)), known: Object.keys(known) })
      const value = at === -1 ? '' : text.slice(at + 1)
      const values: readonly string[] = known[name as keyof typeof known].unwrap().options
      if (!values.includes(value)) throw new UserError('unknownQuirkValue', { name, value, near: near(value, values), known: values })
      return [name, value]
    }),
  )
}
