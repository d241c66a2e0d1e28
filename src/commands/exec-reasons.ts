import type { Calls } from '../transports/intercept/intercept-port.js'

/** What is known of a command that ended. */
export interface Ended {
  readonly words: readonly string[]
  readonly platform: string
  readonly calls: Calls
  /** Certificate of our authority; null where it is thrown away with the emulator. */
  readonly caFile: string | null
}

/** Why a client of Jivo's hosts probably hung up on the port, and what to do. A line for each host. */
export const whyRefused = ({ words, platform, calls, caFile }: Ended): string[] => [
  ...[...calls.http2].map(
    host => `A client asked for ${host} over HTTP/2 alone, and the emulator speaks HTTP/1.1: let it offer both, or set its base URL to $JIVO_DEV_URL.`,
  ),
  ...[...new Set([...calls.refused, ...[...calls.hungUp].filter(host => !calls.reached.has(host))])].map(
    host => `A client asked for ${host} and refused the certificate of the emulator: ${refusal(programOf(words), platform, caFile)}`,
  ),
]

const refusal = (program: string, platform: string, caFile: string | null): string => {
  const trust = caFile === null ? 'Run exec with --data FOLDER and trust FOLDER/https/ca.pem' : `Trust ${caFile}`
  const otherwise = `${trust} in its own store, or set its base URL to $JIVO_DEV_URL.`
  const isOffLinux = platform === 'darwin' || platform === 'win32'
  if (isOffLinux && /^(go|dotnet)$/.test(program)) return `on this system ${program} reads the store of the system alone. ${otherwise}`
  if (/^(java|mvn|mvnw|gradle|gradlew)$/.test(program)) return `it has a trust store of its own. ${otherwise}`
  if (/^python/.test(program)) return `it has roots of its own, as requests with trust_env=False has. ${otherwise}`
  if (/^(cargo|rustc)$/.test(program)) return `its roots are compiled in (webpki-roots). ${otherwise}`
  return `its roots are pinned or compiled in. ${otherwise}`
}

/** Why nothing of a command came to the emulator, and what to do. One line. */
export const whyNoCall = (words: readonly string[]): string => {
  const line = words.join(' ')
  const program = programOf(words)
  const known = reasons.find(({ fits }) => fits(program, line))
  return `${program} made no call to Jivo that came to the emulator. ${known?.text ?? 'If it should have: HTTPS_PROXY was changed before the call, or its client ignores proxies; set its base URL to $JIVO_DEV_URL.'}`
}

interface Reason {
  readonly fits: (program: string, line: string) => boolean
  readonly text: string
}

/** In the order of trying: what takes the variables away comes before what does not read them. */
const reasons: readonly Reason[] = [
  {
    fits: (_, line) => /(^|\s)(env\s+(-\S+\s+)*(-i|--ignore-environment|-)(\s|$)|sudo\s|su\s)/.test(line),
    text: 'env -i, sudo and su take the variables away: put them before jivo-dev exec, or keep HTTPS_PROXY and the rest (sudo -E).',
  },
  {
    fits: (program, line) => /^python/.test(program) && /\s-[A-Za-z]*[IE][A-Za-z]*(\s|$)/.test(line),
    text: 'python -I and -E read no PYTHONPATH and no SSL_CERT_FILE: leave the flag out.',
  },
  {
    fits: program => /^(php-fpm[\d.]*|apache2|apachectl|httpd|nginx|systemctl|service|initctl|supervisorctl|1cv8c?|ragent)$/.test(program),
    text: "It does not inherit a shell's environment: put what jivo-dev exec --print-env prints into its own configuration, and fix the port with --proxy-port.",
  },
  {
    fits: program => /^(docker|docker-compose|podman|kubectl)$/.test(program),
    text: 'A container has an environment and a loopback of its own: set the base URL of its client to the address of this machine.',
  },
  {
    fits: program => isBrowser(program),
    text: 'A browser takes no certificates from the environment: jivo-dev open URL starts one for which Jivo is the emulator.',
  },
  {
    fits: (program, line) => program === 'php' && /\s-S\s/.test(line),
    text: 'With a router script the server of PHP skips auto_prepend_file, and with it the hook for streams: use -t FOLDER, or curl.',
  },
  {
    fits: program => /^(go|dlv)$/.test(program),
    text: 'A transport written as &http.Transport{} has no proxy: add Proxy: http.ProxyFromEnvironment, or set its base URL to $JIVO_DEV_URL.',
  },
  { fits: program => program === 'dotnet', text: 'A handler with UseProxy = false has no proxy: set its base URL to $JIVO_DEV_URL.' },
  { fits: program => program === 'deno', text: 'node:https in Deno reads no proxy: use fetch, or set its base URL to $JIVO_DEV_URL.' },
  { fits: program => /^(busybox|wget)$/.test(program), text: 'The wget of BusyBox takes no certificates: use curl, or set the base URL to $JIVO_DEV_URL.' },
  {
    fits: program => /^(gradle|gradlew)$/.test(program),
    text: 'A daemon of Gradle that ran before has the environment of before: add --no-daemon. Reactor Netty and Apache HttpClient 4 need useSystemProperties().',
  },
  {
    fits: program => /^(java|mvn|mvnw)$/.test(program),
    text: 'Reactor Netty and Apache HttpClient 4 read no system properties without useSystemProperties(); or set the base URL to $JIVO_DEV_URL.',
  },
  {
    fits: program => /^(node|nodejs|npm|npx|pnpm|yarn|tsx)$/.test(program),
    text: 'If it should have: http2.connect, http:// addresses and packaged programs pass the hook by; set the base URL to $JIVO_DEV_URL.',
  },
]

/** The program that a command line is about: what stands before it only starts it. */
export const programOf = (words: readonly string[]): string => {
  const [first = '', ...others] = words.slice(
    Math.max(
      0,
      words.findIndex(word => !/^\w+=/.test(word)),
    ),
  )
  const name = baseName(first)
  if (['env', 'sudo', 'time', 'nice', 'nohup', 'exec', 'command'].includes(name)) return programOf(others.filter(word => !word.startsWith('-')))
  const script = ['sh', 'bash', 'dash', 'zsh'].includes(name) && others[0]?.includes('c') === true && others[0].startsWith('-') ? others[1] : undefined
  return script === undefined ? name : programOf(script.trim().split(/\s+/))
}

export const baseName = (path: string) => (path.split(/[/\\]/).at(-1) ?? '').toLowerCase().replace(/\.(exe|cmd|bat|sh)$/, '')

/** Browsers take their proxies by flags: the variables would only confuse them. */
export const isBrowserCommand = (words: readonly string[]): boolean => isBrowser(programOf(words))

const isBrowser = (program: string) =>
  /^(google-chrome(-\w+)?|chrome|chromium(-browser)?|firefox(-\w+)?|safari|msedge|microsoft-edge(-\w+)?|brave(-browser)?|opera|vivaldi(-stable)?)$/.test(
    program,
  )
