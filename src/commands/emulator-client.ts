import { Option } from 'commander'
import { withVariable } from '../config/environment.js'
import { parseUrl } from '../config/values.js'
import type { Context } from '../context.js'
import { UserError } from '../errors.js'
import { readLocator } from '../transports/data-folder.js'
import type { EmulatorAddress } from '../transports/emulator-stream.js'
import { inFolder } from '../transports/text-files.js'

/** Flags of every command that speaks with a running emulator. */
export interface EmulatorOptions {
  readonly emulator?: string
  readonly data: string
}

export const emulatorOption = () => withVariable(new Option('--emulator <url>', 'the running emulator').argParser(parseUrl), 'JIVO_DEV_URL')

export const dataOption = () => new Option('-d, --data <folder>', 'data folder of the emulator, to find it by').default('.jivo-dev')

/**
 * Where the emulator is, as flags or its data folder say, and the token that it wrote down there.
 *
 * @throws UserError when neither names one
 */
export const whereabouts = ({ emulator, data }: EmulatorOptions, cwd: string): EmulatorAddress => {
  const locator = readLocator(inFolder(cwd, data))
  const url = emulator ?? locator?.url
  if (url == null) throw new UserError('noEmulator', { folder: data })
  // The token belongs to the emulator that wrote it down, and to no other address.
  const token = locator?.url === url ? locator.token : null
  return { url, headers: token === null ? {} : { authorization: `Bearer ${token}` } }
}

/**
 * Base address of the running emulator, which has answered.
 *
 * @throws UserError when there is none, or when something else answers
 */
export const findEmulator = async (options: EmulatorOptions, { cwd, version, signal }: Context): Promise<string> => {
  const { url, headers } = whereabouts(options, cwd)
  const { createHttpClient } = await import('../transports/http/http-client.js')
  const client = createHttpClient({ userAgent: `jivo-dev/${version}` })
  try {
    const { result } = await client.request({ url: new URL('_dev/ready', url).href, method: 'GET', headers, timeout: 5_000, signal })
    if (result.kind === 'no-answer') throw new UserError('emulatorUnreachable', { url, problem: result.message })
    const ready = parsed(result.body)
    const isEmulator = typeof ready === 'object' && ready !== null && 'name' in ready && ready.name === 'jivo-dev'
    if (!isEmulator) throw new UserError('emulatorUnreachable', { url, problem: refusalOf(ready) ?? 'something else answers there.' })
    return url
  } finally {
    await client.close()
  }
}

/**
 * Asks a control route of the running emulator: the one that is named, or the one of the data folder.
 *
 * @param timeout milliseconds to wait for the answer
 * @throws UserError when there is no emulator, when it does not answer, or when it refuses
 */
export const ask = async (route: string, body: unknown, options: EmulatorOptions, { cwd, version, signal }: Context, timeout = 5_000): Promise<unknown> => {
  const { url, headers } = whereabouts(options, cwd)
  const { createHttpClient } = await import('../transports/http/http-client.js')
  const client = createHttpClient({ userAgent: `jivo-dev/${version}` })
  try {
    const { result } = await client.request({
      url: new URL(`_dev/${route}`, url).href,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
      timeout,
      signal,
    })
    if (result.kind === 'no-answer') throw new UserError('emulatorUnreachable', { url, problem: result.message })
    const answer: unknown = parsed(result.body)
    if (result.status === 200) return answer
    throw new UserError('emulatorRefused', {
      message: refusalOf(answer) ?? `${url} answered ${result.status}; is it an emulator?`,
      isUsage: result.status === 400,
    })
  } finally {
    await client.close()
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What the emulator says of a request that it refused. */
export const refusalOf = (answer: unknown): string | undefined => {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return undefined
  const { error } = answer
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : undefined
}
