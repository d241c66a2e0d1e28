import type { AutomaticAction } from '../contracts/widget-settings.js'
import { type GivenContacts, kindOf, readContacts } from './contacts.js'
import { customDataProblem } from './custom-data.js'
import { jsonSafe } from './json-safe.js'
import { isOver, type Session } from './session.js'

/** What the methods may do with the widget. */
export interface ApiWidget {
  readonly session: () => Session
  readonly utm: () => Readonly<Record<string, string | null | undefined>>
  readonly open: (panel: 'chat' | 'call' | 'menu') => void
  readonly close: () => void
  readonly give: (contacts: GivenContacts) => void
  readonly introduce: (contacts: GivenContacts) => void
  readonly write: (text: string) => void
  readonly leave: (contacts: GivenContacts, message: string) => void
  readonly prefill: (contacts: GivenContacts, message: string) => void
  readonly invite: (text: string) => void
  readonly color: (colors: readonly string[]) => void
  readonly rule: (actions: readonly AutomaticAction[]) => void
  /** A call begins; the emulator learns of it from the reported call. */
  readonly call: (phone: string) => void
  /** A call that could not begin: the page is told like one that failed. */
  readonly callFailed: (reason: string) => void
  readonly clear: () => void
  /** Runs later, outside of the method. */
  readonly later: (run: () => void) => void
  /** The number of the visitor, later, and not before there is one. */
  readonly withNumber: (run: (number: number) => void) => void
}

type Method = (widget: ApiWidget, ...args: unknown[]) => unknown

const ok = { result: 'ok' } as const
/** Jivo names the key; the texts are ours, because its texts are unknown. */
const fail = (reason: string) => ({ result: 'fail', reason }) as const

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

/** Why nobody can be called, or null when somebody can. */
export const callProblem = ({ settings: { callback } }: Session): string | null =>
  callback === 'on' ? null : callback === 'off' ? 'the callback is not set up for this channel' : 'no money is left for calls'

/** Digits, with what people write between them. */
const isPhone = (value: unknown): value is string => isText(value) && value.replace(/\D/g, '').length >= 5

/**
 * The methods of `jivo_api`. Widget API, methods, unless another source is named.
 *
 * What a call changes on Jivo's side is decided by the emulator, which gets every call with its arguments and its answer. Where
 * Jivo documents no answer, there is none; a wrong argument is answered with `fail` all the same: a guess.
 */
const methods: Readonly<Record<string, Method>> = {
  /** `{start: "chat" | "call" | "menu"}`; the chat when left out. That `call` fails where nobody can be called is a guess. */
  open: (widget, params) => {
    const start = (params as { start?: unknown } | null | undefined)?.start ?? 'chat'
    if (start !== 'chat' && start !== 'call' && start !== 'menu') return fail('start: expected chat, call or menu')
    const problem = start === 'call' ? callProblem(widget.session()) : null
    if (problem !== null) return fail(problem)
    widget.open(start)
    return ok
  },

  close: widget => {
    widget.close()
    return ok
  },

  /** Opens the window with a text of an agent; the emulator learns of it from the reported call. */
  showProactiveInvitation: (widget, text) => {
    if (!isText(text)) return fail(`expected a text, got ${kindOf(text)}`)
    widget.invite(text)
    return undefined
  },

  /** Two colours make a gradient. */
  setWidgetColor: (widget, ...colors) => {
    const given = colors.slice(0, 2).filter(color => color !== undefined && color !== null && color !== '')
    const wrong = given.find(color => typeof color !== 'string' || !/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color))
    if (given.length === 0 || wrong !== undefined) return fail(`expected colours such as #2b7cff, got ${wrong === undefined ? 'nothing' : String(wrong)}`)
    widget.color(given as string[])
    return undefined
  },

  /** `online` or `offline`, as a bare string. */
  chatMode: widget => widget.session().mode,

  /**
   * A number with a plus. Guesses: that one without is taken, that a call which cannot begin also comes to `jivo_onCallEnd`, and
   * that a second one is refused while one is running. That refusal does not come to `jivo_onCallEnd`: the running call goes on.
   */
  startCall: (widget, phone) => {
    const { call } = widget.session()
    if (call !== null && !isOver(call)) return fail(`a call to ${call.phone} is running`)
    const problem = isPhone(phone)
      ? callProblem(widget.session())
      : `expected a phone number such as +79005550100, got ${isText(phone) ? phone : kindOf(phone)}`
    if (problem === null) {
      widget.call(phone as string)
      return ok
    }
    widget.callFailed(problem)
    return fail(problem)
  },

  /**
   * Only while nobody is online; the reason stands in `error`. The documents say that it sends a message, and that it fills the
   * form which the visitor then has to send: that the message is recorded at once and the contacts stay in the form is a guess.
   */
  sendOfflineMessage: (widget, info) => {
    const failed = (error: string) => ({ result: 'fail', error }) as const
    if (widget.session().mode !== 'offline') return failed('the widget is online: an offline message is for the time when nobody is')
    const contacts = readContacts(info)
    if ('reason' in contacts) return failed(contacts.reason)
    const { message } = info as { message?: unknown }
    if (!isText(message)) return failed(`message: expected a text, got ${kindOf(message)}`)
    widget.prefill(contacts, message)
    widget.leave(contacts, message)
    return ok
  },

  /** Title and address of a page that changed without being loaded. That a title alone keeps the address is a guess. */
  sendPageTitle: () => undefined,

  /** A key that is left out keeps its value: seen in Jivo's mobile script. */
  setContactInfo: (widget, info) => {
    const contacts = readContacts(info)
    if ('reason' in contacts) return fail(contacts.reason)
    widget.give(contacts)
    return ok
  },

  /** What is wrong or too often is only warned of, by the emulator: Jivo documents no answer. */
  setClientAttributes: () => undefined,

  /** The shape of the answer is seen in one typed wrapper; that a call replaces the whole set, and the texts, are guesses. */
  setCustomData: (_, fields) => {
    const problem = customDataProblem(fields)
    return problem === null ? ok : fail(problem)
  },

  /** The shape of the answer is seen in one typed wrapper; Jivo documents none. */
  setUserToken: (_, token) => (typeof token === 'string' && token !== '' ? { result: 'ok', token } : { result: 'fail', token: false }),

  /** Rules win over the account's. Their structure is Jivo's own; what jivo-dev does not know it leaves alone. */
  setRules: (widget, rules) => {
    widget.rule(Array.isArray(rules) ? rules.filter(isAction) : [])
    return undefined
  },

  /** The name comes back as `client_name`, and null stands for what the visitor did not give. */
  getContactInfo: widget => {
    const { name, email, phone, description } = widget.session().contacts
    return { client_name: name || null, email: email || null, phone: phone || null, description: description || null }
  },

  /** `callback(error, number)`, not at once. */
  getVisitorNumber: (widget, callback) => {
    if (typeof callback !== 'function') return fail(`expected a function, got ${kindOf(callback)}`)
    widget.withNumber(number => callback(null, number))
    return undefined
  },

  getUnreadMessagesCount: widget => widget.session().unread,

  /** Labels of the first visit. What stands for a missing one is unknown: null here. */
  getUtm: widget => {
    const { content, campaign, source, medium, term } = widget.utm()
    return { content: content ?? null, campaign: campaign ?? null, source: source ?? null, medium: medium ?? null, term: term ?? null }
  },

  /** `callback({result, reason?})`, not at once. */
  isCallbackEnabled: (widget, callback) => {
    if (typeof callback !== 'function') return fail(`expected a function, got ${kindOf(callback)}`)
    const problem = callProblem(widget.session())
    widget.later(() => callback(problem === null ? ok : fail(problem)))
    return undefined
  },

  /** Documented is that history and data leave the browser. That the next visitor is a new one, at once, is a guess. */
  clearHistory: widget => {
    widget.clear()
    return undefined
  },

  /** Not documented, called by live sites: `({label: value}, text)`, or a text alone. How the pairs look, and the answer, are guesses. */
  sendMessage: (widget, ...args) => {
    const text = args.find(isText)
    const [pairs] = args
    const lines =
      typeof pairs === 'object' && pairs !== null ? Object.entries(pairs).flatMap(([label, value]) => (isText(value) ? [`${label}: ${value}`] : [])) : []
    const message = [...lines, ...(text === undefined ? [] : [text])].join('\n')
    if (message === '') return fail('expected a text')
    widget.write(message.slice(0, 10_000))
    return ok
  },

  /** Not documented, called by live sites: the contacts as if the visitor had sent the form. That `jivo_onIntroduction` follows is a guess. */
  _sendIntroduce: (widget, info) => {
    const contacts = readContacts(info)
    if ('reason' in contacts) return fail(contacts.reason)
    widget.introduce(contacts)
    return ok
  },
}

const isAction = (rule: unknown): rule is AutomaticAction => {
  const { when, invite } = (rule ?? {}) as { when?: unknown; invite?: { text?: unknown } | null }
  return typeof when === 'object' && when !== null && isText(invite?.text)
}

export interface ApiCall {
  readonly method: string
  readonly args: unknown[]
  readonly result: unknown
}

/** Arguments of a call that are reported. */
const mostArgs = 10

/** Names that scripts look for in any object, and that mean nothing. */
const anyObject = new Set(['then', 'toJSON', 'constructor', 'prototype', 'valueOf', 'toString', 'hasOwnProperty', 'nodeType', 'tagName', '$$typeof'])

/**
 * The object that pages know as `jivo_api`. Its methods are own properties: one integration asks with `hasOwnProperty`.
 *
 * @param inOneStep runs a call so that it is reported before the callbacks that follow from it
 * @param unknown hears once of each name that a page looks for and that is not there
 */
export const createApi = (
  widget: ApiWidget,
  report: (call: ApiCall) => void,
  inOneStep: (step: () => void) => void,
  unknown: (name: string) => void,
): Record<string, unknown> => {
  const api: Record<string, unknown> = Object.fromEntries(
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
  const heard = new Set<string>()
  return new Proxy(api, {
    get: (target, name, receiver) => {
      // A page may keep what it likes in the object, and look for it first.
      if (typeof name === 'string' && !(name in target) && !anyObject.has(name) && heard.size < 100 && !heard.has(name)) {
        heard.add(name)
        unknown(name)
      }
      return Reflect.get(target, name, receiver)
    },
  })
}
