import type { Event } from '../../src/contracts/journal.js'
import type { World } from '../../src/emulator/world/world.js'

/** All events of a running emulator so far. `url` ends with a slash. */
export const eventsAt = async (url: string): Promise<Event[]> =>
  (await (await fetch(`${url}_dev/events`)).text())
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))

/** The world of a running emulator. */
export const stateAt = async (url: string): Promise<World> => (await (await fetch(`${url}_dev/state`)).json()) as World

/** Posts to a route under `/_dev`, as the console does. */
export const requestAt = (url: string, path: string, body: object = {}): Promise<Response> =>
  fetch(`${url}_dev/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** The same, and rejects with the answer's text when it is not 2xx. */
export const askAt = async (url: string, path: string, body?: object): Promise<Response> => {
  const answer = await requestAt(url, path, body)
  if (!answer.ok) throw new Error(`/_dev/${path} answered ${answer.status}: ${await answer.text()}`)
  return answer
}
