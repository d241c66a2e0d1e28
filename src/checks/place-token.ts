export const tokenPlaces = ['header', 'query', 'cookie', 'body'] as const
export type TokenPlace = (typeof tokenPlaces)[number]

export interface PlacedRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * A request that carries a token where a server looks for it. Unless named otherwise it is `Authorization: Bearer TOKEN`, or
 * `token` of the query, of the cookies, or of a JSON body.
 */
export const placeToken = (
  token: string,
  { to, place, name, headers }: { to: string; place: TokenPlace; name?: string | undefined; headers: Readonly<Record<string, string>> },
): PlacedRequest => {
  const field = name ?? 'token'
  if (place === 'query') {
    const url = new URL(to)
    url.searchParams.set(field, token)
    return { url: url.href, headers }
  }
  if (place === 'cookie') {
    const others = headers.cookie === undefined ? '' : `${headers.cookie}; `
    return { url: to, headers: { ...headers, cookie: `${others}${field}=${encodeURIComponent(token)}` } }
  }
  if (place === 'body') return { url: to, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ [field]: token }) }
  const header = (name ?? 'authorization').toLowerCase()
  return { url: to, headers: { ...headers, [header]: header === 'authorization' ? `Bearer ${token}` : token } }
}
