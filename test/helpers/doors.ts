import { setupServer } from 'msw/node'
import { isChatPath } from '../../src/emulator/guard.js'
import { handlersFor } from '../../src/transports/msw.js'
import { startEmulator, type TestEmulator } from './emulator.js'
import { serve } from './server.js'

/** One way for a request to reach an emulator. */
export interface Door extends AsyncDisposable {
  readonly emulator: TestEmulator
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
}

type OpenDoor = (settings?: Parameters<typeof startEmulator>[0]) => Promise<Door>

const inProcess: OpenDoor = async settings => {
  const emulator = await startEmulator(settings)
  return {
    emulator,
    ask: async (path, init) => emulator.fetch(new Request(`http://127.0.0.1${path}`, init)),
    [Symbol.asyncDispose]: () => emulator.stop(0),
  }
}

const overHttp: OpenDoor = async settings => {
  const emulator = await startEmulator(settings)
  const server = await serve(emulator)
  return {
    emulator,
    ask: (path, init) => fetch(`http://127.0.0.1:${server.port}${path}`, init),
    [Symbol.asyncDispose]: async () => {
      await emulator.stop(0)
      await server.close()
    },
  }
}

/** Which of Jivo's hosts a path belongs to. */
const hostOf = (path: string) => (path.startsWith('/webhooks/') ? 'bot' : isChatPath(path) ? 'wh' : 'code')

const throughMsw: OpenDoor = async settings => {
  const emulator = await startEmulator(settings)
  const server = setupServer(...handlersFor(emulator))
  server.listen({ onUnhandledRequest: 'error' })
  return {
    emulator,
    ask: (path, init) => fetch(`https://${hostOf(path)}.jivosite.com${path}`, init),
    [Symbol.asyncDispose]: async () => {
      server.close()
      await emulator.stop(0)
    },
  }
}

/** Every door, for tests that must hold behind all of them. */
export const doors: [name: string, open: OpenDoor][] = [
  ['in process', inProcess],
  ['over HTTP', overHttp],
  ['through msw', throughMsw],
]

/** The doors that control routes have: msw stands for Jivo's own hosts, which have none. */
export const ownDoors = doors.slice(0, 2)
