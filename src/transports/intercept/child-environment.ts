import { covers, noProxyEntries } from './no-proxy.js'

type Env = Readonly<Record<string, string | undefined>>

/** One variable of a command that runs beside an emulator. */
export interface Variable {
  readonly name: string
  readonly value: string
  /** Who reads it, and what for. */
  readonly why: string
}

export interface Settings {
  readonly variables: readonly Variable[]
  /** What the user had and could not be kept as it was. */
  readonly notes: readonly string[]
}

/** Where what the variables name is. Paths are absolute. */
export interface Places {
  readonly port: number
  readonly hosts: readonly string[]
  /** Certificate of our authority. */
  readonly authority: string
  /** Our authority, and what the user adds to the roots of Deno. */
  readonly deno: string
  /** All roots: the system's, the user's, ours. */
  readonly bundle: string
  readonly javaTrustStore: string
  readonly wgetrc: string
  /** Folder with the ini file for PHP. */
  readonly php: string
  /** Folder of the hooks that the package brings. */
  readonly hooks: string
}

const local = ['localhost', '127.0.0.1', '::1']

/**
 * What makes a command's calls to Jivo's hosts come to the port, for every runtime, on top of what the user has. Why each
 * is as it is: `docs/unmodified-clients.md`.
 */
export const interceptVariables = (env: Env, places: Places, platform: string): Settings => {
  const { port, hosts, authority, bundle, hooks } = places
  const notes: string[] = []
  const proxy = `http://127.0.0.1:${port}`
  const separator = platform === 'win32' ? ';' : ':'
  const hook = `${hooks}/node.cjs`

  const entries = [...new Set(noProxyEntries([env.NO_PROXY, env.no_proxy].filter(list => list !== undefined).join(',')))]
  const dropped = entries.filter(entry => hosts.some(host => covers(entry, host)))
  if (dropped.length > 0) notes.push(`NO_PROXY keeps Jivo's hosts from the emulator: left out ${dropped.join(', ')} for this command`)
  const direct = [...new Set([...local, ...entries.filter(entry => !dropped.includes(entry))])].join(',')

  const java = [`-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=${port} -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=${port}`]
  if (/-Djavax\.net\.ssl\.trustStore=/.test(env.JAVA_TOOL_OPTIONS ?? '')) {
    notes.push(`JAVA_TOOL_OPTIONS names a trust store, which is kept: import ${authority} into it, or Java refuses the emulator's certificate`)
  } else java.push(quoted(`-Djavax.net.ssl.trustStore=${places.javaTrustStore}`))

  const variables: Variable[] = [
    ...['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].map(name => ({ name, value: proxy, why: proxyReasons[name] ?? '' })),
    ...['NO_PROXY', 'no_proxy'].map(name => ({ name, value: direct, why: 'this machine is reached directly, and so is what you had here' })),
    { name: 'SSL_CERT_FILE', value: bundle, why: "roots of Python, Ruby, Go, httpx, .NET, Bun: the system's, yours and ours" },
    { name: 'CURL_CA_BUNDLE', value: bundle, why: 'roots of curl, where a SSL_CERT_DIR would win over SSL_CERT_FILE' },
    { name: 'REQUESTS_CA_BUNDLE', value: bundle, why: 'roots of Python requests' },
    { name: 'DENO_CERT', value: places.deno, why: 'our root, for Deno' },
    {
      name: 'NODE_OPTIONS',
      value: joined(' ', env.NODE_OPTIONS, `--require=${always(hook)}`),
      why: 'Node reads no proxy by itself: a hook in tls.connect leads its calls here',
    },
    { name: 'BUN_OPTIONS', value: joined(' ', env.BUN_OPTIONS, `--preload ${quoted(hook)}`), why: 'the same hook, for node:https in Bun' },
    {
      name: 'PYTHONPATH',
      value: joined(separator, `${hooks}/python`, env.PYTHONPATH),
      why: 'a hook in socket.getaddrinfo, for clients that read no proxy: http.client, aiohttp',
    },
    {
      name: 'PHP_INI_SCAN_DIR',
      value: `${env.PHP_INI_SCAN_DIR ?? ''}${separator}${places.php}`,
      why: 'roots of PHP, and a hook for its https streams; the empty part before it keeps the ini files of the system',
    },
    { name: 'WGETRC', value: places.wgetrc, why: 'roots of wget; begins with your own wgetrc' },
    { name: 'JAVA_TOOL_OPTIONS', value: joined(' ', env.JAVA_TOOL_OPTIONS, ...java), why: 'proxy and roots of Java, which reads no other variable' },
    { name: 'JIVO_DEV_INTERCEPT_PORT', value: String(port), why: 'for the hooks: where to' },
    { name: 'JIVO_DEV_INTERCEPT_CA', value: authority, why: 'for the hooks: what to trust there' },
    { name: 'JIVO_DEV_INTERCEPT_HOSTS', value: hosts.join(','), why: 'for the hooks: calls to whom' },
  ]
  return { variables, notes }
}

const proxyReasons: Readonly<Record<string, string>> = {
  HTTPS_PROXY: 'curl, Python, PHP, Go, Bun, Deno, axios',
  https_proxy: 'wget, which reads lower case only',
  HTTP_PROXY: 'addresses with http://',
  http_proxy: 'the same in curl; Ruby reads this one alone, for https too',
}

const joined = (separator: string, ...parts: readonly (string | undefined)[]) => parts.filter(part => part !== undefined && part !== '').join(separator)

/** As Node reads NODE_OPTIONS: a backslash within quotes escapes. */
const always = (path: string) => `"${path.replace(/[\\"]/g, '\\$&')}"`

/** Java and Bun keep spaces within quotes, and know no escape. */
const quoted = (option: string) => (/\s/.test(option) ? `"${option}"` : option)
