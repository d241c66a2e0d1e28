/**
 * The library: the emulator for people's own tests, and the contracts.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import type { EmulatorOptions, RunningEmulator } from './library/listen.js'

export type { Evidence, Provenance } from './contracts/evidence.js'
export type { Event, EventOf, FactType } from './contracts/journal.js'
export type { ChatAccepted, ChatFinished, ChatUpdated, OfflineMessage, WebhookBody, WebhookName } from './contracts/webhooks/events.js'
export { webhookContract, webhookNames, webhooks } from './contracts/webhooks/events.js'
export type { Answer, DataReply, Verdict } from './contracts/webhooks/replies.js'
export { judgeAnswer } from './contracts/webhooks/replies.js'
export type { Addresses, From, Jivo, Written } from './library/jivo.js'
export type { EmulatorOptions, RunningEmulator } from './library/listen.js'
export type { JivoOptions } from './library/options.js'

/**
 * Starts the emulator on a port of this machine's loopback, with its journal in memory. Browsers, bots and servers in any
 * language reach it there.
 *
 * @throws Error of the port, such as `EADDRINUSE`
 *
 * @example
 * const jivo = await createEmulator({ webhook: 'http://127.0.0.1:3000/jivo' })
 * await jivo.write('Hello')
 * await jivo.waitFor('delivery.done', ({ event }) => event === 'chat_accepted')
 * await jivo.close()
 */
export const createEmulator = async (options: EmulatorOptions = {}): Promise<RunningEmulator> => {
  const { listen } = await import('./library/listen.js')
  // Both src/ and dist/ are one level below the package.
  return listen(options, fileURLToPath(new URL('../dist', import.meta.url)))
}
