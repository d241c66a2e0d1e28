import type { PageFrame } from '../contracts/page-channel.js'
import { contactsArgument, customDataArgument } from '../contracts/page-channel.js'
import type { ApiEffect } from './rules/inputs.js'
import type { SecretStore } from './secrets.js'

/** A call of `jivo_api` as the rules take it: its arguments parsed by what Jivo documents, its secrets masked. */
export interface ParsedCall {
  readonly method: string
  readonly args: readonly unknown[]
  readonly result: unknown
  readonly effects: readonly ApiEffect[]
}

/**
 * Parses a reported call. The widget has already answered the page, so nothing is refused here: what Jivo's documents
 * forbid becomes a warning. A call that the widget answered with `fail` has no effect.
 */
export const parseCall = ({ method, args, result }: PageFrame & { type: 'api' }, secrets: SecretStore): ParsedCall => {
  if (method === 'setUserToken') return parseToken(method, args, result, secrets)
  const hasFailed = typeof result === 'object' && result !== null && 'result' in result && result.result === 'fail'
  return { method, args, result, effects: hasFailed ? [] : effectsOf(method, args[0]) }
}

const effectsOf = (method: string, argument: unknown): ApiEffect[] => {
  switch (method) {
    case 'setContactInfo': {
      const parsed = contactsArgument.safeParse(argument)
      if (!parsed.success) return [misuse(parsed.error.issues[0]?.message)]
      const unknown = Object.keys(argument as object).filter(key => !(key in contactsArgument.shape))
      const warning = misuse(`${unknown.join(', ')} is not one of name, email, phone, description`)
      return [{ kind: 'contacts', contacts: parsed.data }, ...(unknown.length === 0 ? [] : [warning])]
    }
    case 'setCustomData': {
      const parsed = customDataArgument.safeParse(argument)
      return [parsed.success ? { kind: 'custom-data', fields: parsed.data } : misuse(parsed.error.issues[0]?.message)]
    }
    default:
      return []
  }
}

/** A token is a secret from the moment it arrives. */
const parseToken = (method: string, args: readonly unknown[], result: unknown, { hide }: SecretStore): ParsedCall => {
  const [token, ...others] = args
  if (typeof token !== 'string' || token === '') return { method, args, result, effects: [] }
  const mask = hide(token)
  const isEcho = typeof result === 'object' && result !== null && 'token' in result && result.token === token
  return { method, args: [mask, ...others], result: isEcho ? { ...result, token: mask } : result, effects: [{ kind: 'token', token: mask }] }
}

const misuse = (problem = 'wrong argument'): ApiEffect => ({ kind: 'misuse', problem })
