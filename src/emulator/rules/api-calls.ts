import type { Fact } from '../../contracts/journal.js'
import type { World } from '../world/world.js'
import { runningCall, startCall } from './calls.js'
import { openChat } from './chats.js'
import type { ApiEffect } from './inputs.js'
import { pageOf } from './pages.js'
import type { Theme } from './rule.js'
import { tokenSet } from './user-tokens.js'

/** Calls of `jivo_api` that change something on Jivo's side. The widget answers the page; what follows is decided here. */
export const calls: Theme = {
  decide: {
    'page.api': (world, { page, method, args, result, effects }, now) => {
      const { visitor } = pageOf(world, page)
      const chat = openChat(world, visitor)?.id
      const about = { visitor, ...(chat === undefined ? {} : { chat }), via: 'api' as const }
      const factsOf = (effect: ApiEffect): Fact | Fact[] => {
        switch (effect.kind) {
          case 'contacts':
            return { type: 'contacts.given', ...about, page, contacts: effect.contacts }
          case 'custom-data':
            return { type: 'card.changed', ...about, card: { customData: [...effect.fields] } }
          case 'token':
            return tokenSet(world, page, effect)
          case 'attributes':
            return attributesGiven(world, page, visitor, effect.attributes, now)
          case 'page': {
            const { url, title } = world.pages[page] ?? { url: '', title: '' }
            return { type: 'page.moved', page, visitor, url: effect.url ?? url, title: effect.title ?? title }
          }
          case 'invitation': {
            const { text, department } = effect
            return { type: 'invitation.sent', visitor, page, via: 'api', text, ...(department === undefined ? {} : { department }) }
          }
          case 'call': {
            const running = runningCall(world, visitor)
            if (running === undefined) return startCall(world, visitor, 'callback', effect.phone, page)
            return factsOf({ kind: 'misuse', problem: `call ${running.id} to ${running.phone} is running; no other was started` })
          }
          case 'rules':
            return { type: 'rules.set', visitor, page, actions: effect.actions }
          case 'clear':
            return { type: 'history.cleared', visitor, page }
          case 'misuse':
            return { type: 'warning.raised', code: 'api-misuse', message: `${method}: ${effect.problem}`, page, visitor, source: 'Widget API, methods' }
        }
      }
      return [{ type: 'api.called', page, visitor, method, args: [...args], result }, ...effects.flatMap(factsOf)]
    },

    'page.unknown': (world, { page, name }) => [
      {
        type: 'warning.raised',
        code: 'api-unknown',
        message: `The page looks for jivo_api.${name}, which Jivo's documents do not have: it is undefined.`,
        page,
        visitor: pageOf(world, page).visitor,
        source: 'Widget API, methods',
      },
    ],
  },
}

/** Calls of `setClientAttributes` that a visitor has in an hour. Widget API, methods. */
const attributeCallsAnHour = 10

/** Past the limit nothing is taken over: what Jivo does then is not documented. */
const attributesGiven = (world: World, page: string, visitor: number, attributes: Readonly<Record<string, string | number>>, now: number): Fact => {
  const recent = (world.visitors[visitor]?.attributeCalls ?? []).filter(at => now - at < 3_600_000)
  if (recent.length < attributeCallsAnHour) return { type: 'attributes.given', visitor, page, attributes: { ...attributes } }
  return {
    type: 'warning.raised',
    code: 'attributes-limit',
    message: `setClientAttributes: the visitor has had ${recent.length} calls in the last hour, and Jivo allows ${attributeCallsAnHour}; this one was dropped.`,
    page,
    visitor,
    source: 'Widget API, methods',
  }
}
