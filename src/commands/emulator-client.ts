import { isAbsolute, join } from 'node:path'
import { Option } from 'commander'
import { withVariable } from '../config/environment.js'
import { parseUrl } from '../config/values.js'
import type { Context } from '../context.js'
import { UserError } from '../errors.js'
import { readLocator } from '../transports/data-folder.js'

/** Flags of every command that speaks with a running emulator. */
export interface EmulatorOptions {
  readonly emulator?: string
  readonly data: string
}

export const emulatorOption = () => withVariable(new Option('--emulator <url>', 'the running emulator').argParser(parseUrl), 'JIVO_DEV_URL')

export const dataOption = () => new Option('-d, --data <folder>', 'data folder of the emulator, to find it by').default('.jivo-dev')

/**
 * Asks a control route of the running emulator: the one that is named, or the one of the data folder.
 *
 * @param timeout milliseconds to wait for the answer
 * @throws UserError when there is no emulator, when it does not answer, or when it refuses
 */
export const ask = async (
  route: string,
  body: unknown,
  { emulator, data }: EmulatorOptions,
  { cwd, version, signal }: Context,
  timeout = 5_000,
): Promise<unknown> => {
  const folder = isAbsolute(data) ? data : join(cwd, data)
  const locator = readLocator(folder)
  const url = emulator ?? locator?.url
  if (url == null) throw new UserError('noEmulator', { folder: data })
  const { createHttpClient } = await import('../transports/http/http-client.js')
  const client = createHttpClient({ userAgent: `jivo-dev/${version}` })
  // The token belongs to the emulator that wrote it down, and to no other address.
  const token = locator?.url === url ? locator.token : null
  try {
    const { result } = await client.request({
      url: new URL(`_dev/${route}`, url).href,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
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

const refusalOf = (answer: unknown): string | undefined => {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return undefined
  const { error } = answer
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : undefined
}
