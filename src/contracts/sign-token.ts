import { CompactSign } from 'jose'

/** Signs claims as the documents ask: HS256, the secret as text. */
export const signToken = (claims: Readonly<Record<string, unknown>>, secret: string): Promise<string> =>
  new CompactSign(utf8(JSON.stringify(claims))).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(utf8(secret))

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
