import { SignJWT } from 'jose'

/** A user token as Jivo wants it: HS256, the secret taken as text. */
export const signToken = (claims: { readonly id: string }, secret: string): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(new TextEncoder().encode(secret))

/** The token in the answer of an endpoint: the text as it is, or a field of JSON. Null when there is none. */
export const tokenIn = (body: string, contentType: string): string | null => {
  const text = body.trim()
  if (!/\bjson\b/i.test(contentType) && !text.startsWith('{') && !text.startsWith('"')) return /^\S+$/.test(text) ? text : null
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof json === 'string') return json === '' ? null : json
  if (typeof json !== 'object' || json === null) return null
  const found = ['token', 'jwt', 'user_token', 'userToken', 'access_token'].map(name => (json as Record<string, unknown>)[name])
  return (found.find(value => typeof value === 'string' && value !== '') as string | undefined) ?? null
}
