import { createHash, X509Certificate } from 'node:crypto'

/** Java asks for no password to read certificates, but the file is sealed with one; this is its usual one. */
const password = 'changeit'

/**
 * Certificates as a JKS file, which Java reads without being told its type. PKCS12 was refused: Java takes such files by
 * other hands for empty.
 */
export const javaTrustStore = (pems: readonly string[], now: number): Buffer => {
  const entries = pems.flatMap((pem, at) => {
    const bytes = new X509Certificate(pem).raw
    // An entry of kind 2 is a trusted certificate.
    return [number(2, 4), text(`root${at}`), number(now, 8), text('X.509'), number(bytes.length, 4), bytes]
  })
  const body = Buffer.concat([number(0xfeedfeed, 4), number(2, 4), number(pems.length, 4), ...entries])
  const seal = createHash('sha1').update(Buffer.from(password, 'utf16le').swap16()).update('Mighty Aphrodite').update(body).digest()
  return Buffer.concat([body, seal])
}

const number = (value: number, bytes: 4 | 8): Buffer => {
  const buffer = Buffer.alloc(bytes)
  if (bytes === 4) buffer.writeUInt32BE(value)
  else buffer.writeBigUInt64BE(BigInt(value))
  return buffer
}

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}
