/** Whether a Content Security Policy lets a page load something: CSP level 3, as Chromium carries it out. */

export type Policy = ReadonlyMap<string, readonly string[]>

/** The policies of a header: a comma parts them, and each one has its say. */
export const parsePolicies = (header: string): Policy[] =>
  header
    .split(',')
    .map(text => {
      const policy = new Map<string, readonly string[]>()
      for (const directive of text.split(';')) {
        const [name = '', ...sources] = directive.trim().split(/\s+/)
        // The first of a name counts.
        if (name !== '' && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources)
      }
      return policy
    })
    .filter(policy => policy.size > 0)

const fallbacks: Readonly<Record<string, readonly string[]>> = {
  'script-src-elem': ['script-src-elem', 'script-src', 'default-src'],
  'style-src-attr': ['style-src-attr', 'style-src', 'default-src'],
  'style-src-elem': ['style-src-elem', 'style-src', 'default-src'],
  'connect-src': ['connect-src', 'default-src'],
  'img-src': ['img-src', 'default-src'],
  'frame-src': ['frame-src', 'child-src', 'default-src'],
}

export type Directive = keyof typeof fallbacks & string

/** The directive of a policy that decides, with its sources; null when none does. */
export const decisive = (policy: Policy, directive: Directive): { readonly name: string; readonly sources: readonly string[] } | null => {
  const name = fallbacks[directive]?.find(one => policy.has(one))
  return name === undefined ? null : { name, sources: policy.get(name) ?? [] }
}

/** Whether the sources allow an address on a page. `nonce` is that of the script tag. */
export const allowsUrl = (sources: readonly string[], url: URL, page: URL, nonce = ''): boolean => {
  const isTrusted = nonce !== '' && sources.includes(`'nonce-${nonce}'`)
  if (sources.some(source => source.toLowerCase() === "'strict-dynamic'")) return isTrusted
  return isTrusted || sources.some(source => matches(source, url, page))
}

/** Whether the sources allow styles that a script writes into the page. */
export const allowsInline = (sources: readonly string[]): boolean =>
  sources.some(source => source.toLowerCase() === "'unsafe-inline'") && !sources.some(source => /^'(nonce|sha\d{3})-/i.test(source))

const matches = (source: string, url: URL, page: URL): boolean => {
  const text = source.toLowerCase()
  if (text === '*') return /^(https?|wss?):$/.test(url.protocol)
  if (text === "'self'") return url.hostname === page.hostname && schemeFits(page.protocol, url.protocol) && portOf(url) === portOf(page)
  if (/^[a-z][a-z0-9+.-]*:$/.test(text)) return schemeFits(text, url.protocol)
  const [, scheme, host = '', port, path = ''] = /^(?:([a-z][a-z0-9+.-]*:)\/\/)?([^/:?]+)(?::(\d+|\*))?(\/[^?#]*)?/i.exec(source) ?? []
  if (host === '' || source.startsWith("'")) return false
  const allowed = (scheme ?? page.protocol).toLowerCase()
  return (
    schemeFits(allowed, url.protocol) &&
    hostFits(host.toLowerCase(), url.hostname) &&
    portFits(port, url, allowed) &&
    (path === '' || path === '/' || (path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path))
  )
}

/** The insecure form allows the secure one. No form of http allows a WebSocket: Chromium wants it by its own name. */
const schemeFits = (allowed: string, asked: string): boolean =>
  allowed === asked || (allowed === 'http:' && asked === 'https:') || (allowed === 'ws:' && asked === 'wss:')

const hostFits = (pattern: string, host: string) => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : pattern === host)

const portFits = (port: string | undefined, url: URL, scheme: string): boolean => {
  if (port === undefined) return url.port === ''
  // The secure form of an insecure address has another port.
  const isUpgraded = /^(http|ws):$/.test(scheme) && portOf(url) === '443'
  return port === '*' || port === portOf(url) || (port === '80' && isUpgraded)
}

const portOf = ({ port, protocol }: URL) => port || (/^(https|wss):$/.test(protocol) ? '443' : '80')
