import type { FileContent } from '../contracts/messages.js'
import type { NewsFrame } from '../contracts/page-channel.js'
import type { AutomaticAction } from '../contracts/widget-settings.js'
import { callProblem, createApi } from './api.js'
import type { Bundle } from './boot.js'
import { callPage } from './callbacks.js'
import { colorProperties } from './colors.js'
import { connect } from './connection.js'
import { createMarkStore, pageCookies } from './cookies.js'
import { addRoot, addStyles } from './dom.js'
import { randomId } from './ids.js'
import { jsonSafe } from './json-safe.js'
import { globals } from './page-globals.js'
import { createSecondScript } from './second-script.js'
import { type Action, hasConversation, isWindowOpen, newSession, type PressedButton, reduce, type Session, stateOf } from './session.js'
import { paint } from './view/paint.js'
import type { VisitorActions } from './view/visitor-actions.js'
import { noteVisit } from './visit.js'
import { forgetVisitor, recallVisitor } from './visitor.js'
import { wordsOf } from './words.js'

type Fire = (callback: string, args?: readonly unknown[], scheduled?: number) => void

/** Milliseconds that news wait for more before they are drawn: about one frame of the screen. */
const oneFrame = 16

/** Milliseconds between two reports of what is being typed. */
const typingPause = 600

export const runWidget: Bundle = ({ page: firstPage, config, language, container, geo, noteChat }) => {
  let page = firstPage
  const { widget_id: id, comet } = config
  const tag = document.documentElement.lang || navigator.language
  const marks = createMarkStore(pageCookies, () => localStorage)
  let visitor = recallVisitor(marks, id, location.search)
  noteVisit(pageCookies, id, { now: Date.now(), referrer: document.referrer, host: location.host, geo })
  const isSecure = location.protocol === 'https:'
  // With the scheme: in a script of another origin an address without one cannot be imported.
  const base = `${isSecure ? 'https' : 'http'}:${config.base_url}`

  const removeStyles = addStyles()

  let session: Session = { ...newSession, mode: config.chat_mode }
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
    connection.send({ type: 'fired', callback, args: args.map(jsonSafe), ...outcome, scheduled })
  }

  const change = (action: Action, isNews = false) =>
    inOneStep(() => {
      // A page may still hold the `jivo_api` of a widget that is gone.
      if (isStopped) return
      const before = session
      session = reduce(session, action)
      config.chat_mode = session.mode
      if (root === null || session === before) return
      if (isNews) drawSoon()
      else redraw()
      follow(before)
    })

  let drawing: ReturnType<typeof setTimeout> | undefined
  /** What is said comes several at a time and is drawn together; `jivo_api` and callbacks do not wait for it. */
  const drawSoon = () => {
    drawing ??= setTimeout(redraw, oneFrame)
  }

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

  /** What the root has now: written only when it changes. */
  let shownColors = ''
  const show = (into: HTMLElement) => {
    const { colors, settings } = session
    const chosen = colors ?? settings.colors
    if (chosen.join() !== shownColors) {
      shownColors = chosen.join()
      for (const [name, value] of Object.entries(colorProperties(chosen))) into.style.setProperty(name, value)
    }
    paint(into, { session, words: wordsOf(language), language, actions, more: second.more(), uploads: second.uploads(), base })
    if (second.isNeeded(session)) second.fetch()
  }

  const redraw = () => {
    clearTimeout(drawing)
    drawing = undefined
    if (root !== null && !isStopped) show(root)
  }
  const focusInside = () => root?.querySelector<HTMLElement>('[data-jv-focus]')?.focus({ preventScroll: true })

  const load = () => {
    root = addRoot(container, language)
    show(root)
    globals.jivo_api = createApi(
      {
        session: () => session,
        utm: () => visitor.utm ?? {},
        open: actions.open,
        close: actions.close,
        give: contacts => change({ type: 'given', contacts }),
        introduce: actions.introduce,
        write: text => actions.write(text),
        leave: actions.leave,
        prefill: (contacts, message) => change({ type: 'prefilled', contacts, message }),
        invite: text => change({ type: 'invited', invitation: { text, name: session.agent } }),
        color: colors => change({ type: 'colored', colors }),
        rule: rules => change({ type: 'ruled', actions: rules }),
        call: phone => change({ type: 'called', phone }),
        callFailed: reason => effects.push(() => fire('jivo_onCallEnd', [{ result: 'fail', reason }])),
        clear: () => effects.push(startAnew),
        later: run => setTimeout(run, 0),
        withNumber: run => {
          asking.push(run)
          setTimeout(tellNumber, 0)
        },
      },
      report,
      inOneStep,
      name => connection.send({ type: 'unknown', name: name.slice(0, 60) }),
    )
    globals.jivo_version = 'jivo-dev'
    inOneStep(() => effects.push(() => fire('jivo_onLoadCallback')))
  }

  /** Who asked for the number of the visitor; a visitor who is new to the emulator has none yet. */
  const asking: ((number: number) => void)[] = []
  const tellNumber = () => {
    if (session.visitor > 0) for (const run of asking.splice(0)) setTimeout(() => run(session.visitor), 0)
  }

  const report: Parameters<typeof createApi>[1] = call => connection.send({ type: 'api', ...call })

  const actions: VisitorActions = {
    open: panel => {
      if (!session.isOpen || session.panel === 'invitation' || (panel !== undefined && session.panel !== panel)) change({ type: 'opened', panel })
      focusInside()
    },
    close: () => {
      if (session.isOpen) change({ type: 'closed' })
    },
    type: (field, value) => {
      change({ type: 'typed', field, value })
      if (field === 'message' && session.panel === 'chat') tellTyping()
    },
    write: text => send({ text }),
    press: (text, button) => send({ text, button }),
    attach: content => send({ text: content.name, content }),
    give: (files, isVoice = false) => second.give(files, isVoice),
    fetchMore: () => second.fetch(),
    repeat: ({ id: message, text, content, button }) => {
      change({ type: 'repeated', id: message })
      connection.send({ type: 'write', id: message, text, content, button })
    },
    rate: rate => {
      const { rating } = session
      if (rating === null) return
      change({ type: 'rated', rate })
      connection.send({ type: 'rate', id: randomId('m'), chat: rating.chat, rate })
    },
    call: phone => {
      const reason = callProblem(session)
      if (reason !== null) {
        change({ type: 'called', phone, reason })
        return fire('jivo_onCallEnd', [{ result: 'fail', reason }])
      }
      change({ type: 'called', phone })
      connection.send({ type: 'call', id: randomId('m'), phone })
    },
    callSeen: () => change({ type: 'callSeen' }),
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

  const send = (said: { readonly text: string; readonly content?: FileContent; readonly button?: PressedButton }) => {
    const message = randomId('m')
    stopTelling()
    // On its way at once, drawn with the next frame: drawing takes longer than the answer.
    connection.send({ type: 'write', id: message, ...said })
    change({ type: 'wrote', id: message, at: Date.now(), ...said }, true)
  }

  let telling: ReturnType<typeof setTimeout> | undefined
  const stopTelling = () => {
    clearTimeout(telling)
    telling = undefined
  }
  /** Agents see what is being typed, a little later and not letter by letter. */
  const tellTyping = () => {
    telling ??= setTimeout(() => {
      telling = undefined
      connection.send({ type: 'typing', text: session.draft.message.slice(0, 1_000) })
    }, typingPause)
  }

  /** The visitor is forgotten, and whoever writes next is somebody new to this browser. The account keeps its client. */
  const startAnew = () => {
    if (isStopped) return
    // What was said before belongs to the visitor who is forgotten now.
    stopTelling()
    connection.finish()
    forgetVisitor(marks, id)
    visitor = recallVisitor(marks, id, '')
    page = randomId('p')
    connection = dial()
    change({ type: 'cleared' })
  }

  /** An automatic action is due. */
  const invite = ({ name, invite: { text } }: AutomaticAction) => {
    change({ type: 'invited', invitation: { text, name: session.agent } })
    connection.send({ type: 'invited', id: randomId('m'), text, name })
  }

  const second = createSecondScript({
    address: `${base}/widget/${id}/more.js`,
    uploads: { address: `${base}/widget/${id}/files`, attach: actions.attach, redraw },
    watch: { session: () => session, openedAt: Date.now(), invite },
    onLoaded: () => {
      redraw()
      // A panel that had to wait for it has its field only now.
      if (isWindowOpen(session) && session.panel !== 'chat') focusInside()
    },
  })

  let isChatNoted = false
  const onFrame = (frame: NewsFrame) => {
    if (frame.type === 'callback') return inOneStep(() => effects.push(() => fire(frame.callback, frame.args, frame.seq)))
    if (frame.type === 'refused') console.warn(`Jivo widget: the emulator refused ${frame.field || 'a frame'}: ${frame.message}`)
    const wasOpen = session.link === 'open'
    change(frame, true)
    if (!isChatNoted && hasConversation(session)) noteChat()
    isChatNoted ||= hasConversation(session)
    if (frame.type !== 'welcome') return
    tellNumber()
    // To the emulator a page that comes back is a page that opens.
    if (!wasOpen) connection.send({ type: 'state', from: null, to: stateOf(session) })
    if (root === null) load()
  }

  const dial = () => {
    // A connection that ends later still speaks for the visitor it was opened for.
    const own = page
    let who = visitor
    return connect({
      url: `${isSecure ? 'wss' : 'ws'}://${comet.host}/widget/${id}/socket`,
      open: () => {
        // Another tab may have marked the visitor at the same moment: the mark that stands by now is everybody's.
        if (own === page) who = visitor = recallVisitor(marks, id, '')
        return {
          type: 'open',
          page: own,
          ...who,
          url: location.href.slice(0, 8_192),
          title: document.title.slice(0, 2_000),
          referrer: document.referrer.slice(0, 8_192),
          language: tag.slice(0, 40),
        }
      },
      onFrame,
      onLost: () => change({ type: 'link', link: 'lost' }),
    })
  }
  let connection = dial()

  return {
    stop: isDestroyed => {
      isStopped = true
      stopTelling()
      removeStyles()
      second.stop()
      root?.remove()
      if (isDestroyed) fire('jivo_onWidgetDestroy')
      connection.close()
    },
  }
}
