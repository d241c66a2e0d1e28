import { type Draft, edit } from '../../chat/draft.js'
import type { Event } from '../../contracts/journal.js'
import type { Clock } from '../../emulator/clock.js'
import { type Completion, completed, completionsOf } from '../../reading/complete-filter.js'
import { deliveryFacts } from '../../reading/delivery-facts.js'
import { parseFilter } from '../../reading/filter.js'
import type { Acts } from './acts.js'
import type { Line } from './cells.js'
import { chatGroups, chatOrder, isTicking } from './chats-pane.js'
import { detailLines } from './detail.js'
import { runErrand } from './errands.js'
import { isFailure } from './event-rows.js'
import { type Fireable, found } from './fire-list.js'
import { type FrameFacts, frameOf, hasMoreSheet, isQuiet } from './frame.js'
import type { KnownFields } from './json-part.js'
import { bindings, type Errand, nameOf, type Press } from './keys.js'
import { bodyHeight, hasChatsBeside, hasRoom, rowsAboveDetail } from './measures.js'
import type { Source } from './source.js'
import { type Action, type Facts, type Field, initialState, type Notice, reduce, type ScreenState, type Size, selectedEvent } from './state.js'

/** Milliseconds between two frames, at least: thirty a second. */
const frameGap = 1_000 / 30

/** Drawing takes at most one part in so many of the time: the emulator needs the rest, and on a busy machine a frame costs more. */
const share = 5
const mostCost = 100

/** Milliseconds between two looks whether somebody listens. */
const lookGap = 2_000

export interface ScreenModel {
  readonly state: () => ScreenState
  readonly frame: () => readonly Line[]
  /** Calls whenever there may be another frame, at most thirty times a second. */
  readonly subscribe: (draw: () => void) => () => void
  readonly press: (press: Press) => void
  readonly take: (events: readonly Event[]) => void
  readonly resize: (size: Size) => void
  readonly tell: (notice: Notice) => void
  readonly stop: () => void
}

interface ModelDeps {
  readonly source: Source
  readonly acts: Acts
  readonly clock: Clock
  readonly size: Size
}

/** State and keys of the screen in one place; who draws it subscribes. */
export const createScreenModel = ({ source, acts, clock, size }: ModelDeps): ScreenModel => {
  let state = initialState(size)
  let drawnAt = Number.NEGATIVE_INFINITY
  /** Milliseconds that the last frame took. */
  let cost = 0
  let isStopped = false
  let isPasting = false
  let fireables: readonly Fireable[] = []
  let callOffDraw: (() => void) | null = null
  let callOffTick: (() => void) | null = null
  let callOffLook: (() => void) | null = null
  const fields = new Map<string, KnownFields>()
  const readers = new Set<() => void>()

  const changed = () => {
    if (callOffDraw !== null || isStopped) return
    callOffDraw = clock.after(Math.max(0, drawnAt + Math.max(frameGap, cost * share) - clock.now()), draw)
  }

  const draw = () => {
    callOffDraw = null
    drawnAt = clock.now()
    for (const reader of readers) reader()
    cost = Math.min(clock.now() - drawnAt, mostCost)
    const seesChats = (hasChatsBeside(state) && state.opened === null) || state.pane === 'chats'
    if (callOffTick === null && seesChats && hasRoom(state.size) && isTicking(source, clock.now())) {
      callOffTick = clock.after(1_000, () => {
        callOffTick = null
        changed()
      })
    }
  }

  const fieldsOf = (event: string): KnownFields => {
    const known = fields.get(event)
    if (known !== undefined) return known
    fields.set(event, 'loading')
    void acts.fieldsOf(event).then(loaded => {
      fields.set(event, loaded)
      changed()
    })
    return 'loading'
  }

  const relatedOf = (event: Event): readonly Event[] => ('delivery' in event ? source.history.ofDelivery(event.delivery) : [])

  const facts = (): Facts => ({
    rows: source.rows,
    chats: state.pane === 'chats' ? chatOrder(chatGroups(source)) : [],
    isFailure,
    relatedOf,
    mostScroll: () => detailLines(state, { world: source.world, history: source.history, fieldsOf }, bodyHeight(state) - rowsAboveDetail(state)).mostScroll,
  })

  const act = (action: Action) => {
    const before = state
    state = reduce(state, action, action.type === 'toggle-pane' ? { ...facts(), chats: chatOrder(chatGroups(source)) } : facts())
    if (state.filter !== before.filter) source.filterBy(state.filter)
    if (state !== before) changed()
  }

  const tell = (notice: Notice) => act({ type: 'told', notice })

  const errand = (name: Errand) =>
    runErrand(name, {
      acts,
      act,
      tell,
      world: source.world,
      state,
      chat: chatOfState(),
      delivery: () => {
        const event = state.opened?.event ?? selectedEvent(state, source.rows)
        if (event === undefined || !('delivery' in event)) return null
        const known = source.history.ofDelivery(event.delivery)
        return deliveryFacts(event, known.length === 0 ? (state.opened?.related ?? []) : known, source.world.deliveries[event.delivery])
      },
      event: state.opened?.event ?? selectedEvent(state, source.rows),
      loadFireables: () => {
        if (fireables.length > 0) return
        void acts.fireables().then(loaded => {
          fireables = loaded
          changed()
        })
      },
    })

  /** The chat that a message of the agent would go to. */
  const chatOfState = (): number | null => {
    if (state.pane === 'chats') return state.chat
    const event = state.opened?.event ?? selectedEvent(state, source.rows)
    const own = event === undefined ? undefined : source.history.chatOf(event)
    const isOpen = own !== undefined && source.openChats.has(own)
    return isOpen ? own : (chatOrder(chatGroups(source))[0] ?? null)
  }

  const completions = (text: string): readonly Completion[] => completionsOf(text, source.history.events, source.history.chatOf)

  const put = (field: Field, draft: Draft) => {
    const filter = field.kind === 'filter' && parseFilter(draft.text).ok ? draft.text.trim() : undefined
    // A wrong filter is not applied, but what is wrong with it is told.
    if (field.kind === 'filter' && filter === undefined) source.filterBy(draft.text)
    act({ type: 'typed', draft, ...(filter === undefined ? {} : { filter }) })
    if (field.kind === 'filter' && filter !== undefined) source.filterBy(filter)
  }

  const offered = (field: Field): number =>
    field.kind === 'filter' ? completions(field.draft.text).length : field.kind === 'fire' ? found(fireables, field.draft.text).length : 0

  const complete = (field: Field, choice: number) => {
    const completion = completions(field.draft.text)[choice]
    if (completion === undefined) return
    const text = completed(field.draft.text, completion)
    put(field, { ...field.draft, text, cursor: text.length })
  }

  const leave = (field: Field) => {
    if (field.kind === 'filter') source.filterBy('')
    if (field.kind === 'filter') act({ type: 'filter', text: '' })
    act({ type: 'field-closed' })
  }

  const send = (field: Field) => {
    const text = field.draft.text.replaceAll(/\s+/g, ' ').trim()
    if (field.kind === 'filter') {
      if (field.choice !== null) complete(field, field.choice)
      if (!parseFilter(state.field?.draft.text ?? '').ok) return
      return act({ type: 'field-closed' })
    }
    if (field.kind === 'fire') {
      const chosen = found(fireables, field.draft.text)[field.choice ?? 0]
      if (chosen === undefined) return
      act({ type: 'field-closed' })
      return void acts.fire(chosen).then(tell)
    }
    act({ type: 'field-closed' })
    if (field.kind === 'webhook') return void acts.setWebhook(text).then(tell)
    if (text !== '' && field.chat !== null) void acts.write(field.chat, field.draft.text.trim()).then(tell)
  }

  const pressInField = (field: Field, press: Press) => {
    const name = nameOf(press)
    if (!field.draft.isPasting) {
      if (name === 'ctrl-c') return acts.quit()
      if (name === 'esc') return leave(field)
      const number = offered(field)
      if ((name === 'down' || name === 'up') && number > 0) {
        const from = field.choice ?? (name === 'down' ? -1 : 0)
        return act({ type: 'choose', choice: (from + (name === 'down' ? 1 : -1) + number) % number })
      }
      if (name === 'tab') return field.kind === 'filter' ? complete(field, field.choice ?? 0) : undefined
    }
    const { draft, isSent } = edit(field.draft, press as Parameters<typeof edit>[1])
    if (isSent) return send(field)
    put(field, draft)
  }

  const pressOne = (press: Press) => {
    if (isStopped) return
    const name = nameOf(press)
    if (!hasRoom(state.size)) {
      if (name === 'q' || name === 'ctrl-c') acts.quit()
      return
    }
    if (state.sheet !== null) {
      if (name === 'ctrl-c') return acts.quit()
      return act({ type: name !== 'esc' && hasMoreSheet(state) ? 'sheet-turned' : 'sheet-closed' })
    }
    if (state.notice !== null) act({ type: 'told', notice: null })
    if (state.field !== null) return pressInField(state.field, press)
    const bound = bindings[name]
    if (bound === undefined) return
    if (typeof bound === 'string') return errand(bound)
    if (bound.type === 'open' && state.opened !== null) return act({ type: 'back' })
    if (bound.type === 'open' && state.pane === 'chats') {
      if (state.chat === null) return
      act({ type: 'filter', text: `chat:${state.chat}` })
      return act({ type: 'toggle-pane' })
    }
    if (bound.type === 'back' && state.opened === null && state.pane === 'events' && state.filter !== '') return act({ type: 'filter', text: '' })
    act(bound)
  }

  /** Looks for somebody at the address of the webhooks, for as long as the first screen stands there. */
  const look = async () => {
    callOffLook = null
    if (isStopped || !isQuiet(source)) return
    const webhook = source.world.account?.channels[0]?.webhook ?? null
    const isHeard = webhook === null ? null : await acts.isHeard(webhook)
    if (isStopped) return
    act({ type: 'heard', isHeard })
    callOffLook = clock.after(lookGap, () => void look())
  }
  void look()

  return {
    state: () => state,
    frame: () => {
      const frameFacts: FrameFacts = { source, now: clock.now(), fieldsOf, completions, fireables }
      return frameOf(state, frameFacts)
    },
    subscribe: reader => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    press: press => {
      if (press.input === pasteBegins || press.input === pasteEnds) isPasting = press.input === pasteBegins
      // What is pasted where nothing is typed is no row of keys: a q in it would end everything.
      else if (isPasting && state.field === null) return
      for (const one of singles(press, isPasting)) pressOne(one)
    },
    take: events => {
      source.take(events)
      changed()
    },
    resize: next => {
      act({ type: 'resized', size: next })
      changed()
    },
    tell,
    stop: () => {
      isStopped = true
      for (const callOff of [callOffDraw, callOffTick, callOffLook]) callOff?.()
    },
  }
}

const noKey = {}

const pasteBegins = '[200~'
const pasteEnds = '[201~'

/** What Ink leaves of a sequence that it does not know, such as a key of another keyboard. */
const unknownSequence = /^\[[\d;<>?]+[A-Za-z~]$/

/** Fast hands and slow programs make several keys into one: each is taken by itself, unless it is something pasted. */
const singles = (press: Press, isPasting: boolean): Press[] => {
  const { input, key } = press
  if (isPasting || input === pasteBegins || input === pasteEnds) return [press]
  if (unknownSequence.test(input)) return []
  // The way out and the next key, taken for one with Alt.
  if (key.meta === true && key.escape !== true && [...input].length === 1)
    return [
      { input: '', key: { escape: true } },
      { input, key: noKey },
    ]
  const letters = [...input]
  if (letters.length < 2) return [press]
  return letters.map(letter => {
    if (letter === '\r' || letter === '\n') return { input: '', key: { return: true } }
    if (letter === '\t') return { input: '', key: { tab: true } }
    if (letter === '\u007f') return { input: '', key: { backspace: true } }
    if (letter === '\u0003') return { input: 'c', key: { ctrl: true } }
    return { input: letter, key: noKey }
  })
}
