import { createServer } from 'node:net'
import type { PortState } from '../checks/check-machine.js'
import type { HttpClient } from './http/http-client.js'
import { findPortOwner } from './port-owner.js'

/** Whether a port of loopback can be listened on, and who has it otherwise. */
export const portState = async (port: number, client: HttpClient): Promise<PortState> => {
  const server = createServer()
  const error = await new Promise<NodeJS.ErrnoException | null>(resolve => {
    server.once('error', resolve)
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(null)))
  })
  if (error === null) return { kind: 'free' }
  if (error.code === 'EADDRINUSE') return { kind: 'taken', owner: await findPortOwner('127.0.0.1', port, client) }
  return { kind: 'forbidden', problem: error.code === 'EACCES' ? 'this user may not use ports below 1024' : error.message }
}
