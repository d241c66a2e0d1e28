import { type RunningServer, startServer } from '../../src/transports/node-server.js'
import type { TestEmulator } from './emulator.js'

/** Puts an emulator of this process on a free port; `fetch` may look at what comes. */
export const serve = ({ fetch: app, pages }: TestEmulator, fetch = app): Promise<RunningServer> =>
  startServer({
    host: '127.0.0.1',
    port: 0,
    hosts: [],
    isOpen: false,
    token: null,
    fetch,
    pages,
    ready: { ready: true, name: 'jivo-dev', version: 'test', pid: 1 },
  })
