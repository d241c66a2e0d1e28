import type { Fact } from '../../contracts/journal.js'
import type { World } from '../world/world.js'
import { openChat, personAtConsole } from './chats.js'
import { channelOf, visitorOf } from './clients.js'
import { pageOf } from './pages.js'
import { Refusal, type Theme } from './rule.js'

/**
 * Phone calls. A call starts, agent and client are connected in either order (a callback dials the agent first), and it
 * ends or breaks off at any time. The order is a guess: Jivo documents the states only.
 */
export const calls: Theme = {
  decide: {
    'call.start': (world, { visitor, kind, phone }) => [startCall(world, visitor, kind, phone)],

    // A page that repeats itself after a lost connection does not call twice.
    'visitor.call': (world, { page, phone }) => {
      const { visitor } = pageOf(world, page)
      return runningCall(world, visitor) === undefined ? [startCall(world, visitor, 'callback', phone, page)] : []
    },

    'call.change': (world, { call: id, status, reason, recordUrl }) => {
      const { connected, status: before, visitor, chat } = callOf(world, id)
      if (before === 'end' || before === 'error') throw new Refusal(409, 'call-over', `Call ${id} is over: its last state is ${before}.`, 'status')
      if (connected.some(state => state === status)) throw new Refusal(409, 'call-state', `Call ${id} was ${status} before; a state comes once.`, 'status')
      if (reason !== undefined && status !== 'error')
        throw new Refusal(400, 'field', 'reason is wrong: only a call that breaks off with error has one.', 'reason')
      if (recordUrl !== undefined && status !== 'end') throw new Refusal(400, 'field', 'recordUrl is wrong: only a call that has ended has one.', 'recordUrl')
      const extra = { ...(reason === undefined ? {} : { reason }), ...(recordUrl === undefined ? {} : { recordUrl }) }
      return [{ type: 'call.changed', call: id, visitor, chat, status, ...extra }]
    },
  },

  react: {
    // The agent that works by itself picks up, talks and hangs up at once.
    'call.started': (world, { call, visitor, chat, page }) =>
      page !== undefined && world.account?.mode === 'auto' ? [{ type: 'call.changed', call, visitor, chat, status: 'agent_connected' }] : [],

    'call.changed': (world, { call: id, visitor, chat, status }) => {
      const next = { agent_connected: 'client_connected', client_connected: 'end' } as const
      const isAuto = world.calls[id]?.fromPage === true && world.account?.mode === 'auto'
      return isAuto && (status === 'agent_connected' || status === 'client_connected')
        ? [{ type: 'call.changed', call: id, visitor, chat, status: next[status] }]
        : []
    },
  },
}

/** A call from the visitor's pages that is not over. */
export const runningCall = (world: World, visitor: number) =>
  Object.values(world.calls).find(call => call.visitor === visitor && call.fromPage && call.status !== 'end' && call.status !== 'error')

/** The event with which a call begins. */
export const startCall = (world: World, number: number, kind: 'callback' | 'incoming' | 'outgoing', phone: string, page?: string): Fact => {
  const visitor = visitorOf(world, number)
  const chat = openChat(world, number)
  return {
    type: 'call.started',
    call: world.next.call,
    visitor: number,
    // A call without a dialog gets a number of its own from the same row.
    chat: chat?.id ?? world.next.chat,
    channel: chat?.channel ?? channelOf(world, visitor),
    agent: personAtConsole(world),
    kind,
    phone,
    ...(page === undefined ? {} : { page }),
  }
}

const callOf = (world: World, id: number) => {
  const call = world.calls[id]
  if (call === undefined) throw new Refusal(404, 'no-call', `There is no call ${id}.`, 'call')
  return call
}
