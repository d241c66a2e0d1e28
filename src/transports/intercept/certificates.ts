import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'
import { bits, der, octets, oid, sequence, time } from './der.js'

/** A certificate for some hosts, and the authority that clients trust it by. Everything is PEM. */
export interface Identity {
  /** Private key of the leaf. */
  readonly key: string
  readonly leaf: string
  readonly authority: string
}

const day = 24 * 60 * 60 * 1000
const authorityDays = 820
/** More than 398 days are refused by Apple's clients. */
const leafDays = 397
/** Clocks of other machines, such as containers, may be behind. */
const leeway = day

/**
 * Makes an authority and one leaf for the hosts. The authority's private key is gone when this returns: nobody can steal
 * what was never stored. Strict clients (Python 3.13) want key identifiers on both and the constraints of an authority critical.
 */
export const makeIdentity = (hosts: readonly string[], now: number): Identity => {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  // Two authorities of the same name would be told apart by their keys alone, which not every client does.
  const issuer = named(`jivo-dev local CA ${randomBytes(4).toString('hex')}`)
  const authorityKey = keyIdentifier(authority.publicKey)
  const names = hosts.map(host => der(0x82, Buffer.from(host)))
  const signed = (subject: Buffer, key: KeyObject, days: number, extensions: readonly Buffer[]) =>
    certificate({ issuer, subject, key, from: now - leeway, to: now + days * day, extensions }, authority.privateKey)
  return {
    key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    authority: signed(issuer, authority.publicKey, authorityDays, [
      extension('2.5.29.19', sequence(der(0x01, Buffer.from([0xff])), der(0x02, Buffer.from([0]))), 'critical'),
      extension('2.5.29.15', bits(Buffer.from([0x04]), 2), 'critical'),
      // These names alone, and no address: a constraint on names says nothing of addresses.
      extension('2.5.29.30', sequence(der(0xa0, ...names.map(name => sequence(name))), der(0xa1, ...everyAddress)), 'critical'),
      extension('2.5.29.14', octets(authorityKey)),
    ]),
    leaf: signed(named(hosts[0] ?? ''), leaf.publicKey, leafDays, [
      extension('2.5.29.15', bits(Buffer.from([0x80]), 7), 'critical'),
      extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.17', sequence(...names)),
      extension('2.5.29.14', octets(keyIdentifier(leaf.publicKey))),
      extension('2.5.29.35', sequence(der(0x80, authorityKey))),
    ]),
  }
}

/** SHA-256 of the leaf's public key in base64, as Chromium's `--ignore-certificate-errors-spki-list` takes it. */
export const spkiOf = ({ leaf }: Identity): string => {
  const key = new X509Certificate(leaf).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('base64')
}

interface Contents {
  readonly issuer: Buffer
  readonly subject: Buffer
  readonly key: KeyObject
  readonly from: number
  readonly to: number
  readonly extensions: readonly Buffer[]
}

/** ecdsa-with-SHA256 */
const algorithm = sequence(oid('1.2.840.10045.4.3.2'))

const certificate = ({ issuer, subject, key, from, to, extensions }: Contents, signer: KeyObject): string => {
  const serial = randomBytes(16)
  // Positive, and without a zero that a shorter form would leave out.
  serial[0] = (Number(serial[0]) & 0x7f) | 0x40
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    issuer,
    sequence(time(from), time(to)),
    subject,
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  )
  return new X509Certificate(sequence(body, algorithm, bits(sign('sha256', body, signer)))).toString()
}

const named = (commonName: string) => sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(commonName)))))

const extension = (id: string, value: Buffer, weight: 'critical' | 'plain' = 'plain') =>
  sequence(oid(id), ...(weight === 'critical' ? [der(0x01, Buffer.from([0xff]))] : []), octets(value))

/** All of IPv4 and all of IPv6, as an address and a mask. */
const everyAddress = [8, 32].map(length => sequence(der(0x87, Buffer.alloc(length))))

/** SHA-1 of the key's bits: RFC 5280, 4.2.1.2. */
const keyIdentifier = (key: KeyObject): Buffer => {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return createHash('sha1').update(point).digest()
}
