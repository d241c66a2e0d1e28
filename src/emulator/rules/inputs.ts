import type { Account, AgentsMode } from '../../contracts/account.js'
import type { BotRequest } from '../../contracts/bot-api.js'
import type { ChatRequest } from '../../contracts/chat-api.js'
import type { AttemptResult, Card, ClientCard, EventOf, Timing, Utm } from '../../contracts/journal.js'
import type { MessageContent, Rate } from '../../contracts/messages.js'
import type { Contacts } from '../../contracts/page-channel.js'
import type { TokenJudgement } from '../../contracts/user-token.js'
import type { Quirks } from '../../contracts/webhooks/quirks.js'
import type { Verdict } from '../../contracts/webhooks/replies.js'
import type { WidgetSettings } from '../../contracts/widget-settings.js'
import type { BotDoubt } from './bot-doubts.js'
import type { ChatDoubt } from './chat-channels.js'

/** What comes from a page. */
interface Said {
  readonly page: string
  /** Place among the frames of the page. One that came before is not taken again. */
  readonly order?: number | undefined
}

/** What clients ask for, parsed and not yet decided: the only things that come into `dispatch`. Secrets are already masked. */
export type Input =
  | {
      readonly type: 'emulator.start'
      readonly version: string
      readonly seed: number
      readonly origin: string
      readonly account: Account
      readonly dropped: number
    }
  | { readonly type: 'emulator.stop' }
  | {
      readonly type: 'page.open'
      readonly page: string
      readonly key: string
      readonly channel: string
      readonly url: string
      readonly title: string
      readonly referrer: string
      readonly language: string
      readonly userAgent: string
      readonly utm?: Utm | undefined
    }
  | { readonly type: 'page.close'; readonly page: string }
  | (Said & { readonly type: 'page.state'; readonly from: string | null; readonly to: string })
  | (Said & {
      readonly type: 'page.api'
      readonly method: string
      readonly args: readonly unknown[]
      readonly result: unknown
      readonly effects: readonly ApiEffect[]
    })
  | (Said & {
      readonly type: 'page.fired'
      readonly callback: string
      readonly args: readonly unknown[]
      readonly outcome: 'called' | 'missing' | 'threw'
      readonly error?: string | undefined
      /** `seq` of the event that asked for it. */
      readonly scheduled?: number | undefined
    })
  | (Said & {
      readonly type: 'visitor.write'
      readonly id: string
      readonly text: string
      readonly content?: MessageContent | undefined
      readonly button?: { readonly message: string; readonly id: string } | undefined
    })
  | (Said & { readonly type: 'visitor.type'; readonly text: string })
  | (Said & { readonly type: 'visitor.rate'; readonly chat: number; readonly rate: Rate })
  | (Said & { readonly type: 'visitor.call'; readonly phone: string })
  | (Said & { readonly type: 'page.unknown'; readonly name: string })
  | (Said & { readonly type: 'page.invited'; readonly text: string; readonly name?: string | undefined })
  | (Said & { readonly type: 'visitor.introduce'; readonly contacts: GivenContacts })
  | (Said & { readonly type: 'visitor.leaveMessage'; readonly id: string; readonly contacts: GivenContacts; readonly message: string })
  /** Somebody who writes in a channel is there: by name or by type, an absent channel is added. */
  | {
      readonly type: 'client.come'
      readonly channel: string
      readonly id: string
      readonly contacts: GivenContacts
      readonly page?: { readonly url: string; readonly title: string } | undefined
    }
  | {
      readonly type: 'client.write'
      readonly visitor: number
      readonly id: string
      readonly text: string
      readonly content?: MessageContent | undefined
      readonly button?: { readonly message: string; readonly id: string } | undefined
    }
  /** What stands in the client's composer; empty when nothing does any more. */
  | { readonly type: 'client.type'; readonly visitor: number; readonly text: string }
  | { readonly type: 'client.rate'; readonly visitor: number; readonly rate: Rate }
  /** The client ends the chat. */
  | { readonly type: 'client.leave'; readonly visitor: number }
  | {
      readonly type: 'request.refuse'
      readonly api: 'bot-api' | 'chat-api'
      readonly who: string
      readonly status: number
      readonly code: string
      readonly field: string
      readonly message: string
      readonly source: string
    }
  /** Requests are refused faster than they are recorded. */
  | { readonly type: 'request.flood'; readonly api: 'bot-api' | 'chat-api'; readonly most: number }
  /** `doubts` are what the headers of the request gave. */
  | { readonly type: 'bot.request'; readonly bot: string; readonly request: BotRequest; readonly doubts: readonly BotDoubt[] }
  /** The clock passed the time at which the bot of a chat must have spoken. */
  | { readonly type: 'bot.overdue'; readonly chat: number }
  /** What a customer's server says; the channel goes by its digits. `doubts` are what its parser let pass. */
  | { readonly type: 'chat.request'; readonly channel: string; readonly request: ChatRequest; readonly doubts: readonly ChatDoubt[] }
  | { readonly type: 'agent.accept'; readonly chat: number }
  | {
      readonly type: 'agent.reply'
      readonly chat: number
      readonly id: string
      readonly text: string
      readonly content?: MessageContent | undefined
      /** Whoever holds the chat when absent. */
      readonly agent?: number | undefined
    }
  | { readonly type: 'agent.type'; readonly chat: number; readonly on: boolean; readonly agent?: number | undefined }
  | { readonly type: 'agent.bringIn'; readonly chat: number; readonly agent: number }
  | { readonly type: 'agent.handOver'; readonly chat: number; readonly agent: number }
  | { readonly type: 'agent.note'; readonly visitor: number; readonly text: string; readonly chat?: number | undefined }
  | { readonly type: 'assistant.answer'; readonly chat: number; readonly text: string }
  | { readonly type: 'assistant.fail'; readonly chat: number; readonly message: string }
  | { readonly type: 'agent.invite'; readonly visitor: number; readonly text: string }
  | { readonly type: 'agent.askForRating'; readonly chat: number }
  | { readonly type: 'account.edit'; readonly mode?: AgentsMode | undefined; readonly webhook?: string | null | undefined }
  | {
      readonly type: 'channel.editQuirks'
      readonly channel: string
      readonly quirks: { readonly [Key in keyof Quirks]?: Quirks[Key] | undefined }
    }
  | {
      readonly type: 'channel.editWidget'
      readonly channel: string
      readonly widget: { readonly [Key in keyof WidgetSettings]?: WidgetSettings[Key] | undefined }
    }
  | { readonly type: 'agent.finish'; readonly chat: number }
  | { readonly type: 'agent.editContacts'; readonly visitor: number; readonly contacts: GivenContacts }
  | { readonly type: 'agent.editAttributes'; readonly visitor: number; readonly attributes: Readonly<Record<string, string | number | null>> }
  | { readonly type: 'agent.editClient'; readonly visitor: number; readonly client: { readonly [Key in keyof ClientCard]?: ClientCard[Key] | undefined } }
  | { readonly type: 'agent.assign'; readonly chat: number }
  | { readonly type: 'call.start'; readonly visitor: number; readonly kind: 'callback' | 'incoming' | 'outgoing'; readonly phone: string }
  | {
      readonly type: 'call.change'
      readonly call: number
      readonly status: 'agent_connected' | 'client_connected' | 'end' | 'error'
      readonly reason?: string | undefined
      readonly recordUrl?: string | undefined
    }
  /** A webhook with this very body, to the channel's address or to the CRM's. */
  | { readonly type: 'webhook.trigger'; readonly address: 'channel' | 'crm'; readonly event: string; readonly body: Readonly<Record<string, unknown>> }
  /** Deliveries go out again, as the journal has them; to another address when one is given. */
  | { readonly type: 'delivery.resend'; readonly deliveries: readonly EventOf<'delivery.scheduled'>[]; readonly to?: string | undefined }
  | { readonly type: 'callback.request'; readonly callback: string; readonly args: readonly unknown[]; readonly page?: string | undefined }
  | {
      readonly type: 'delivery.attempt'
      readonly delivery: string
      readonly result: AttemptResult
      readonly timing: Timing
      /** What the answer is worth; null when nothing answered. */
      readonly verdict: Verdict | null
    }

export type InputType = Input['type']
export type InputOf<Type extends InputType> = Extract<Input, { type: Type }>

/** What a call of `jivo_api` asks Jivo for. */
export type ApiEffect =
  | { readonly kind: 'contacts'; readonly contacts: GivenContacts }
  | { readonly kind: 'custom-data'; readonly fields: NonNullable<Card['customData']> }
  | { readonly kind: 'token'; readonly token: string; readonly judged?: TokenJudgement | undefined }
  | { readonly kind: 'attributes'; readonly attributes: Readonly<Record<string, string | number>> }
  | { readonly kind: 'page'; readonly title?: string | undefined; readonly url?: string | undefined }
  | { readonly kind: 'invitation'; readonly text: string; readonly department?: number | undefined }
  | { readonly kind: 'call'; readonly phone: string }
  | { readonly kind: 'rules'; readonly actions: number }
  | { readonly kind: 'clear' }
  | { readonly kind: 'misuse'; readonly problem: string }

/** Contacts as a form or a page gives them: a key that is left out keeps its old value. */
export type GivenContacts = { readonly [Key in keyof Contacts]?: string | null | undefined }
