import { assetFiles } from '../transports/asset-files.js'
import { createHttpClient } from '../transports/http/http-client.js'
import { startServer } from '../transports/node-server.js'
import { version } from '../version.js'
import { type Jivo, type OpenJivo, openJivo } from './jivo.js'
import type { JivoOptions } from './options.js'

export interface EmulatorOptions extends JivoOptions {
  /** @default 0, any free one */
  readonly port?: number
}

export interface RunningEmulator extends Jivo {
  /** Base address, with a slash at its end: the shop page. The console is at `console`. */
  readonly url: string
}

/** @param build folder of the built files */
export const listen = async ({ port = 0, ...options }: EmulatorOptions, build: string): Promise<RunningEmulator> => {
  const client = createHttpClient({ userAgent: `jivo-dev/${version}`, connections: 64 })
  let open: (jivo: OpenJivo) => void = () => {}
  const opened = new Promise<OpenJivo>(resolve => {
    open = resolve
  })
  const server = await startServer({
    host: '127.0.0.1',
    port,
    hosts: [],
    isOpen: false,
    token: null,
    fetch: async request => (await opened).fetch(request),
    pages: async () => (await opened).pages(),
    ready: opened.then(() => ({ ready: true, name: 'jivo-dev', version, pid: process.pid })),
  })
  const origin = `http://127.0.0.1:${server.port}`
  try {
    const jivo = await openJivo(options, {
      send: ({ headers, ...request }, signal) => client.request({ ...request, signal, headers: { ...jsonHeaders, ...headers } }),
      assets: assetFiles(build),
      origins: { widget: origin, bot: origin, chat: origin },
    })
    open(jivo)
    const { fetch: _, pages: __, ...rest } = jivo
    return {
      ...rest,
      url: `${origin}/`,
      close: async () => {
        await jivo.close()
        await server.close()
        await client.close()
      },
    }
  } catch (error) {
    await server.close()
    await client.close()
    throw error
  }
}

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' }
