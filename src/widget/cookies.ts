/** Cookies of the page. */
export interface CookieJar {
  readonly get: (name: string) => string | null
  /** @param lifetime in seconds */
  readonly set: (name: string, value: string, lifetime: number) => void
  readonly remove: (name: string) => void
}

/** A page in a sandbox has no cookies, and reading them there throws. */
const attempt = <Value>(read: () => Value, otherwise: Value): Value => {
  try {
    return read()
  } catch {
    return otherwise
  }
}

const write = (text: string) =>
  attempt(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the newer way is not there on http pages
    document.cookie = text
  }, undefined)

export const pageCookies: CookieJar = {
  get: name => attempt(() => readCookie(document.cookie, name), null),
  set: (name, value, lifetime) => write(`${name}=${value}; path=/; max-age=${lifetime}; samesite=lax`),
  remove: name => write(`${name}=; path=/; max-age=0`),
}

const readCookie = (cookies: string, name: string): string | null => {
  const pair = cookies.split('; ').find(one => one.startsWith(`${name}=`))
  return pair === undefined ? null : pair.slice(name.length + 1)
}

export type MarkStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** How long a browser knows its visitor, in seconds: a year, a guess. */
const year = 365 * 24 * 60 * 60

/**
 * Keeps the marks of a visitor in cookies, where sites look for them and delete them. Where cookies do not stick they are in
 * localStorage, and where that is forbidden, too, they last as long as the page.
 */
export const createMarkStore = (cookies: CookieJar, storage: () => MarkStore): MarkStore => {
  const memory = new Map<string, string>()
  return {
    getItem: name => cookies.get(name) ?? attempt(() => storage().getItem(name), null) ?? memory.get(name) ?? null,
    setItem: (name, value) => {
      cookies.set(name, value, year)
      if (cookies.get(name) === value) return
      memory.set(name, value)
      attempt(() => storage().setItem(name, value), undefined)
    },
    removeItem: name => {
      memory.delete(name)
      cookies.remove(name)
      attempt(() => storage().removeItem(name), undefined)
    },
  }
}
