import { X509Certificate } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Identity, makeIdentity } from './certificates.js'

/** Milliseconds before its end that a certificate is replaced. */
const early = 30 * 24 * 60 * 60 * 1000

export interface KeptIdentity extends Identity {
  /** Path of the authority alone, for those who want to trust it themselves. */
  readonly authorityFile: string
}

/**
 * The identity that a data folder keeps; made where there is none, and anew when it ends soon or is for other hosts.
 *
 * Key and both certificates are one file, so that whoever reads it has what belongs together.
 */
export const keptIdentity = (dataFolder: string, hosts: readonly string[], now: number, pid: number): KeptIdentity => {
  const folder = join(dataFolder, 'https')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // A folder of an older run may have been made by a looser hand.
  chmodSync(folder, 0o700)
  const path = join(folder, 'identity.pem')
  const identity = readIdentity(path, hosts, now) ?? writeIdentity(path, makeIdentity(hosts, now), hosts, now, pid)
  const authorityFile = join(folder, 'ca.pem')
  replaceFile(authorityFile, identity.authority, pid)
  return { ...identity, authorityFile }
}

/** Null for what is not there, is damaged, ends soon or is for other hosts. */
const readIdentity = (path: string, hosts: readonly string[], now: number): Identity | null => {
  try {
    const text = readFileSync(path, 'utf8')
    const [key = ''] = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/.exec(text) ?? []
    const [leaf = '', authority = ''] = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? []
    const certificate = new X509Certificate(leaf)
    const issuer = new X509Certificate(authority)
    const isWhole = key !== '' && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
    const isForThese = certificate.subjectAltName === hosts.map(host => `DNS:${host}`).join(', ')
    return isWhole && isForThese && Date.parse(certificate.validTo) - early > now && Date.parse(certificate.validFrom) < now ? { key, leaf, authority } : null
  } catch {
    return null
  }
}

/** Another process may do the same at the same moment: both must end with one identity. */
const writeIdentity = (path: string, identity: Identity, hosts: readonly string[], now: number, pid: number): Identity => {
  const part = `${path}.${pid}`
  writeFileSync(part, `${identity.key}${identity.leaf}${identity.authority}`, { mode: 0o600 })
  try {
    linkSync(part, path)
  } catch {
    const other = readIdentity(path, hosts, now)
    if (other !== null) return other
    renameSync(part, path)
  } finally {
    rmSync(part, { force: true })
  }
  return identity
}

const replaceFile = (path: string, text: string, pid: number) => {
  writeFileSync(`${path}.${pid}`, text, { mode: 0o600 })
  renameSync(`${path}.${pid}`, path)
}
