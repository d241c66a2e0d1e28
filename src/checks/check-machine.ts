import type { CheckResult } from './check-result.js'

/** What is checked of the machine that a developer works on. Each check is a function of values. */

type Env = Readonly<Record<string, string | undefined>>

const passed = (name: string, message: string): CheckResult => ({ name, verdict: 'passed', message, fix: '', took: 0 })
const warned = (name: string, message: string, fix: string): CheckResult => ({ name, verdict: 'warned', message, fix, took: 0 })
const failed = (name: string, message: string, fix: string): CheckResult => ({ name, verdict: 'failed', message, fix, took: 0 })

/** @param wanted the lowest version, such as `20.19` */
export const checkNode = (version: string, wanted: string): CheckResult => {
  const [major = 0, minor = 0] = numbersOf(version)
  const [wantedMajor = 0, wantedMinor = 0] = numbersOf(wanted)
  const isEnough = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
  return isEnough ? passed('node', `Node ${version}`) : failed('node', `Node ${version} is older than ${wanted}.`, 'Install a newer one: https://nodejs.org')
}

const numbersOf = (version: string) => version.replace(/^\D*/, '').split('.').map(Number)

export type PortState =
  | { readonly kind: 'free' }
  | { readonly kind: 'taken'; readonly owner: { readonly name: string; readonly pid: number; readonly isEmulator: boolean } | null }
  /** The system does not let us: a port below 1024. */
  | { readonly kind: 'forbidden'; readonly problem: string }

export const checkPort = (port: number, state: PortState): CheckResult => {
  const elsewhere = `Take another: jivo-dev emulate --port ${port === 65_535 ? 0 : port + 1}`
  if (state.kind === 'free') return passed('port', `Port ${port} is free.`)
  if (state.kind === 'forbidden') return failed('port', `Port ${port} cannot be used: ${state.problem}.`, elsewhere)
  const { owner } = state
  if (owner?.isEmulator === true) return passed('port', `An emulator has port ${port}, pid ${owner.pid}.`)
  return failed('port', `Port ${port} is in use by ${owner === null ? 'a program that could not be found' : `${owner.name} (pid ${owner.pid})`}.`, elsewhere)
}

const loopback = ['localhost', '127.0.0.1', '::1']

/**
 * Variables that would lead calls to loopback or to Jivo somewhere else.
 *
 * @param covered those of Jivo's hosts that NO_PROXY keeps from every proxy
 */
export const checkProxies = (env: Env, covered: readonly string[]): CheckResult[] => {
  const isSet = (name: string) => (env[name] ?? '') !== ''
  const proxies = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].filter(isSet)
  if (proxies.length === 0) return [passed('proxy', 'No proxy variable is set.')]
  const shown = proxies.map(name => `${name}=${withoutPassword(env[name] ?? '')}`).join(', ')
  const results: CheckResult[] = []

  // Programs read one or the other: wget the lower case alone, and curl ignores HTTP_PROXY in capitals.
  const exempt = ['NO_PROXY', 'no_proxy'].map(name => ({ name, entries: entriesOf(env[name]) }))
  const missing = exempt.flatMap(({ name, entries }) => (entries.includes('*') || loopback.every(host => entries.includes(host)) ? [] : [name]))
  if (missing.length > 0) {
    const message = `${shown}, and ${missing.join(' and ')} ${missing.length === 1 ? 'does' : 'do'} not exempt loopback: programs send calls of this machine to the proxy.`
    results.push(warned('proxy', message, missing.map(name => `export ${name}=${[...new Set([...loopback, ...entriesOf(env[name])])].join(',')}`).join('  ')))
  } else results.push(passed('proxy', `${shown}; loopback is exempt.`))

  if (covered.length > 0) {
    results.push(
      warned(
        'no-proxy',
        `NO_PROXY covers ${covered.join(', ')}, so programs go to Jivo itself there.`,
        'Nothing to do under jivo-dev exec, which leaves such entries out; otherwise take them out.',
      ),
    )
  }
  return results
}

const entriesOf = (list = ''): string[] =>
  list
    .split(/[\s,]+/)
    .map(entry => entry.toLowerCase())
    .filter(entry => entry !== '')

const withoutPassword = (proxy: string) => proxy.replace(/\/\/[^@/]*@/, '//…@')

const certificateVariables = ['SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'GIT_SSL_CAINFO', 'DENO_CERT'] as const

/** Variables that decide whom programs trust. `isThere` says whether a file can be read. */
export const checkCertificates = (env: Env, isThere: (path: string) => boolean): CheckResult[] => {
  const set = certificateVariables.filter(name => (env[name] ?? '') !== '')
  const broken = set.filter(name => !isThere(env[name] ?? ''))
  const results = broken.map(name => failed('certificates', `${name} names ${env[name]}, which cannot be read.`, `Mend the path, or  unset ${name}`))
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    const message = 'NODE_TLS_REJECT_UNAUTHORIZED=0: Node trusts every certificate, so that what fails with Jivo may pass here.'
    results.push(warned('certificates', message, 'unset NODE_TLS_REJECT_UNAUTHORIZED'))
  }
  if (results.length > 0) return results
  return [passed('certificates', set.length === 0 ? 'No certificate variable is set.' : `${set.join(', ')}: readable.`)]
}

/** Milliseconds that a token with `iat` or `exp` is forgiven by most libraries, and by none. */
const noticed = 5_000
const forgiven = 60_000

export interface ClockReading {
  /** Milliseconds since 1970, before and after the request. */
  readonly before: number
  readonly after: number
  /** `Date` of an answer; null when there was none. */
  readonly date: string | null
  /** Who answered. */
  readonly from: string
}

/** Whether the clock is right by somebody else's; null when nobody said. */
export const checkSkew = ({ before, after, date, from }: ClockReading): CheckResult | null => {
  const said = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(said)) return null
  // A Date has no parts of a second: it was said at any moment of that second.
  const skew = after < said ? after - said : before > said + 999 ? before - said - 999 : 0
  const seconds = Math.round(Math.abs(skew) / 1_000)
  if (Math.abs(skew) < noticed) return passed('clock', `The clock agrees with ${from} to ${Math.max(1, seconds)} s.`)
  const message = `The clock is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} ${from}: tokens and retries are judged by it.`
  const fix = 'Let the system set it: timedatectl set-ntp true, or "set time automatically" in its settings.'
  return Math.abs(skew) < forgiven ? warned('clock', message, fix) : failed('clock', message, fix)
}

/** First moment of the year in which this was written: no clock that is right shows less. */
const past = Date.UTC(2026, 0)

/** @param wall milliseconds that the clock moved on while `steady` milliseconds went by */
export const checkClock = (now: number, wall: number, steady: number): CheckResult => {
  if (now < past) return failed('clock', `The clock says ${new Date(now).toISOString()}, which is past.`, 'Set it: dates in tokens and webhooks come from it.')
  const jump = Math.round(wall - steady)
  if (Math.abs(jump) > 1_000) {
    return warned('clock', `The clock jumped by ${jump} ms while it was watched.`, 'Look for two programs that set it; a virtual machine may have been asleep.')
  }
  return passed('clock', `The clock runs evenly: ${new Date(now).toISOString().slice(0, 19)}Z.`)
}
