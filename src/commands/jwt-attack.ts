import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { type Attack, makeAttacks } from '../checks/attack-tokens.js'
import { placeToken, type TokenPlace, tokenPlaces } from '../checks/place-token.js'
import { runAttacks } from '../checks/run-attacks.js'
import type { Claims } from '../config/claim.js'
import { type Headers, parseHeader } from '../config/header.js'
import { parseUrl } from '../config/values.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import type { Method } from '../transports/http/http-client.js'
import { inFolder, readText, writeText } from '../transports/text-files.js'
import { createCheckReport, reportOption } from './check-report.js'
import { claimOption } from './jwt-sign.js'
import { jsonOption, timeoutOption } from './target.js'
import { addSecretOptions, needSecret, type SecretOptions } from './token-secret.js'

interface Options extends SecretOptions {
  readonly to?: string
  readonly out?: string
  readonly only: readonly string[]
  readonly method?: Method
  readonly header: Headers
  readonly tokenIn: TokenPlace
  readonly tokenName?: string
  readonly publicKey?: string
  readonly id: string
  readonly claim: Claims
  readonly timeout: number
  readonly report?: string
  readonly json: boolean
}

/** Milliseconds until the good token expires. */
const life = 3_600_000

export const methodOption = () => new Option('--method <method>', 'how to ask').choices(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] satisfies Method[])

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  addSecretOptions(
    command
      .description(
        'Makes tokens that a verifier must refuse, and writes them to files or fires them at your server: a good token must pass, each attack get 4xx.',
      )
      .addOption(new Option('-t, --to <url>', 'an address of yours that asks for a token').argParser(parseUrl))
      .addOption(new Option('--out <folder>', 'write a token a file, and index.json, instead of sending'))
      .addOption(
        new Option('--only <name>', 'only this attack; may be repeated')
          .argParser((name: string, before: readonly string[]) => [...before, name])
          .default([], ''),
      )
      .addOption(new Option('--token-in <place>', 'where the token goes').choices([...tokenPlaces]).default('header'))
      .addOption(new Option('--token-name <name>', 'of the header, the cookie or the field; Authorization: Bearer, or token, when absent'))
      .addOption(methodOption())
      .addOption(new Option('-H, --header <name: value>', 'send a header too; may be repeated').argParser(parseHeader).default({}, ''))
      .addOption(new Option('--public-key <file>', 'PEM of a public key that your server knows, to be tried as a secret'))
      .addOption(new Option('--id <id>', 'user of the good token').default('cust58213'))
      .addOption(claimOption()),
  )
    .addOption(timeoutOption())
    .addOption(reportOption())
    .addOption(jsonOption('stdout is NDJSON: a line an attack, then the summary; with --out the index'))
    .action(async (options: Options, own: Command) => done(await attack(options, own, context)))
}

const attack = async (options: Options, command: Command, context: Context): Promise<ExitCode> => {
  const { to, out, id, claim, publicKey, only } = options
  // A variable may name the server for other commands.
  const isBoth = out !== undefined && command.getOptionValueSource('to') === 'cli'
  if (isBoth || (to === undefined && out === undefined)) {
    throw new UserError('usage', { problem: 'Say either --to URL or --out FOLDER.', hint: 'jivo-dev jwt attack --to http://127.0.0.1:3000/me' })
  }
  const secret = await needSecret(options, command, context)
  const now = context.clock.now()
  const seconds = Math.floor(now / 1_000)
  const claims = { id, iat: seconds, exp: seconds + life / 1_000, ...claim }
  const made = await makeAttacks({ claims, secret, publicKey: publicKey === undefined ? undefined : await readPem(publicKey, context), now })
  const attacks = chosen(made.attacks, only)
  if (out !== undefined) return write(out, made.good, attacks, options, context)
  return fire(to ?? '', made.good, attacks, options, context)
}

const chosen = (all: readonly Attack[], only: readonly string[]): readonly Attack[] => {
  const unknown = only.find(name => !all.some(attack => attack.name === name))
  if (unknown !== undefined)
    throw new UserError('usage', { problem: `There is no attack named ${unknown}.`, hint: `Known: ${all.map(({ name }) => name).join(', ')}` })
  return only.length === 0 ? all : all.filter(({ name }) => only.includes(name))
}

const readPem = async (path: string, { cwd }: Context): Promise<string> => {
  const text = await readText(path, cwd)
  if (!text.includes('-----BEGIN')) throw new UserError('fileUnreadable', { path, problem: 'it is no PEM: there is no line -----BEGIN' })
  // The attack is to sign with it; a private key in its place would travel as a secret, which tests nothing.
  if (text.includes('PRIVATE KEY')) throw new UserError('fileUnreadable', { path, problem: 'it is a private key; name the file of the public one' })
  return text
}

const write = async (folder: string, good: string, attacks: readonly Attack[], { json }: Options, { cwd, stdout }: Context): Promise<ExitCode> => {
  const all = [{ name: 'good-token', token: good, tries: 'nothing: it is a good token', must: 'accept', source: '', fix: '' }, ...attacks]
  const index = all.map(({ token, ...about }) => ({ file: `${about.name}.jwt`, ...about }))
  for (const { name, token } of all) await writeText(join(inFolder(cwd, folder), `${name}.jwt`), token)
  const text = `${JSON.stringify(index, null, 2)}\n`
  await writeText(join(inFolder(cwd, folder), 'index.json'), text)
  stdout.write(json ? text : `${all.length} tokens in ${folder}; index.json says what each tries and what a verifier must do.\n`)
  return exitCodes.done
}

const fire = async (to: string, good: string, attacks: readonly Attack[], options: Options, context: Context): Promise<ExitCode> => {
  const { tokenIn: place, tokenName: name, header: headers, timeout, json, report } = options
  const method = options.method ?? (place === 'body' ? 'POST' : 'GET')
  const { signal, version } = context
  const { createHttpClient } = await import('../transports/http/http-client.js')
  const client = createHttpClient({ userAgent: `jivo-dev/${version}` })
  const width = Math.max(...['good-token-again', ...attacks.map(attack => attack.name)].map(({ length }) => length))
  const told = createCheckReport({ name: 'jwt attack', to, width, json, report }, context)
  let isReached = false
  try {
    await runAttacks({
      good,
      attacks,
      signal,
      onResult: told.add,
      send: async token => {
        const { result, timing } = await client.request({ ...placeToken(token, { to, place, name, headers }), method, timeout, signal })
        isReached ||= result.kind === 'answered'
        return { result, took: timing.total }
      },
    })
  } finally {
    await client.close()
  }
  const code = await told.end()
  return isReached || code === exitCodes.interrupted ? code : exitCodes.unreachable
}
