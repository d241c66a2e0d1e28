import type { Fact } from '../../contracts/journal.js'
import type { World } from '../world/world.js'
import { pageOf, pagesOf } from './pages.js'
import { Refusal, type Theme } from './rule.js'

/**
 * Callbacks that follow from what happens on Jivo's side, and those asked for from outside.
 *
 * Those that follow from what the visitor does with the window (load, open, close, state, size) are called by the widget
 * itself and only reported.
 */
export const callbacks: Theme = {
  decide: {
    'callback.request': (world, { callback, args, page }) => {
      if (Object.keys(world.pages).length === 0) {
        throw new Refusal(409, 'no-pages', 'No page is open, so there is nobody to call. Open the shop page or your own site first.')
      }
      return [{ type: 'callback.requested', callback, args: [...args], ...(page === undefined ? {} : { page: pageBeginningWith(world, page) }) }]
    },

    'page.fired': (world, { page, callback, args, outcome, error, scheduled }) => [
      {
        type: 'callback.fired',
        page: pageOf(world, page).id,
        callback,
        args: [...args],
        outcome,
        ...(error === undefined ? {} : { error }),
        // A page may say anything: only what is in the past can be a cause.
        ...(scheduled !== undefined && scheduled > 0 && scheduled <= world.seq ? { cause: scheduled } : {}),
      },
    ],
  },

  react: {
    'callback.requested': (world, { callback, args, page }) =>
      Object.keys(world.pages)
        .filter(id => page === undefined || id === page)
        .map(id => schedule(id, callback, args)),

    // Documented for a dialog that the visitor starts without a proactive invitation before.
    'chat.started': (world, { page, visitor }) =>
      page !== undefined && world.visitors[visitor]?.invitation === null ? [schedule(page, 'jivo_onClientStartChat')] : [],

    'message.sent': (world, { by, first, page, visitor, invitation }) => {
      // The page showed it before.
      if (invitation) return []
      if (by === 'agent') return pagesOf(world, visitor).map(({ id }) => schedule(id, 'jivo_onMessageReceived'))
      return first && page !== undefined ? [schedule(page, 'jivo_onMessageSent')] : []
    },

    'chat.accepted': (world, { visitor }) => pagesOf(world, visitor).map(({ id }) => schedule(id, 'jivo_onAccept')),

    // Documented for a call to the client's number, from the form or from `startCall`.
    'call.started': (world, { visitor, page }) => (page === undefined ? [] : pagesOf(world, visitor).map(({ id }) => schedule(id, 'jivo_onCallStart'))),

    'call.changed': (world, { call, visitor, status, reason }) => {
      if (world.calls[call]?.fromPage !== true || (status !== 'end' && status !== 'error')) return []
      const outcome = status === 'end' ? { result: 'ok' } : { result: 'fail', reason: reason ?? 'the call broke off' }
      return pagesOf(world, visitor).map(({ id }) => schedule(id, 'jivo_onCallEnd', [outcome]))
    },

    'contacts.given': (_, { via, page }) => (via === 'form' && page !== undefined ? [schedule(page, 'jivo_onIntroduction')] : []),
  },
}

/** The id of the one open page whose id begins so. */
const pageBeginningWith = (world: World, prefix: string): string => {
  if (world.pages[prefix] !== undefined) return prefix
  const [found, other] = Object.keys(world.pages).filter(id => id.startsWith(prefix))
  if (found === undefined) {
    const open = Object.values(world.pages).map(({ id, url }) => `${id.slice(0, 9)} (${url})`)
    throw new Refusal(404, 'no-page', `No open page has an id that begins with ${prefix.slice(0, 60)}. Open: ${open.slice(0, 10).join(', ')}.`, 'page')
  }
  if (other !== undefined) throw new Refusal(409, 'many-pages', `More than one open page has an id that begins with ${prefix}; give more of it.`, 'page')
  return found
}

const schedule = (page: string, callback: string, args: readonly unknown[] = []): Fact => ({
  type: 'callback.scheduled',
  page,
  callback,
  args: [...args],
})
