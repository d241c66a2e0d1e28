import type { PageFrame } from '../contracts/page-channel.js'
import { attributesArgument, contactsArgument, customDataArgument } from '../contracts/page-channel.js'
import { automaticActions } from '../contracts/widget-settings.js'
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
  return { method, args, result, effects: hasFailed ? [misuse(reasonOf(result))] : effectsOf(method, args) }
}

const effectsOf = (method: string, args: readonly unknown[]): ApiEffect[] => {
  const [argument, second, third] = args
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
    case 'setClientAttributes': {
      const parsed = attributesArgument.safeParse(argument)
      return [
        parsed.success
          ? { kind: 'attributes', attributes: parsed.data }
          : misuse(`expected texts and numbers by attribute id: ${parsed.error.issues[0]?.message}`),
      ]
    }
    case 'sendPageTitle': {
      if (typeof argument !== 'string') return [misuse('the title is not a string')]
      const url = typeof third === 'string' && third !== '' ? third.slice(0, 8_192) : undefined
      const wrong = third !== undefined && typeof third !== 'string' ? [misuse('the third argument, the address, is not a string')] : []
      return [{ kind: 'page', title: argument.slice(0, 2_000), url }, ...wrong]
    }
    case 'showProactiveInvitation': {
      if (typeof argument !== 'string' || argument === '') return [misuse('the text is not a string')]
      const department = typeof second === 'number' && Number.isInteger(second) ? second : undefined
      const wrong = second !== undefined && department === undefined ? [misuse('the department is not a whole number')] : []
      return [{ kind: 'invitation', text: argument.slice(0, 10_000), department }, ...wrong]
    }
    case 'startCall':
      return typeof argument === 'string' ? [{ kind: 'call', phone: argument.slice(0, 100) }] : [misuse('the phone is not a string')]
    case 'setRules': {
      const parsed = automaticActions.safeParse(argument)
      if (parsed.success) return [{ kind: 'rules', actions: parsed.data.length }]
      return [
        { kind: 'rules', actions: 0 },
        misuse(
          "Jivo's structure of rules is not public; jivo-dev knows its own, see the settings of the widget. These rules switch the account's off and do nothing else",
        ),
      ]
    }
    case 'clearHistory':
      return [{ kind: 'clear' }]
    default:
      return []
  }
}

/** A token is a secret from the moment it arrives. */
const parseToken = (method: string, args: readonly unknown[], result: unknown, { hide }: SecretStore): ParsedCall => {
  const [token, ...others] = args
  if (typeof token !== 'string' || token === '') return { method, args, result, effects: [misuse('expected the token, a text that is not empty')] }
  const mask = hide(token)
  const isEcho = typeof result === 'object' && result !== null && 'token' in result && result.token === token
  return { method, args: [mask, ...others], result: isEcho ? { ...result, token: mask } : result, effects: [{ kind: 'token', token: mask }] }
}

/** What the widget told the page. */
const reasonOf = (result: object): string => {
  const { reason, error } = result as { reason?: unknown; error?: unknown }
  return typeof reason === 'string' ? reason : typeof error === 'string' ? error : 'refused'
}

const misuse = (problem = 'wrong argument'): ApiEffect => ({ kind: 'misuse', problem })
