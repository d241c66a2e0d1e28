import { base64url } from 'jose'
import { utf8 } from '../contracts/sign-token.js'

/** Text, bytes, or a value that becomes JSON. */
export type Content = string | Uint8Array | Readonly<Record<string, unknown>>

type Hash = 'SHA-256' | 'SHA-384' | 'SHA-512'

/** Turns the first two parts of a token into its third. */
export type Sign = (input: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

export const encode = (content: Content): string =>
  base64url.encode(typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content))

/** Puts any header on any payload: what the libraries refuse to make. */
export const forge = async (header: Content, payload: Content, sign: Sign): Promise<string> => {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${base64url.encode(await sign(utf8(input)))}`
}

export const unsigned: Sign = async () => new Uint8Array()

/** An empty key is one of zero bytes to HMAC; WebCrypto takes only the latter. */
export const hmac =
  (key: string, hash: Hash = 'SHA-256'): Sign =>
  async input => {
    const made = await crypto.subtle.importKey('raw', key === '' ? new Uint8Array(1) : utf8(key), { name: 'HMAC', hash }, false, ['sign'])
    return new Uint8Array(await crypto.subtle.sign('HMAC', made, input))
  }

/** A pair of keys that the server has never seen. */
export const strangeKey = async (kind: 'RS256' | 'ES256'): Promise<{ sign: Sign; publicKey: CryptoKey }> => {
  const [made, used] = {
    RS256: [{ name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, { name: 'RSASSA-PKCS1-v1_5' }],
    ES256: [
      { name: 'ECDSA', namedCurve: 'P-256' },
      { name: 'ECDSA', hash: 'SHA-256' },
    ],
  }[kind] as [RsaHashedKeyGenParams, EcdsaParams]
  const { privateKey, publicKey } = await crypto.subtle.generateKey(made, true, ['sign', 'verify'])
  return { publicKey, sign: async input => new Uint8Array(await crypto.subtle.sign(used, privateKey, input)) }
}

/** Raw DEFLATE of at most 65,535 bytes, in one block that is stored as it is. */
export const deflated = (text: string): Uint8Array => {
  const bytes = utf8(text)
  const { length } = bytes
  return new Uint8Array([1, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255, ...bytes])
}
