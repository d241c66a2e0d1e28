import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jivoHosts } from '../../emulator/guard.js'
import { spkiOf } from './certificates.js'
import { interceptVariables, type Settings } from './child-environment.js'
import { keptIdentity } from './identity-file.js'
import { type InterceptPort, openPort } from './intercept-port.js'
import { writeTrustFiles } from './trust-files.js'
import { routeOf } from './upstream.js'

export interface InterceptOptions {
  /** Where the certificates are kept; made when it is not there. */
  readonly dataFolder: string
  /** Base address of the emulator that answers. */
  readonly emulatorUrl: string
  /** The user's own environment: its proxies, its roots. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** Folder of this package, which brings the hooks. */
  readonly packageFolder: string
  readonly pid: number
  readonly now: number
  /** 0 takes any free port. */
  readonly port?: number
}

/** Jivo's hosts, led to an emulator by a port that speaks TLS, `CONNECT` and absolute addresses. */
export interface Intercept extends InterceptPort {
  readonly hosts: readonly string[]
  /** Path of the certificate to trust, PEM. */
  readonly caFile: string
  /** SHA-256 of the public key that the port shows, in base64, for Chromium. */
  readonly spki: string
  /** What a command needs so that its calls come here, and what of the user's could not be kept. */
  readonly settings: () => Settings
}

/** Opens the port, with the certificates of the data folder. */
export const openIntercept = async (options: InterceptOptions): Promise<Intercept> => {
  const { dataFolder, emulatorUrl, env, platform, packageFolder, pid, now } = options
  const hosts = jivoHosts
  const identity = keptIdentity(dataFolder, hosts, now, pid)
  const { route, problems } = routeOf(env)
  const open = await openPort({
    identity,
    hosts,
    emulator: emulatorUrl,
    route,
    ...(options.port === undefined ? {} : { port: options.port }),
  })
  let folder: string | null = null
  const hooks = join(packageFolder, 'dist/hooks')
  return {
    ...open,
    hosts,
    caFile: identity.authorityFile,
    spki: spkiOf(identity),
    settings: () => {
      // Of this user's environment, so another command beside this one must not share it.
      folder ??= mkdtempSync(join(tmpdir(), 'jivo-dev-exec-'))
      const files = writeTrustFiles(folder, env, { authority: identity.authority, hooks, now })
      const { variables, notes } = interceptVariables(env, { ...files, port: open.port, hosts, authority: identity.authorityFile, hooks }, platform)
      return { variables, notes: [...notes, ...problems.map(problem => `${problem}: other hosts are reached directly`)] }
    },
    close: async () => {
      await open.close()
      if (folder !== null) rmSync(folder, { recursive: true, force: true })
    },
  }
}
