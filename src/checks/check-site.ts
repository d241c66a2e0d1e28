import type { AttemptResult } from '../contracts/journal.js'
import { widgetIdPattern } from '../contracts/widget-loading.js'
import type { CheckResult } from './check-result.js'
import { allowsInline, allowsUrl, type Directive, decisive, type Policy, parsePolicies } from './csp.js'
import { findSnippets, hasTagManager, metaPolicies, type Snippet } from './find-snippets.js'

export interface SitePage {
  /** Where the page was found in the end. */
  readonly url: string
  readonly result: AttemptResult
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly took: number
}

type Told = Pick<CheckResult, 'verdict' | 'message' | 'fix'>

/** What `jivo-dev open` would make of the snippet of a page. `hosts` are those that lead to the emulator. */
export const checkSite = (page: SitePage, hosts: readonly string[]): CheckResult[] => {
  const { url, result, took } = page
  const of = (name: string, told: Told): CheckResult => ({ name, ...told, took: 0 })
  const first = of('page', pageOf(page))
  if (result.kind === 'no-answer') return [{ ...first, took }]
  const found = { ...first, took, status: result.status }
  if (found.verdict === 'failed') return [found]
  const snippets = findSnippets(result.body)
  const [snippet] = snippets
  if (snippet === undefined) return [found, of('snippet', absent(result.body, result.truncated === true))]
  return [
    found,
    of('snippet', caught(snippets, hosts)),
    of('widget-id', idOf(snippet)),
    of('scheme', schemeOf(snippet, new URL(url))),
    of('policy', policyOf(snippet, new URL(url), policiesOf(page))),
  ]
}

const pageOf = ({ url, result, headers }: SitePage): Told => {
  if (result.kind === 'no-answer') return { verdict: 'failed', message: result.message, fix: 'Start the site, or mend the address.' }
  const type = String(headers['content-type'] ?? '')
  if (result.status >= 300 && result.status < 400)
    return { verdict: 'failed', message: `${url} redirects again and again.`, fix: 'Say the address that a browser ends at.' }
  if (!/html/i.test(type) && !/^\s*</.test(result.body)) {
    return { verdict: 'failed', message: `${url} is no page: its type is ${type || 'not said'}.`, fix: 'Say the address of a page with the snippet.' }
  }
  if (result.status >= 400) {
    return { verdict: 'warned', message: `${url} answers with the status ${result.status}.`, fix: 'What is said below is about the page of that error.' }
  }
  return { verdict: 'passed', message: `${url} is a page.`, fix: '' }
}

const absent = (html: string, isCut: boolean): Told => {
  const [emulated] = /(https?:)?\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/widget\/\w+/.exec(html) ?? []
  if (emulated !== undefined) return { verdict: 'passed', message: `The snippet is that of an emulator, ${emulated}: nothing has to be caught.`, fix: '' }
  if (isCut) return { verdict: 'warned', message: 'The first MiB of the page has no snippet of Jivo.', fix: 'Open the page to see: jivo-dev open URL' }
  if (hasTagManager(html)) {
    return {
      verdict: 'warned',
      message: 'The source has no snippet of Jivo, but a tag manager that may add it.',
      fix: 'Open the page to see: jivo-dev open URL',
    }
  }
  const fix =
    'Put it before </body>: <script src="//code.jivosite.com/widget/ID" async></script>. If a script of yours adds it, open the page to see: jivo-dev open URL'
  return { verdict: 'failed', message: 'The source of the page has no snippet of Jivo.', fix }
}

const caught = (snippets: readonly Snippet[], hosts: readonly string[]): Told => {
  const stranger = snippets.find(({ host }) => !hosts.includes(host))
  if (stranger !== undefined) {
    return {
      verdict: 'failed',
      message: `${stranger.address} is on ${stranger.host}, which is not rerouted: the live widget would come.`,
      fix: `Take one of ${hosts.filter(host => host.startsWith('code')).join(', ')}.`,
    }
  }
  const [first, second] = snippets
  if (second !== undefined && second.address !== first?.address) {
    return { verdict: 'warned', message: `There are ${snippets.length} snippets; only the first does something: ${first?.address}.`, fix: 'Leave one.' }
  }
  return { verdict: 'passed', message: `${first?.address}, ${first?.form === 'inline' ? 'added by a script' : 'a script tag'}: it would be caught.`, fix: '' }
}

const idOf = ({ id }: Snippet): Told => {
  if (id === '')
    return {
      verdict: 'warned',
      message: 'The source does not say the widget id as it is.',
      fix: 'If the widget does not come, look at the address that the page asks for.',
    }
  if (widgetIdPattern.test(decoded(id))) return { verdict: 'passed', message: `The widget id is ${id}.`, fix: '' }
  const cut = /^[A-Za-z0-9]*/.exec(id)?.[0] ?? ''
  const isGood = widgetIdPattern.test(cut)
  return {
    verdict: isGood ? 'warned' : 'failed',
    message: `The widget id is ${JSON.stringify(id)}: it has 10 letters and digits, or digits only.${isGood ? ` The loader takes ${cut}.` : ''}`,
    fix: 'Copy the snippet from the settings of the channel again; look for a template that left a brace.',
  }
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const schemeOf = ({ scheme, address }: Snippet, page: URL): Told => {
  if (page.protocol === 'https:' && scheme === 'http:') {
    return { verdict: 'failed', message: `The page is https, and a browser loads no ${address} there.`, fix: `Write ${address.replace(/^http:/i, '')}` }
  }
  if (page.protocol === 'http:' && scheme === 'https:')
    return { verdict: 'passed', message: 'The page is http, the snippet https: jivo-dev open serves both.', fix: '' }
  return { verdict: 'passed', message: scheme === '' ? `The snippet follows the page: ${page.protocol}//` : `Page and snippet are ${scheme}//`, fix: '' }
}

const policiesOf = ({ headers, result }: SitePage): Policy[] => {
  const header = headers['content-security-policy']
  const texts = [...(header === undefined ? [] : [header].flat()), ...(result.kind === 'answered' ? metaPolicies(result.body) : [])]
  return texts.flatMap(parsePolicies)
}

const policyOf = ({ address, nonce }: Snippet, page: URL, policies: readonly Policy[]): Told => {
  if (policies.length === 0) return { verdict: 'passed', message: 'There is no Content-Security-Policy.', fix: '' }
  const script = new URL(address, page)
  const { host, protocol } = script
  const socket = new URL(`${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/`)
  const origin = `${protocol}//${host}`
  const wanted: readonly [directive: Directive, url: URL, source: string][] = [
    ['script-src-elem', script, origin],
    ['connect-src', new URL('/', script), origin],
    ['connect-src', socket, `${socket.protocol}//${host}`],
  ]
  for (const policy of policies) {
    for (const [directive, url, source] of wanted) {
      const rule = decisive(policy, directive)
      if (rule === null || allowsUrl(rule.sources, url, page, directive === 'script-src-elem' ? nonce : '')) continue
      const insecure = protocol === 'http:' && allowsUrl(rule.sources, new URL(url.href.replace(/^http/, 'https').replace(/^ws:/, 'wss:')), page)
      return {
        verdict: 'failed',
        message: `${rule.name} forbids ${source}${insecure ? ', which the snippet means on an http page; its https form is allowed' : ''}: no widget, as with Jivo itself.`,
        fix: insecure
          ? 'Serve the page over https, or write https: in the snippet.'
          : `Add ${source} to ${rule.name === 'default-src' ? directive.replace('-elem', '') : rule.name}.`,
      }
    }
  }
  const strict = policies.map(policy => decisive(policy, 'style-src-elem')).find(rule => rule !== null && !allowsInline(rule.sources))
  if (strict != null) {
    return {
      verdict: 'warned',
      message: `${strict.name} forbids styles that a script adds: the widget comes without its looks.`,
      fix: "Add 'unsafe-inline' to style-src.",
    }
  }
  return { verdict: 'passed', message: 'The Content-Security-Policy lets the widget load and connect.', fix: '' }
}
