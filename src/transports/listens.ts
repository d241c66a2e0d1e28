import { connect } from 'node:net'

/** How long a look may take, in milliseconds: the banner waits for it. */
const patience = 300

/** Whether somebody takes connections at the host and port of an address. Nothing is sent. */
export const listens = (url: string): Promise<boolean> =>
  new Promise(resolve => {
    const { hostname, port, protocol } = new URL(url)
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80), timeout: patience })
    const end = (isHeard: boolean) => {
      socket.destroy()
      resolve(isHeard)
    }
    socket.on('connect', () => end(true))
    // Too slow to say: then nothing is said.
    socket.on('timeout', () => end(true))
    socket.on('error', () => end(false))
  })
