/** The library: contracts and the emulator for people's own tests. */

export type { Evidence, Provenance } from './contracts/evidence.js'
export type { ChatAccepted, ChatFinished, ChatUpdated, OfflineMessage, WebhookBody, WebhookName } from './contracts/webhooks/events.js'
export { webhookContract, webhookNames, webhooks } from './contracts/webhooks/events.js'
export type { Answer, DataReply, Verdict } from './contracts/webhooks/replies.js'
export { judgeAnswer } from './contracts/webhooks/replies.js'
