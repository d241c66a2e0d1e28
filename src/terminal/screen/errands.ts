import type { Event } from '../../contracts/journal.js'
import type { World } from '../../emulator/world/world.js'
import { curlOf, maskedParts } from '../../reading/curl.js'
import type { DeliveryFacts } from '../../reading/delivery-facts.js'
import type { Acts } from './acts.js'
import type { Errand } from './keys.js'
import type { Action, Notice, ScreenState } from './state.js'

interface ErrandFacts {
  readonly acts: Acts
  readonly act: (action: Action) => void
  readonly tell: (notice: Notice) => void
  readonly world: Readonly<World>
  readonly state: ScreenState
  /** The event that is open or under the bar. */
  readonly event: Event | undefined
  /** Its delivery; null where it is about none. */
  readonly delivery: () => DeliveryFacts | null
  readonly chat: number | null
  readonly loadFireables: () => void
}

const plain = (text: string): Notice => ({ tone: 'plain', text })

/** Does what a key asks for beyond the screen, and tells how it went. */
export const runErrand = (errand: Errand, facts: ErrandFacts) => {
  const { acts, act, tell, world, state, event, chat } = facts
  const report = (told: Promise<Notice>) => void told.then(tell)
  const withDelivery = (run: (delivery: DeliveryFacts) => void) => {
    const delivery = facts.delivery()
    if (delivery === null) return tell(plain('This event is no delivery. Choose one, for example with / type:delivery.'))
    run(delivery)
  }
  const withBody = (run: (delivery: DeliveryFacts, body: Readonly<Record<string, unknown>>) => void) =>
    withDelivery(delivery =>
      delivery.body === undefined ? tell(plain('The event that holds its body is older than what this list keeps.')) : run(delivery, delivery.body),
    )

  switch (errand) {
    case 'resend':
      return withDelivery(({ delivery }) => report(acts.resend(delivery)))
    case 'edit':
      return withBody(delivery => report(acts.resendEdited(delivery)))
    case 'curl':
      return withBody(({ to }, body) => {
        const masked = maskedParts(to, body)
        const note =
          masked.length === 0
            ? null
            : `Masked in it: ${masked.map(part => (part === 'token' ? 'user_token' : 'the address')).join(' and ')}. Put the real value in before you run it.`
        const command = curlOf(to, body, note)
        acts.copy(command)
        act({ type: 'show', title: 'Copied, if your terminal lets programs copy; it is also printed when you quit.', text: command.trimEnd() })
      })
    case 'fixture':
      return withBody(({ name }, body) => report(acts.saveFixture(name, body)))
    case 'link': {
      if (event === undefined) return
      const link = `${world.origin}/console#/timeline/${event.seq}`
      acts.copy(link)
      return tell({ tone: 'ok', text: `Copied, if your terminal lets programs copy: ${link}` })
    }
    case 'browse':
      return report(acts.open(event === undefined || isStart(event) ? '' : `console#/timeline/${event.seq}`))
    case 'console':
      return report(acts.open(state.pane === 'chats' && state.chat !== null ? `console#/desk/${state.chat}` : 'console'))
    case 'fire':
      facts.loadFireables()
      return act({ type: 'ask', kind: 'fire', text: '' })
    case 'write':
      if (chat === null) return tell(plain('No chat is open: write as a visitor first. o opens the shop page.'))
      return act({ type: 'ask', kind: 'message', text: '', chat })
    case 'toggle-agents': {
      const mode = world.account?.mode === 'offline' ? 'auto' : 'offline'
      return report(acts.setMode(mode))
    }
    case 'webhook': {
      const known = world.account?.channels[0]?.webhook ?? ''
      // A masked address is not the address.
      return act({ type: 'ask', kind: 'webhook', text: known.includes('…') ? '' : known })
    }
    case 'filter':
      return act({ type: 'ask', kind: 'filter', text: state.filter === '' ? '' : `${state.filter} ` })
    case 'suspend':
      return acts.suspend()
    case 'quit':
      return acts.quit()
  }
}

const isStart = ({ type }: Event) => type === 'emulator.started' || type === 'account.changed'
