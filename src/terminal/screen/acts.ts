import type { AgentsMode } from '../../contracts/account.js'
import type { DeliveryFacts } from '../../reading/delivery-facts.js'
import type { Fireable } from './fire-list.js'
import type { KnownFields } from './json-part.js'
import type { Notice } from './state.js'

/** What the screen asks of the world around it. Everything resolves with what to tell; nothing rejects. */
export interface Acts {
  readonly resend: (delivery: string) => Promise<Notice>
  /** Lets the person edit a body, and sends it as a new delivery. */
  readonly resendEdited: (delivery: DeliveryFacts) => Promise<Notice>
  /** Hands a text to the clipboard, as far as the terminal takes it. */
  readonly copy: (text: string) => void
  readonly saveFixture: (event: string, body: Readonly<Record<string, unknown>>) => Promise<Notice>
  /** A path of the emulator's own pages: empty for the shop. */
  readonly open: (path: string) => Promise<Notice>
  readonly fire: (what: Fireable) => Promise<Notice>
  readonly write: (chat: number, text: string) => Promise<Notice>
  readonly setMode: (mode: AgentsMode) => Promise<Notice>
  /** An empty address sends nothing. */
  readonly setWebhook: (address: string) => Promise<Notice>
  readonly fireables: () => Promise<readonly Fireable[]>
  readonly fieldsOf: (event: string) => Promise<Exclude<KnownFields, 'loading'>>
  /** Whether somebody listens at an address. */
  readonly isHeard: (address: string) => Promise<boolean>
  /** Leaves the terminal to the shell until the person comes back. */
  readonly suspend: () => void
  readonly quit: () => void
}
