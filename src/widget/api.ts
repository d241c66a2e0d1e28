import { type GivenContacts, readContacts } from './contacts.js'
import { customDataProblem } from './custom-data.js'
import { jsonSafe } from './json-safe.js'
import type { Session } from './session.js'

/** What the methods may do with the widget. */
export interface ApiWidget {
  readonly session: () => Session
  readonly open: () => void
  readonly close: () => void
  readonly give: (contacts: GivenContacts) => void
}

type Method = (widget: ApiWidget, ...args: unknown[]) => unknown

const ok = { result: 'ok' } as const
/** Jivo names the key; the texts are ours, because its texts are unknown. */
const fail = (reason: string) => ({ result: 'fail', reason }) as const

/**
 * The methods of `jivo_api`. Widget API, methods, unless another source is named.
 *
 * What a call changes on Jivo's side is decided by the emulator, which gets every call with its arguments and its answer.
 */
const methods: Readonly<Record<string, Method>> = {
  /** `{start: "chat" | "call" | "menu"}`; the chat when left out. */
  open: (widget, params) => {
    const start = (params as { start?: unknown } | null | undefined)?.start ?? 'chat'
    if (start !== 'chat') return fail(start === 'call' || start === 'menu' ? `start: "${start}" is not emulated yet` : 'start: expected chat, call or menu')
    widget.open()
    return ok
  },

  close: widget => {
    widget.close()
    return ok
  },

  /** `online` or `offline`, as a bare string. */
  chatMode: widget => widget.session().mode,

  /** A key that is left out keeps its value: seen in Jivo's mobile script. */
  setContactInfo: (widget, info) => {
    const contacts = readContacts(info)
    if ('reason' in contacts) return fail(contacts.reason)
    widget.give(contacts)
    return ok
  },

  /** The name comes back as `client_name`, and null stands for what the visitor did not give. */
  getContactInfo: widget => {
    const { name, email, phone, description } = widget.session().contacts
    return { client_name: name || null, email: email || null, phone: phone || null, description: description || null }
  },

  setCustomData: (_, fields) => {
    const problem = customDataProblem(fields)
    return problem === null ? ok : fail(problem)
  },

  /** The shape of the answer is seen in one typed wrapper; Jivo documents none. */
  setUserToken: (_, token) => (typeof token === 'string' && token !== '' ? { result: 'ok', token } : { result: 'fail', token: false }),
}

export interface ApiCall {
  readonly method: string
  readonly args: unknown[]
  readonly result: unknown
}

/** Arguments of a call that are reported. */
const mostArgs = 10

/**
 * The object that pages know as `jivo_api`. Its methods are own properties: one integration asks with `hasOwnProperty`.
 *
 * @param inOneStep runs a call so that it is reported before the callbacks that follow from it.
 */
export const createApi = (widget: ApiWidget, report: (call: ApiCall) => void, inOneStep: (step: () => void) => void): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(methods).map(([method, run]) => [
      method,
      (...args: unknown[]) => {
        let result: unknown
        inOneStep(() => {
          result = run(widget, ...args)
          report({ method, args: args.slice(0, mostArgs).map(jsonSafe), result: jsonSafe(result) ?? null })
        })
        return result
      },
    ]),
  )
