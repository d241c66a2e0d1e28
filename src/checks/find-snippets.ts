/** Jivo's snippets in the source of a page, in every form that sites were seen to have. */

export interface Snippet {
  /** `tag` is a script with an address; `inline` is a script that makes one. */
  readonly form: 'tag' | 'inline'
  /** As it is written: `//code.jivosite.com/widget/AbCdEfGhIj`. */
  readonly address: string
  /** `http:`, `https:`, or empty for the scheme of the page. */
  readonly scheme: string
  readonly host: string
  /** As it is written; empty when the page does not say it as it is. */
  readonly id: string
  readonly nonce: string
}

const jivoAddress =
  /(?<scheme>https?:)?\/\/(?<host>[\w.-]*\bjivo(?:site|chat)?\.(?:com|ru))(?<path>\/(?:script\/)?(?:geo-)?widget(?:\/(?<id>[^"'?#\s\\<]*)|\.js))/gi

export const findSnippets = (html: string): Snippet[] => {
  const text = html.replace(/<!--(?!\[if)[\s\S]*?-->/g, comment => (/<script/i.test(comment) ? '' : comment))
  const snippets: Snippet[] = []
  for (const [, attributes = '', code = ''] of text.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi)) {
    const src = attribute(attributes, 'src')
    const nonce = attribute(attributes, 'nonce') ?? ''
    const form = src === undefined ? 'inline' : 'tag'
    for (const { 0: address, groups = {} } of (src ?? code).replaceAll('\\/', '/').matchAll(jivoAddress)) {
      const given = attribute(attributes, 'data-jv-id') ?? attribute(attributes, 'jv-id')
      const id = groups.id || given || (form === 'inline' ? (/widget_id\s*=\s*['"](\w+)['"]/.exec(code)?.[1] ?? '') : '')
      snippets.push({ form, address, scheme: (groups.scheme ?? '').toLowerCase(), host: (groups.host ?? '').toLowerCase(), id, nonce })
    }
  }
  return snippets
}

const attribute = (attributes: string, name: string): string | undefined => {
  const [, quoted, single, bare] = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes) ?? []
  return (quoted ?? single ?? bare)?.replaceAll('&amp;', '&')
}

/** Policies that the page itself states. */
export const metaPolicies = (html: string): string[] =>
  [...html.matchAll(/<meta\b([^>]*)>/gi)].flatMap(([, attributes = '']) => {
    if (attribute(attributes, 'http-equiv')?.toLowerCase() !== 'content-security-policy') return []
    return attribute(attributes, 'content') ?? []
  })

/** Whether something on the page may add a snippet later. */
export const hasTagManager = (html: string): boolean => /googletagmanager\.com\/gtm\.js|mc\.yandex\.ru\/metrika|GTM-[A-Z0-9]{4,}/.test(html)
