/** How a browser is told to take Jivo's hosts from an emulator. Nothing here touches the machine. */

export interface BrowserPlan {
  /** Folder of the profile, which is thrown away. */
  readonly profile: string
  /** Base address of what answers for these names as their proxy: the emulator for http alone, or a port that speaks TLS, too. */
  readonly proxy: string
  /** SHA-256 of the public key that the port shows, in base64. */
  readonly spki?: string | undefined
  /** Names that lead to the emulator. */
  readonly hosts: readonly string[]
  /** The page to open. */
  readonly url: string
  /** The user's own flags; they come last, so that they win. */
  readonly extra: readonly string[]
}

/**
 * A proxy script instead of `--host-resolver-rules`: it also works from pages of other machines, which may not reach
 * loopback addresses by name, and every other host stays direct.
 */
export const pacScript = (hosts: readonly string[], address: string): string => {
  const { host } = new URL(address)
  // A URL leaves out port 80; a proxy has no port by default that all browsers agree on.
  const proxy = /:\d+$/.test(host) ? host : `${host}:80`
  return `function FindProxyForURL(url,host){return ${JSON.stringify(hosts)}.indexOf(host.toLowerCase())<0?"DIRECT":"PROXY ${proxy}"}`
}

export const browserArguments = ({ profile, proxy, spki, hosts, url, extra }: BrowserPlan): string[] => [
  `--user-data-dir=${profile}`,
  `--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,${btoa(pacScript(hosts, proxy))}`,
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  // A page that was asked for over http stays there: what it loads by // must come over http, too.
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable',
  ...withKey(spki, extra),
  url,
]

const keyFlag = '--ignore-certificate-errors-spki-list='

/** The user's own flags, and the one key that is trusted without an authority, besides those that the user trusts so. */
const withKey = (spki: string | undefined, extra: readonly string[]): string[] => {
  if (spki === undefined) return [...extra]
  const own = extra.filter(flag => flag.startsWith(keyFlag)).map(flag => flag.slice(keyFlag.length))
  return [...extra.filter(flag => !flag.startsWith(keyFlag)), keyFlag + [spki, ...own].join(',')]
}

/** Where Chrome, Chromium and Edge are, in the order of trying: full paths, or names to look for in the PATH. */
export const browserCandidates = (platform: string, env: Readonly<Record<string, string | undefined>>): string[] => {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap(name =>
      ['', env.HOME ?? ''].filter((home, at) => at === 0 || home !== '').map(home => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
    )
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(root => root !== undefined && root !== '')
    return ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap(path =>
      roots.map(root => `${root}\\${path}`),
    )
  }
  return ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'microsoft-edge-stable']
}

/** A command line as a shell takes it. */
export const shellLine = (words: readonly string[]): string =>
  words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ')
