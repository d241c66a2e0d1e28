/**
 * Secrets never enter the journal, a log or a screen whole: their masked form does. What has to be sent later, such as a
 * visitor's token in a webhook that outlives a restart, is looked up here when it goes out.
 */
export interface SecretStore {
  /** Keeps a secret and returns the masked form that stands for it everywhere else. The same secret has one mask. */
  readonly hide: (secret: string, mask?: string) => string
  /** The secret behind a mask; any other text comes back as it is. */
  readonly reveal: (mask: string) => string
}

/** What a store writes down: called once for each new secret, before its mask is used. */
export type Remember = (mask: string, secret: string) => void

/** `known` are the masks and secrets of an earlier run. */
export const createSecretStore = (known: Iterable<readonly [mask: string, secret: string]> = [], remember: Remember = () => {}): SecretStore => {
  const secrets = new Map(known)
  return {
    hide: (secret, wanted = maskOf(secret)) => {
      let mask = wanted
      // Two secrets with one mask are next to impossible; a mark keeps them apart all the same.
      while (secrets.has(mask) && secrets.get(mask) !== secret) mask += "'"
      if (!secrets.has(mask)) {
        remember(mask, secret)
        secrets.set(mask, secret)
      }
      return mask
    },
    reveal: mask => secrets.get(mask) ?? mask,
  }
}

/** The beginning of a secret, an ellipsis, and a fingerprint: enough to tell two apart, too little to use one. */
const maskOf = (secret: string) => `${secret.slice(0, Math.min(10, Math.floor(secret.length / 3)))}…${fingerprint(secret)}`

/** FNV-1a over UTF-16 units, two 32-bit lanes. Not for security: half of it is shown. */
const fingerprint = (text: string): string => {
  let a = 0x811c9dc5
  let b = 0x1b873593
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ (unit + at), 0x01000193)
  }
  return [a, b]
    .map(lane => (lane >>> 0).toString(36))
    .join('')
    .slice(0, 8)
}

/**
 * An address with what may be secret in it masked: user and password, and the values of the query. An address without
 * those is its own mask.
 */
export const hideUrl = (url: string, { hide }: SecretStore): string => {
  const shown = new URL(url)
  if (shown.username === '' && shown.password === '' && shown.search === '') return url
  const names = [...shown.searchParams.keys()]
  shown.username = ''
  shown.password = ''
  shown.search = ''
  shown.hash = ''
  const query = names.length === 0 ? '' : `?${names.map(name => `${encodeURIComponent(name)}=…`).join('&')}`
  return hide(url, `${shown.href}${query}#${fingerprint(url)}`)
}
