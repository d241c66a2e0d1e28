import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Event } from '../../src/contracts/journal.js'
import { id, startEmulator, until } from './emulator.js'

/**
 * A journal of so many events: one visit as the emulator records it, again and again, each by another visitor, with every
 * tenth webhook not taken. Times go up; the last event is from just now.
 */
export const longJournal = async (events: number): Promise<Event[]> => {
  const [start, visit] = await recordVisit()
  const shift = start.length
  const rounds = Math.ceil((events - shift) / visit.length)
  const all = [...start]
  const began = Date.now() - rounds * 2_000
  for (let round = 0; round < rounds; round += 1) {
    const moved = round * visit.length
    const delivery = (own: string) => own.replace(/^d(\d+)/, (_, seq) => `d${Number(seq) + moved}`)
    for (const event of visit) {
      const at = began + round * 2_000 + (event.at - (visit[0]?.at ?? 0))
      const copy = { ...event, seq: event.seq + moved, at } as Record<string, unknown>
      if (event.cause !== undefined) copy.cause = event.cause > shift ? event.cause + moved : event.cause
      if ('visitor' in event) copy.visitor = round + 1
      if ('chat' in event) copy.chat = 9001 + round
      if ('page' in event) copy.page = `${event.page}${round}`
      if ('message' in event && event.type === 'message.sent') copy.message = `${event.message}${round}`
      if ('key' in event) copy.key = `${event.key}${round}`
      if ('delivery' in event) copy.delivery = delivery(event.delivery)
      if (event.type === 'message.sent') copy.text = `${event.text} Order KM-${1000 + round}`
      if (round % 10 === 9 && event.type === 'delivery.done') {
        Object.assign(copy, { type: 'delivery.failed', status: 500, reason: 'status', message: 'Expected status 2xx, got 500.' })
      }
      all.push(copy as unknown as Event)
    }
  }
  for (const event of start) Object.assign(event, { at: began })
  return all.slice(0, events)
}

/** Writes it where `emulate --data` of this folder finds it. */
export const writeLongJournal = async (folder: string, events: number): Promise<void> => {
  mkdirSync(join(folder, '.jivo-dev'), { recursive: true, mode: 0o700 })
  const lines = (await longJournal(events)).map(event => `${JSON.stringify(event)}\n`)
  writeFileSync(join(folder, '.jivo-dev/journal.jsonl'), lines.join(''))
}

/** What comes before any visit, and one visit from the page to the end of the chat. */
const recordVisit = async (): Promise<[Event[], Event[]]> => {
  const emulator = await startEmulator()
  const page = emulator.connect()
  await page.wait('welcome')
  page.say({ type: 'state', from: null, to: 'label' })
  page.say({ type: 'state', from: 'label', to: 'chat' })
  page.say({ type: 'write', id: id('m', 1), text: 'Hello!' })
  await page.wait('message', frame => (frame.message as { by: string }).by === 'agent')
  page.say({ type: 'contacts', contacts: { name: 'Vera Lind', email: 'vera@example.test' } })
  for (const callback of ['jivo_onClientStartChat', 'jivo_onMessageSent', 'jivo_onAccept', 'jivo_onMessageReceived']) {
    page.say({ type: 'fired', callback, args: [], outcome: 'called' })
  }
  await until(async () => (await emulator.eventsOf('callback.fired')).length === 4)
  await emulator.dispatch({ type: 'agent.finish', chat: 9001 })
  page.close()
  await until(async () => (await emulator.eventsOf('delivery.done')).length === (await emulator.eventsOf('delivery.scheduled')).length)
  await until(async () => (await emulator.eventsOf('page.closed')).length === 1)
  const events = await emulator.events()
  const first = events.findIndex(({ type }) => type === 'visitor.appeared')
  return [events.slice(0, first), events.slice(first)]
}
