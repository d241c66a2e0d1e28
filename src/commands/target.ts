import { Option } from 'commander'
import { parseDuration, parseUrl } from '../config/values.js'
import type { Context } from '../context.js'
import type { SendBody } from '../replay/replay.js'
import type { HttpClient } from '../transports/http/http-client.js'

/** Flags of every command that sends webhooks to the user's own server. */
export const toOption = () => new Option('-t, --to <url>', 'your server, which receives the webhook').argParser(parseUrl)

export const timeoutOption = () => new Option('--timeout <duration>', 'how long to wait for an answer').default(3_000, '3s').argParser(parseDuration)

export const jsonOption = (what: string) => new Option('--json', what).default(false)

/** The guarded client and a way to send bodies to one address with it, the headers as Jivo sends them. */
export const openTarget = async ({ version, signal }: Context, to: string, timeout: number): Promise<{ client: HttpClient; send: SendBody }> => {
  const { createHttpClient } = await import('../transports/http/http-client.js')
  const client = createHttpClient({ userAgent: `jivo-dev/${version}` })
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  return { client, send: body => client.request({ url: to, body, headers, timeout, signal }) }
}
