import type { ServerFrame } from '../contracts/page-channel.js'
import { createApi } from './api.js'
import { callPage } from './callbacks.js'
import { connect } from './connection.js'
import { addContainer, addRoot, addStyles } from './dom.js'
import { randomId } from './ids.js'
import { jsonSafe } from './json-safe.js'
import { globals } from './page-globals.js'
import { type Action, newSession, reduce, type Session, stateOf } from './session.js'
import { paint } from './view/paint.js'
import type { VisitorActions } from './view/visitor-actions.js'
import { recallVisitor } from './visitor.js'
import { languageOf, wordsOf } from './words.js'

interface Options {
  /** Widget id of the snippet. */
  readonly id: string
  /** Host and port of the emulator. */
  readonly host: string
  /** Number of the account. */
  readonly siteId: string
  /** Id of this page, the same as long as it lives. */
  readonly page: string
}

export interface RunningWidget {
  /** Takes everything away; `then` runs when it is gone and can still be reported. */
  readonly stop: (then?: (fire: Fire) => void) => void
}

type Fire = (callback: string, args?: readonly unknown[], scheduled?: number) => void

/** The container goes a little after the rest, as in Jivo's own script. Milliseconds. */
const containerStays = 10

export const runWidget = ({ id, host, siteId, page }: Options): RunningWidget => {
  const tag = document.documentElement.lang || navigator.language
  const language = languageOf(tag)
  const visitor = recallVisitor(() => localStorage, id, location.search)
  const isSecure = location.protocol === 'https:'

  const config = { widget_id: id, site_id: siteId, chat_mode: 'online', hide_offline: 0, base_url: `${isSecure ? 'https' : 'http'}://${host}` }
  globals.jivo_config = config
  const container = addContainer()
  const removeStyles = addStyles()

  let session: Session = newSession
  let root: HTMLElement | null = null
  /** What the page and the emulator are told, in order: a callback may call a method, which has effects of its own. */
  const effects: (() => void)[] = []
  let depth = 0
  let isStopped = false

  const inOneStep = (step: () => void) => {
    depth += 1
    try {
      step()
      if (depth === 1) for (let next = effects.shift(); next !== undefined; next = effects.shift()) next()
    } finally {
      depth -= 1
    }
  }

  const fire: Fire = (callback, args = [], scheduled) => {
    const outcome = callPage(callback, args)
    connection.send({ type: 'fired', callback, args: args.map(jsonSafe), ...outcome, ...(scheduled === undefined ? {} : { scheduled }) })
  }

  const change = (action: Action) =>
    inOneStep(() => {
      // A page may still hold the `jivo_api` of a widget that is gone.
      if (isStopped) return
      const before = session
      session = reduce(session, action)
      config.chat_mode = session.mode
      if (root === null || session === before) return
      show(root)
      follow(before)
    })

  /** What a change means for the page. The order of open and change of state is a guess. */
  const follow = (before: Session) => {
    const from = stateOf(before)
    const to = stateOf(session)
    const isToggled = before.isOpen !== session.isOpen
    if (isToggled) effects.push(() => fire(session.isOpen ? 'jivo_onOpen' : 'jivo_onClose'))
    if (from !== to) {
      effects.push(() => {
        connection.send({ type: 'state', from, to })
        fire('jivo_onChangeState', [to])
      })
    }
    if (isToggled) effects.push(() => fire('jivo_onResizeCallback'))
  }

  const show = (into: HTMLElement) => paint(into, { session, words: wordsOf(language), language, actions })

  const load = () => {
    root = addRoot(container, language)
    show(root)
    globals.jivo_api = createApi(
      { session: () => session, open: actions.open, close: actions.close, give: contacts => change({ type: 'given', contacts }) },
      report,
      inOneStep,
    )
    globals.jivo_version = 'jivo-dev'
    inOneStep(() => effects.push(() => fire('jivo_onLoadCallback')))
  }

  const report: Parameters<typeof createApi>[1] = call => connection.send({ type: 'api', ...call })

  const actions: VisitorActions = {
    open: () => {
      if (!session.isOpen) change({ type: 'opened' })
      root?.querySelector<HTMLElement>('[data-jv-focus]')?.focus({ preventScroll: true })
    },
    close: () => {
      if (session.isOpen) change({ type: 'closed' })
    },
    type: (field, value) => change({ type: 'typed', field, value }),
    write: text => {
      const message = randomId('m')
      change({ type: 'wrote', id: message, text, at: Date.now() })
      connection.send({ type: 'write', id: message, text })
    },
    repeat: ({ id: message, text }) => {
      change({ type: 'repeated', id: message })
      connection.send({ type: 'write', id: message, text })
    },
    introduce: contacts => {
      change({ type: 'introduced', contacts })
      connection.send({ type: 'contacts', contacts })
    },
    skip: () => change({ type: 'skipped' }),
    leave: (contacts, message) => {
      const form = randomId('m')
      change({ type: 'left', id: form, address: contacts.email || contacts.phone || '', contacts })
      connection.send({ type: 'offline', id: form, contacts, message })
    },
    again: () => change({ type: 'again' }),
  }

  const onFrame = (frame: ServerFrame) => {
    if (frame.type === 'callback') return inOneStep(() => effects.push(() => fire(frame.callback, frame.args, frame.seq)))
    if (frame.type === 'refused') console.warn(`Jivo widget: the emulator refused ${frame.field || 'a frame'}: ${frame.message}`)
    change(frame)
    if (frame.type !== 'welcome') return
    // To the emulator a page that comes back is a page that opens.
    connection.send({ type: 'state', from: null, to: stateOf(session) })
    if (root === null) load()
  }

  const connection = connect({
    url: `${isSecure ? 'wss' : 'ws'}://${host}/widget/${id}/socket`,
    open: () => ({
      type: 'open',
      page,
      ...visitor,
      url: location.href.slice(0, 8_192),
      title: document.title.slice(0, 2_000),
      referrer: document.referrer.slice(0, 8_192),
      language: tag.slice(0, 40),
    }),
    onFrame,
    onLost: () => change({ type: 'link', link: 'lost' }),
  })

  return {
    stop: then => {
      isStopped = true
      removeStyles()
      root?.remove()
      setTimeout(() => container.remove(), containerStays)
      then?.(fire)
      connection.close()
    },
  }
}
