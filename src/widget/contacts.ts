import type { Contacts } from '../contracts/page-channel.js'

/** Contacts as a form or a page gives them: a key that is left out keeps its old value. */
export type GivenContacts = { readonly [Key in keyof Contacts]?: string | null | undefined }

export const noContacts: Contacts = { name: null, phone: null, email: null, description: null }

/** Longest values that the emulator takes, in characters. */
export const limits: { readonly [Key in keyof Contacts]: number } = { name: 1_000, phone: 1_000, email: 1_000, description: 10_000 }

/** Characters that one message may have. */
export const longestMessage = 10_000

const keys = Object.keys(limits) as (keyof Contacts)[]

export const mergeContacts = (known: Contacts, given: GivenContacts): Contacts => {
  const merged = { ...known }
  for (const key of keys) if (given[key] !== undefined) merged[key] = given[key]
  return merged
}

/** Nothing is known that the visitor could be answered with. A name alone, such as a site gives it, is not enough. */
export const areUnknown = ({ phone, email }: Contacts): boolean => !phone && !email

/** The argument of `setContactInfo`, or the reason why it is not one. Keys that Jivo does not know mean nothing. */
export const readContacts = (value: unknown): GivenContacts | { readonly reason: string } => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { reason: `expected an object with name, email, phone, description, got ${kindOf(value)}` }
  const given: { -readonly [Key in keyof GivenContacts]: GivenContacts[Key] } = {}
  for (const key of keys) {
    const part = (value as Record<string, unknown>)[key]
    if (part === undefined) continue
    if (part !== null && typeof part !== 'string') return { reason: `${key}: expected a string, got ${kindOf(part)}` }
    if (part !== null && part.length > limits[key]) return { reason: `${key}: longer than ${limits[key]} characters` }
    given[key] = part
  }
  return given
}

export const kindOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'undefined' ? 'nothing' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
