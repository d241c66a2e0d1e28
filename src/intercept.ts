/**
 * `node --import jivo-dev/intercept app.js`: leads this process's calls to Jivo's hosts to the emulator that runs here.
 *
 * Under `jivo-dev exec` the hook is loaded already, and knows where to. Without it the port is opened in this process, with
 * a certificate that nobody else ever sees.
 */
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { jivoHosts } from './emulator/guard.js'
import { readLocator } from './transports/data-folder.js'
import { makeIdentity } from './transports/intercept/certificates.js'
import { openPort } from './transports/intercept/intercept-port.js'
import { routeOf } from './transports/intercept/upstream.js'

const { env } = process
if ((env.JIVO_DEV_INTERCEPT_PORT ?? '') === '') {
  const folder = env.JIVO_DEV_DATA || '.jivo-dev'
  const emulator = env.JIVO_DEV_URL || readLocator(resolve(folder))?.url
  if (emulator == null) {
    throw new Error(
      `jivo-dev/intercept: no running emulator was found: JIVO_DEV_URL is not set, and ${folder} names none. Start one with jivo-dev emulate, or run this under jivo-dev exec.`,
    )
  }
  const identity = makeIdentity(jivoHosts, Date.now())
  const { port } = await openPort({ identity, hosts: jivoHosts, emulator, route: routeOf(env).route, life: 'background' })
  const { reroute } = createRequire(import.meta.url)('./hooks/node.cjs')
  reroute({ port, hosts: jivoHosts, ca: () => identity.authority })
}
