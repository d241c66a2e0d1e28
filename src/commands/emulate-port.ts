import type { Context } from '../context.js'
import { UserError } from '../errors.js'
import { takeDataFolder } from '../transports/data-folder.js'
import type { HttpClient } from '../transports/http/http-client.js'
import type { Options } from './emulate-options.js'

/** Two emulators that were started alike want the same port and the same folder: the port is the better thing to speak of. */
export const takeFolder = async (path: string, options: Options, { pid }: Context, client: HttpClient) => {
  try {
    return await takeDataFolder(path, pid, async holder => {
      const { emulatorAt } = await import('../transports/port-owner.js')
      return holder.url !== null && (await emulatorAt(holder.url, client)) === holder.pid
    })
  } catch (error) {
    if (!(error instanceof UserError) || options.port === 0) throw error
    const { findPortOwner } = await import('../transports/port-owner.js')
    const owner = await findPortOwner(shownHost(options.host), options.port, client).catch(() => null)
    await client.close()
    throw owner === null ? error : portBusy(options, owner, ` --data ${options.data}-${options.port + 1}`)
  }
}

export const explainListen = async (error: NodeJS.ErrnoException, options: Options, client: HttpClient): Promise<unknown> => {
  const { host, tlsPort } = options
  const port = 'port' in error && typeof error.port === 'number' ? error.port : options.port
  if (error.code === 'EADDRINUSE') {
    const { findPortOwner } = await import('../transports/port-owner.js')
    if (port === tlsPort && port !== options.port) {
      const owner = await findPortOwner(shownHost(host), port, client).catch(() => null)
      return new UserError('portBusy', { host: shownHost(host), port, owner, next: `jivo-dev emulate --tls-port ${port === 65_535 ? 0 : port + 1}` })
    }
    return portBusy(options, await findPortOwner(shownHost(host), port, client).catch(() => null), '')
  }
  if (error.code === 'EACCES') return new UserError('portForbidden', { host, port, problem: 'this user may not use ports below 1024' })
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UserError('portForbidden', { host, port, problem: 'this machine does not have that address' })
  }
  return error
}

const portBusy = ({ host, port }: Options, owner: ConstructorParameters<typeof UserError<'portBusy'>>[1]['owner'], extra: string) =>
  new UserError('portBusy', { host: shownHost(host), port, owner, next: `jivo-dev emulate --port ${port === 65_535 ? 0 : port + 1}${extra}` })

/** An address that a browser on this machine can open. */
export const shownHost = (host: string) => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host)
