import type { FileContent, Rate } from '../contracts/messages.js'
import type { ChatMessage, Contacts, NewsFrame, PhoneCall, Rating, WidgetState } from '../contracts/page-channel.js'
import type { AutomaticAction, WidgetSettings } from '../contracts/widget-settings.js'
import { areUnknown, type GivenContacts, mergeContacts, noContacts } from './contacts.js'

/** A message of the visitor's that has not come back yet. */
export interface PendingMessage {
  readonly id: string
  readonly text: string
  readonly content?: FileContent | undefined
  readonly button?: PressedButton | undefined
  readonly at: number
  readonly status: 'sending' | 'failed'
}

/** A button of a message that the visitor pressed. */
export interface PressedButton {
  readonly message: string
  readonly id: string
}

/** A proactive invitation, as long as it is shown. `name` is that of the agent. */
export interface Invitation {
  readonly text: string
  readonly name: string | null
}

/** What the visitor has typed into fields, kept while the window is closed or shows something else. */
export interface Draft {
  /** The composer and the message of the offline form: a text outlives a change of mode. */
  readonly message: string
  readonly name: string
  readonly email: string
  readonly phone: string
}

export type OfflineForm =
  | { readonly step: 'editing' }
  | { readonly step: 'sending'; readonly id: string; readonly address: string }
  | { readonly step: 'sent'; readonly address: string }
  | { readonly step: 'refused'; readonly reason: string }

/** The form that asks for contacts in the conversation. */
export type Introduction = 'none' | 'offered' | 'skipped' | { readonly sentAfter: string | null }

/** Everything that the widget shows and answers from. */
export interface Session {
  /** `lost` once a new connection failed, so that a short break is not spoken of. */
  readonly link: 'new' | 'open' | 'lost'
  /** Last event that is shown. */
  readonly seq: number
  /** Number of the visitor; 0 before the emulator said it. */
  readonly visitor: number
  /** Pages that the visitor opened so far. */
  readonly pages: number
  readonly settings: WidgetSettings
  /** Colours that the page set; those of the settings otherwise. */
  readonly colors: readonly string[] | null
  /** Automatic actions that the page set; those of the settings otherwise. */
  readonly actions: readonly AutomaticAction[] | null
  readonly mode: 'online' | 'offline'
  readonly contacts: Contacts
  readonly agent: string | null
  readonly messages: readonly ChatMessage[]
  readonly pending: readonly PendingMessage[]
  readonly isOpen: boolean
  /** What the open window shows: decided by the mode when it opens, unless something else is asked for. */
  readonly panel: 'chat' | 'offline' | 'call' | 'menu' | 'invitation'
  readonly invitation: Invitation | null
  /** The agent who is typing; null while nobody does, empty when the name is not known. */
  readonly typing: string | null
  readonly rating: Rating | null
  /** The phone call that was asked for last. */
  readonly call: PhoneCall | null
  readonly introduction: Introduction
  readonly offline: OfflineForm
  readonly draft: Draft
  readonly unread: number
}

/** What changes a session: a frame of the emulator, or something done on this page. */
export type Action =
  | Exclude<NewsFrame, { type: 'callback' }>
  | { readonly type: 'link'; readonly link: Session['link'] }
  | { readonly type: 'opened'; readonly panel?: 'chat' | 'call' | 'menu' | undefined }
  | { readonly type: 'closed' }
  | { readonly type: 'typed'; readonly field: keyof Draft; readonly value: string }
  | { readonly type: 'wrote'; readonly id: string; readonly text: string; readonly at: number; readonly content?: FileContent; readonly button?: PressedButton }
  | { readonly type: 'repeated'; readonly id: string }
  | { readonly type: 'introduced'; readonly contacts: GivenContacts }
  | { readonly type: 'skipped' }
  | { readonly type: 'left'; readonly id: string; readonly address: string; readonly contacts: GivenContacts }
  | { readonly type: 'again' }
  | { readonly type: 'given'; readonly contacts: GivenContacts }
  /** An invitation that begins on the page: `showProactiveInvitation` or an automatic action. */
  | { readonly type: 'invited'; readonly invitation: Invitation }
  | { readonly type: 'rated'; readonly rate: Rate }
  /** A call was asked for; with a reason, it could not begin. */
  | { readonly type: 'called'; readonly phone: string; readonly reason?: string }
  /** The visitor has seen how the call ended. */
  | { readonly type: 'callSeen' }
  | { readonly type: 'colored'; readonly colors: readonly string[] }
  | { readonly type: 'ruled'; readonly actions: readonly AutomaticAction[] }
  | { readonly type: 'prefilled'; readonly contacts: GivenContacts; readonly message: string }
  /** The visitor and the conversation are forgotten; what belongs to the page and the channel stays. */
  | { readonly type: 'cleared' }

/** Until the emulator has told what the channel's are. */
const noSettings: WidgetSettings = {
  boot: 'now',
  status: 'active',
  label: 'own',
  colors: ['#2456e6', '#5b3fd6'],
  callback: 'off',
  asksForRating: false,
  menu: [],
  language: 'page',
  actions: [],
}

export const newSession: Session = {
  link: 'new',
  seq: 0,
  visitor: 0,
  pages: 0,
  settings: noSettings,
  colors: null,
  actions: null,
  mode: 'online',
  contacts: noContacts,
  agent: null,
  messages: [],
  pending: [],
  isOpen: false,
  panel: 'chat',
  invitation: null,
  typing: null,
  rating: null,
  call: null,
  introduction: 'none',
  offline: { step: 'editing' },
  draft: { message: '', name: '', email: '', phone: '' },
  unread: 0,
}

/** The state as `jivo_onChangeState` names it. Widget API, callbacks; the split of the minimised states is a guess. */
export const stateOf = (session: Session): WidgetState => {
  if (!session.isOpen) return hasConversation(session) ? 'chat/min' : 'label'
  switch (session.panel) {
    case 'offline':
      return session.offline.step === 'sent' ? 'offline/success' : 'offline'
    case 'call':
      return hasConversation(session) ? 'chat/call' : 'call'
    // Jivo names no state for its menu of channels: the chat is still closed behind it.
    case 'menu':
      return hasConversation(session) ? 'chat/min' : 'label'
  }
  return session.introduction === 'offered' ? 'introduce' : 'chat'
}

export const isOver = ({ status }: PhoneCall): boolean => status === 'end' || status === 'error'

/** An invitation stands beside the closed widget: to the page it is open, to the eye it is not. */
export const isWindowOpen = ({ isOpen, panel }: Session): boolean => isOpen && panel !== 'invitation'

export const hasConversation = ({ messages, pending }: Session): boolean => messages.length + pending.length > 0

export const reduce = (session: Session, action: Action): Session => {
  switch (action.type) {
    case 'welcome': {
      const { seq, mode, contacts, agent, messages, visitor, pages, settings, rating, call } = action
      // A user token made another client of the visitor: nothing of the one before is theirs.
      const isOther = session.visitor !== 0 && session.visitor !== visitor
      const before = isOther ? { ...forgotten(session), pending: session.pending, draft: { ...newSession.draft, message: session.draft.message } } : session
      const missed = session.seq === 0 || isOther ? 0 : countNew(session.messages, messages)
      const pending = session.pending.filter(({ id }) => !messages.some(message => message.id === id))
      const unread = session.isOpen ? 0 : before.unread + missed
      // How a call ended is news to a page that saw it run.
      const lastCall = call !== null && isOver(call) && session.call === null ? null : call
      return changeMode(
        withContacts(
          { ...before, link: 'open', seq, visitor, pages, settings, rating, call: lastCall, typing: null, agent, messages, pending, unread },
          contacts,
        ),
        mode,
      )
    }
    case 'message': {
      const { seq, message } = action
      if (seq <= session.seq) return session
      // An answered invitation stands there before the emulator tells who said it.
      const isThere = session.messages.some(({ id }) => id === message.id)
      return {
        ...session,
        seq,
        messages: isThere ? session.messages.map(one => (one.id === message.id ? message : one)) : [...session.messages, message],
        pending: session.pending.filter(({ id }) => id !== message.id),
        typing: message.by === 'agent' ? null : session.typing,
        unread: session.unread + (message.by === 'agent' && !session.isOpen && !isThere ? 1 : 0),
      }
    }
    case 'agent':
      return action.seq <= session.seq ? session : { ...session, seq: action.seq, agent: action.name }
    case 'settings':
      return action.seq <= session.seq ? session : changeMode({ ...session, seq: action.seq, settings: action.settings }, action.mode)
    case 'typing':
      return action.seq <= session.seq ? session : { ...session, seq: action.seq, typing: action.name }
    case 'rating': {
      const { seq, rating } = action
      if (seq <= session.seq) return session
      // Who wrote on before the emulator told of the rate is not shown it again.
      const isPast = session.rating === null && rating !== null && rating.rate !== null
      return { ...session, seq, rating: isPast ? null : rating }
    }
    case 'call':
      return action.seq <= session.seq ? session : { ...session, seq: action.seq, call: action.call }
    case 'invitation':
      return invited(session, { text: action.text, name: action.name })
    case 'contacts':
      return action.seq <= session.seq ? session : withContacts({ ...session, seq: action.seq }, action.contacts)
    case 'received': {
      const { offline, draft } = session
      if (offline.step !== 'sending' || offline.id !== action.id) return session
      return { ...session, offline: { step: 'sent', address: offline.address }, draft: { ...draft, message: '' } }
    }
    case 'refused': {
      const { id, message } = action
      if (id === undefined) return session
      const { offline } = session
      if (offline.step === 'sending' && offline.id === id) return changeMode({ ...session, offline: { step: 'refused', reason: message } }, session.mode)
      return { ...session, pending: session.pending.map(sent => (sent.id === id ? { ...sent, status: 'failed' } : sent)) }
    }

    case 'link':
      return session.link === action.link ? session : { ...session, link: action.link }
    case 'opened':
      return {
        ...session,
        isOpen: true,
        unread: 0,
        panel: action.panel === 'call' || action.panel === 'menu' ? action.panel : session.mode === 'offline' ? 'offline' : 'chat',
      }
    case 'closed':
      return {
        ...session,
        isOpen: false,
        invitation: session.panel === 'invitation' ? null : session.invitation,
        offline: session.offline.step === 'sent' ? { step: 'editing' } : session.offline,
      }
    case 'typed':
      return { ...session, draft: { ...session.draft, [action.field]: action.value } }
    case 'wrote': {
      const { id, text, at, content, button } = action
      const { invitation, messages } = session
      return {
        ...session,
        // What is answered becomes part of the conversation, under the id that the emulator gives it.
        messages: invitation === null ? messages : [...messages, { id: `${id}i`, by: 'agent', text: invitation.text, at, ...nameOf(invitation) }],
        pending: [...session.pending, { id, text, at, content, button, status: 'sending' }],
        invitation: null,
        // Whoever writes on has done with the chat that they rated.
        rating: session.rating?.rate == null ? session.rating : null,
        // A file and a button say nothing of what is being typed.
        draft: content === undefined && button === undefined ? { ...session.draft, message: '' } : session.draft,
        introduction: afterWriting(session),
      }
    }
    case 'repeated':
      return { ...session, pending: session.pending.map(sent => (sent.id === action.id ? { ...sent, status: 'sending' } : sent)) }
    case 'introduced': {
      const sentAfter = session.pending.at(-1)?.id ?? session.messages.at(-1)?.id ?? null
      return { ...withContacts(session, mergeContacts(session.contacts, action.contacts)), introduction: { sentAfter } }
    }
    case 'skipped':
      return session.introduction === 'offered' ? { ...session, introduction: 'skipped' } : session
    case 'left': {
      const { id, address, contacts } = action
      return { ...withContacts(session, mergeContacts(session.contacts, contacts)), offline: { step: 'sending', id, address } }
    }
    case 'again':
      return changeMode({ ...session, offline: { step: 'editing' } }, session.mode)
    case 'given':
      return withContacts(session, mergeContacts(session.contacts, action.contacts))
    case 'invited':
      return invited(session, action.invitation)
    case 'rated':
      return session.rating === null ? session : { ...session, rating: { ...session.rating, rate: action.rate } }
    case 'called':
      return {
        ...session,
        call: { call: 0, phone: action.phone, ...(action.reason === undefined ? { status: 'start' } : { status: 'error', reason: action.reason }) },
      }
    case 'callSeen':
      return { ...session, call: null }
    case 'colored':
      return { ...session, colors: action.colors }
    case 'ruled':
      return { ...session, actions: action.actions }
    case 'cleared':
      return forgotten(session)
    case 'prefilled': {
      const known = withContacts(session, mergeContacts(session.contacts, action.contacts))
      return { ...known, draft: { ...known.draft, message: action.message } }
    }
  }
}

/** What belongs to the page and the channel, without the visitor. */
const forgotten = ({ isOpen, colors, actions, settings, mode }: Session): Session => ({
  ...newSession,
  isOpen,
  colors,
  actions,
  settings,
  mode,
  panel: mode === 'offline' ? 'offline' : 'chat',
})

/** A visitor who talks already, or looks at the window, is not invited over it: the text stands in the open window. */
const invited = (session: Session, invitation: Invitation): Session => {
  if (session.isOpen) return { ...session, invitation }
  return { ...session, invitation, isOpen: true, unread: 0, panel: hasConversation(session) ? 'chat' : 'invitation' }
}

const nameOf = ({ name }: Invitation) => (name === null ? {} : { name })

const countNew = (before: readonly ChatMessage[], now: readonly ChatMessage[]): number => {
  const known = new Set(before.map(({ id }) => id))
  return now.filter(({ id, by }) => by === 'agent' && !known.has(id)).length
}

/** A form that is being filled in, and one that is on its way, stay until they are done with. */
const changeMode = (session: Session, mode: Session['mode']): Session => {
  const { isOpen, panel, offline } = session
  if (mode === 'offline' && isOpen && !hasConversation(session)) return { ...session, mode, panel: 'offline' }
  const isBusy = offline.step === 'sending' || offline.step === 'sent'
  return { ...session, mode, panel: mode === 'online' && panel === 'offline' && !isBusy ? 'chat' : panel }
}

/** Contacts that became known fill the empty fields, and nobody asks for them any more. */
const withContacts = (session: Session, contacts: Contacts): Session => {
  const { name, email, phone, message } = session.draft
  const draft = { message, name: name || (contacts.name ?? ''), email: email || (contacts.email ?? ''), phone: phone || (contacts.phone ?? '') }
  const isAnswered = session.introduction === 'offered' && !areUnknown(contacts)
  return { ...session, contacts, draft, introduction: isAnswered ? 'skipped' : session.introduction }
}

/** Contacts are asked for once, after the first message. Whoever writes on without touching the form does not want it. */
const afterWriting = (session: Session): Introduction => {
  const { introduction, draft, contacts } = session
  if (introduction === 'none') return !hasConversation(session) && areUnknown(contacts) ? 'offered' : 'none'
  const isTouched = draft.email !== '' || draft.phone !== '' || draft.name !== (contacts.name ?? '')
  return introduction === 'offered' && !isTouched ? 'skipped' : introduction
}
