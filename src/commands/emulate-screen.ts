import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.js'
import type { ErrorBody, FiredCallback, ResentDelivery } from '../contracts/control.js'
import type { Event } from '../contracts/journal.js'
import type { Emulator } from '../emulator/emulator.js'
import { UserError } from '../errors.js'
import { fixtureName, fixtureText } from '../reading/fixture-file.js'
import { eventLine } from '../reporters/event-line.js'
import { hasColors } from '../reporters/paint.js'
import type { Acts } from '../terminal/screen/acts.js'
import { within, wrap } from '../terminal/screen/cells.js'
import { isUtf8 } from '../terminal/screen/glyphs.js'
import { hasRoom, smallest } from '../terminal/screen/measures.js'
import { createScreenModel } from '../terminal/screen/screen-model.js'
import { type ShownScreen, showScreen } from '../terminal/screen/show-screen.js'
import { createSource } from '../terminal/screen/source.js'
import type { Notice } from '../terminal/screen/state.js'
import { listens } from '../transports/listens.js'
import { terminalWindow } from '../transports/terminal-window.js'

/** Events that stay in the scrollback when the screen is gone. */
const kept = 20

interface ScreenDeps {
  readonly emulator: Emulator
  readonly context: Context
  readonly token: string | null
  readonly quit: () => void
  /** Tells in the ordinary way, once the screen is gone. */
  readonly report: (error: unknown) => void
  /** Hears that the screen is closed, before anything else is written. */
  readonly gone: () => void
}

interface StartedScreen {
  readonly take: (events: readonly Event[]) => void
  readonly report: (error: unknown) => void
  readonly close: () => void
}

/** Puts the screen on the terminal, until it is closed. */
export const startScreen = async ({ emulator, token, context, quit, report, gone }: ScreenDeps): Promise<StartedScreen> => {
  const { env, stdout, clock, signal } = context
  const source = createSource(emulator.world)
  const window = terminalWindow(() => scrollback())
  /** What is printed once the screen is gone, because it was only seen there. */
  const said: string[] = []
  const failures: unknown[] = []
  let screen: ShownScreen | null = null
  let isClosed = false

  /** A bug of the screen must not end the emulator: events are lines from then on. */
  const guard = (run: () => void) => {
    try {
      run()
    } catch (error) {
      failures.push(error)
      close()
    }
  }

  const show = () => {
    screen = showScreen({ model, hasColors: hasColors(stdout, env), isUtf8: isUtf8(env), write: window.write, guard })
    screen.hold(!hasRoom(window.size()))
  }

  const hide = () => {
    screen?.close()
    screen = null
    window.leave()
  }

  /** Lets something else have the terminal. */
  const aside = async <Value>(run: () => Promise<Value>): Promise<Value> => {
    hide()
    await window.releaseKeys()
    try {
      return await run()
    } finally {
      if (!isClosed) {
        fitTerminal()
        show()
      }
    }
  }

  /** Takes the terminal where it has room for the screen, and leaves it to lines where it does not. */
  const fitTerminal = () => {
    if (hasRoom(window.size())) window.enter()
    else {
      window.leave()
      const hint = `The terminal is smaller than ${smallest.columns} columns and ${smallest.rows} rows, so events are lines here. q quits.`
      window.write(`${wrap(hint, window.size().columns).join('\n')}\n`)
    }
  }

  const acts = actsOf({ emulator, token, context, aside, say: text => said.push(text), write: window.write })
  const model = createScreenModel({
    source,
    clock,
    size: window.size(),
    acts: {
      ...acts,
      suspend: () => void aside(() => window.suspend()),
      quit: () => {
        close()
        quit()
      },
    },
  })

  const resized = () => {
    const had = hasRoom(model.state().size)
    const size = window.size()
    if (had !== hasRoom(size)) fitTerminal()
    model.resize(size)
    // A terminal moves what it shows when its size changes.
    screen?.hold(!hasRoom(size))
  }
  const stopResizing = window.onResize(resized)

  /** What stays of the screen: what was only seen there, and the newest events. */
  const scrollback = (newest = kept) => {
    const lines = newest === 0 ? [] : source.history.events.slice(-newest).map(eventLine)
    return [...said.map(one => `${one.trimEnd()}\n`), ...lines].map(text => `${text}\n`).join('')
  }

  const close = () => {
    if (isClosed) return
    isClosed = true
    stopResizing()
    signal.removeEventListener('abort', close)
    model.stop()
    const hadRoom = hasRoom(window.size())
    hide()
    window.close()
    window.write(scrollback(hadRoom ? kept : 0))
    gone()
    for (const failure of failures) report(failure)
  }
  signal.addEventListener('abort', close)

  fitTerminal()
  show()
  if (signal.aborted) close()
  return {
    take: events =>
      guard(() => {
        if (!hasRoom(window.size())) for (const event of events) window.write(`${within(eventLine(event), window.size().columns)}\n`)
        model.take(events)
      }),
    report: error => {
      if (!hasRoom(window.size())) return report(error)
      failures.push(error)
      model.tell({ tone: 'fail', text: error instanceof Error ? error.message : String(error) })
    },
    close,
  }
}

interface ActDeps {
  readonly emulator: Emulator
  readonly token: string | null
  readonly context: Context
  readonly aside: <Value>(run: () => Promise<Value>) => Promise<Value>
  readonly say: (text: string) => void
  readonly write: (text: string) => void
}

const actsOf = ({ emulator, token, context, aside, say, write }: ActDeps): Omit<Acts, 'suspend' | 'quit'> => {
  const { cwd, env } = context
  const { origin } = emulator.world

  /** Asks one of the control routes; no socket is between. */
  const ask = async (route: string, body: object): Promise<{ readonly answer: unknown } | { readonly problem: string }> => {
    const request = new Request(`${origin}/_dev/${route}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const response = await emulator.fetch(request)
    const answer: unknown = await response.json()
    return response.ok ? { answer } : { problem: (answer as Partial<ErrorBody>).error?.message ?? `/_dev/${route} answered ${response.status}.` }
  }

  const told = async (route: string, body: object, say: (answer: never) => Notice): Promise<Notice> =>
    guarded(async () => {
      const asked = await ask(route, body)
      return 'problem' in asked ? { tone: 'fail', text: asked.problem } : say(asked.answer as never)
    })

  const trigger = (body: unknown, name: string) => told('trigger', { body }, () => ({ tone: 'ok', text: `${name} is on its way.` }))

  return {
    resend: delivery =>
      told('resend', { deliveries: [delivery] }, ({ deliveries: [row] }: { deliveries: readonly ResentDelivery[] }) =>
        row?.outcome === 'busy'
          ? { tone: 'plain', text: 'It is still on its way, so nothing was sent anew.' }
          : { tone: 'ok', text: `${row?.event ?? 'It'} is sent again to ${row?.to ?? ''}.` },
      ),
    resendEdited: ({ name, body }) =>
      guarded(async () => {
        if (!(env.VISUAL?.trim() || env.EDITOR?.trim())) {
          return { tone: 'plain', text: 'No editor is named: start jivo-dev with VISUAL or EDITOR set, such as EDITOR=nano.' }
        }
        const { webhookContract } = await import('../contracts/webhooks/events.js')
        if (webhookContract(name) === undefined) return { tone: 'plain', text: `${name} is no webhook: only r sends it again, as it was.` }
        const { editedBody } = await import('./trigger-body.js')
        const changed = await aside(() => editedBody(name, body, { force: true }, context))
        return trigger(changed, name)
      }),
    copy: text => {
      write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`)
      if (text.includes('\n')) say(text)
    },
    saveFixture: (event, body) =>
      guarded(async () => {
        const name = await saveNew(cwd, fixtureName(event), fixtureText(body))
        return { tone: 'ok', text: `Saved as ${name}. It goes out again with: jivo-dev replay ${name} --to URL` }
      }),
    open: path =>
      guarded(async () => {
        const url = `${origin}/${path}`
        const { openBrowser } = await import('../transports/browser.js')
        await openBrowser(token === null || path === '' ? url : url.replace(/(?=#|$)/, `?token=${token}`))
        return { tone: 'ok', text: `Opened ${url}` }
      }),
    fire: ({ kind, name }) =>
      guarded(async () => {
        if (kind === 'webhook') {
          const { bodyOf } = await import('./trigger-body.js')
          return trigger(await bodyOf(name, { set: [], unset: [], edit: false, force: false }, context), name)
        }
        const { widgetApi } = await import('../contracts/widget-api.js')
        const args = (widgetApi.find(entry => entry.name === name)?.args ?? []).flatMap(({ example }) => (example === undefined ? [] : [example]))
        return told('fire', { callback: name, args }, ({ pages }: { pages: readonly FiredCallback[] }) => firedNotice(name, pages))
      }),
    write: (chat, text) => told(`chats/${chat}/messages`, { text }, () => ({ tone: 'ok', text: `Sent to chat ${chat}.` })),
    setMode: mode =>
      told('account', { mode }, () => ({
        tone: 'ok',
        text: mode === 'offline' ? 'Nobody is online now: the widget shows the offline form.' : 'The agents are online, and answer by themselves.',
      })),
    setWebhook: address =>
      guarded(async () => {
        const { parseUrl } = await import('../config/values.js')
        const webhook = address === '' ? null : parseUrl(address)
        return told('account', { webhook }, () => ({
          tone: 'ok',
          text: webhook === null ? 'Webhooks go nowhere now.' : `Webhooks go to ${emulator.world.account?.channels[0]?.webhook ?? ''} from now on.`,
        }))
      }),
    fireables: async () => {
      const [{ webhookNames }, { occasions }, { widgetApi }] = await Promise.all([
        import('../contracts/webhooks/events.js'),
        import('../contracts/webhooks/occasions.js'),
        import('../contracts/widget-api.js'),
      ])
      return [
        ...webhookNames.map(name => ({ kind: 'webhook' as const, name, about: occasions[name].when })),
        ...widgetApi
          .filter(({ kind }) => kind === 'callback')
          .map(({ name, about }) => ({ kind: 'callback' as const, name, about: about.en.replaceAll('`', '') })),
      ]
    },
    fieldsOf: async name => {
      const [{ catalog }, { fieldsOf }] = await Promise.all([import('../contracts/webhooks/catalog.js'), import('../contracts/paths.js')])
      const contract = catalog.find(one => one.name === (name.startsWith('chat-api.') ? 'chat_event' : name))
      return contract === undefined ? null : fieldsOf(contract.schema)
    },
    isHeard: listens,
  }

  /** Whatever goes wrong is told, and the screen stays. */
  async function guarded(run: () => Promise<Notice>): Promise<Notice> {
    try {
      return await run()
    } catch (error) {
      // The last hint says where an edited text is kept.
      const hint = error instanceof UserError && error.code === 'brokenEdit' ? ` ${error.hints.at(-1)}` : ''
      return { tone: 'fail', text: error instanceof Error ? error.message + hint : String(error) }
    }
  }
}

const firedNotice = (name: string, pages: readonly FiredCallback[]): Notice => {
  if (pages.length === 0) return { tone: 'plain', text: 'No page is open that could call it. o opens the shop page.' }
  const bad = pages.find(({ outcome }) => outcome === 'threw' || outcome === 'silent')
  if (bad?.outcome === 'threw') return { tone: 'fail', text: `${name} threw: ${bad.error?.split('\n')[0] ?? ''}` }
  if (bad !== undefined) return { tone: 'fail', text: `A page did not say within 2 s whether it called ${name}.` }
  const missing = pages.filter(({ outcome }) => outcome === 'missing').length
  if (missing === pages.length) return { tone: 'plain', text: `No page defines ${name}.` }
  return { tone: 'ok', text: `${name} was called on ${pages.length - missing} of ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}.` }
}

/** Saves under the name, or under one with a number where that is taken. */
const saveNew = async (folder: string, name: string, text: string): Promise<string> => {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : name.replace(/\.json$/, `.${number}.json`)
    try {
      await writeFile(join(folder, free), text, { flag: 'wx' })
      return free
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number > 999) throw error
    }
  }
}
