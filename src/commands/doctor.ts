import { accessSync, constants } from 'node:fs'
import { type Command, Option } from 'commander'
import { checkAddress } from '../checks/check-address.js'
import { checkCertificates, checkClock, checkNode, checkPort, checkProxies, checkSkew } from '../checks/check-machine.js'
import type { CheckResult } from '../checks/check-result.js'
import { parsePort, parseUrl } from '../config/values.js'
import type { Context } from '../context.js'
import { jivoHosts } from '../emulator/guard.js'
import type { ExitCode } from '../errors.js'
import type { HttpClient } from '../transports/http/http-client.js'
import { covers, noProxyEntries } from '../transports/intercept/no-proxy.js'
import { createCheckReport, reportOption } from './check-report.js'
import { configureHosts } from './doctor-hosts.js'
import { jsonOption, timeoutOption } from './target.js'

interface Options {
  readonly port: number
  readonly to?: string
  readonly site?: string
  readonly timeout: number
  readonly report?: string
  readonly json: boolean
}

/** As `engines` of package.json says; a test compares them. */
export const oldestNode = '20.19'

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Looks for what keeps jivo-dev from working here, and says what to do about it.')
    .helpCommand(false)
    .usage('[flags] [-- COMMAND...]')
    .argument('[command...]', 'after --: would calls of this command reach the emulator under jivo-dev exec? Its runtime is tried, not the command')
    .addOption(new Option('-p, --port <number>', 'the port that the emulator is to have').default(7410).argParser(parsePort))
    .addOption(new Option('-t, --to <url>', 'your server: does it answer, and is the clock of this machine right by its?').argParser(parseUrl))
    .addOption(new Option('--site <url>', 'a page with the snippet: would jivo-dev open catch it?').argParser(parseUrl))
    .addOption(timeoutOption())
    .addOption(reportOption())
    .addOption(jsonOption('stdout is NDJSON: a line a check, then the summary'))
    .addHelpText('after', help)
    .action(async (words: readonly string[], options: Options) => done(await examine(words, options, context)))
  configureHosts(command.command('hosts'), context, done)
}

const help = `
Examples:
  jivo-dev doctor --to http://127.0.0.1:3000/jivo
  jivo-dev doctor --site https://shop.example/
  jivo-dev doctor -- python3 bot.py
`

const examine = async (words: readonly string[], options: Options, context: Context): Promise<ExitCode> => {
  const { port, to, site, timeout, report, json } = options
  const { env, clock, signal, version, nodeVersion } = context
  const { createHttpClient } = await import('../transports/http/http-client.js')
  const client = createHttpClient({ userAgent: `jivo-dev/${version}` })
  const told = createCheckReport({ name: 'doctor', width: 'certificates'.length, json, report }, context)
  const began = { wall: clock.now(), steady: performance.now() }
  try {
    told.add(checkNode(nodeVersion, oldestNode))
    const { portState } = await import('../transports/port-state.js')
    told.add(checkPort(port, await portState(port, client)))
    const exempt = noProxyEntries(`${env.NO_PROXY ?? ''},${env.no_proxy ?? ''}`)
    const covered = jivoHosts.filter(host => exempt.some(entry => covers(entry, host)))
    for (const result of [...checkProxies(env, covered), ...checkCertificates(env, isReadable)]) told.add(result)

    let skew: CheckResult | null = null
    if (to !== undefined) {
      const before = clock.now()
      const { result, headers, timing } = await client.request({ url: to, method: 'GET', timeout, signal })
      told.add(checkAddress(to, result, textOf(headers.location), timing.total))
      skew = checkSkew({ before, after: clock.now(), date: textOf(headers.date) ?? null, from: new URL(to).host })
    }
    told.add(skew ?? checkClock(clock.now(), clock.now() - began.wall, performance.now() - began.steady))

    if (site !== undefined) {
      const { checkSite } = await import('../checks/check-site.js')
      for (const result of checkSite(await pageAt(site, timeout, client, signal), jivoHosts)) told.add(result)
    }

    if (words.length > 0) {
      const { tryRuntime } = await import('./doctor-runtime.js')
      told.add(await tryRuntime(words, context))
    }
  } finally {
    await client.close()
  }
  return told.end()
}

const isReadable = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

const textOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)

/** More than any site needs. */
const mostRedirects = 5

/** What a browser would end at. */
const pageAt = async (address: string, timeout: number, client: HttpClient, signal: AbortSignal) => {
  let url = address
  for (let redirects = 0; ; redirects += 1) {
    const { result, headers, timing } = await client.request({ url, method: 'GET', headers: { accept: 'text/html' }, timeout, signal })
    const location = textOf(headers.location)
    const isRedirect = result.kind === 'answered' && result.status >= 300 && result.status < 400 && location !== undefined && URL.canParse(location, url)
    if (!isRedirect || redirects === mostRedirects) return { url, result, headers, took: timing.total }
    url = new URL(location, url).href
  }
}
