import { createHash } from 'node:crypto'

/** Java asks for no password to read certificates, but the file is sealed with one; this is its usual one. */
const password = 'changeit'

/**
 * Certificates as a JKS file, which Java reads without being told its type. PKCS12 was refused: Java takes such files by
 * other hands for empty.
 */
export const javaTrustStore = (pems: readonly string[], now: number): Buffer => {
  const certificates = pems.map(bytesOf).filter(isWhole)
  const entries = certificates.flatMap((bytes, at) => {
    // An entry of kind 2 is a trusted certificate.
    return [number(2, 4), text(`root${at}`), number(now, 8), text('X.509'), number(bytes.length, 4), bytes]
  })
  const body = Buffer.concat([number(0xfeedfeed, 4), number(2, 4), number(certificates.length, 4), ...entries])
  const seal = createHash('sha1').update(Buffer.from(password, 'utf16le').swap16()).update('Mighty Aphrodite').update(body).digest()
  return Buffer.concat([body, seal])
}

const bytesOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64')

/** Java takes no store with a certificate that is damaged. Node's own parser would take a tenth of a second for all of them. */
const isWhole = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt16BE(0) === 0x3082 && bytes.readUInt16BE(2) === bytes.length - 4

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
