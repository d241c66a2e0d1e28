import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http'
import { request as requestHttps } from 'node:https'
import { placeOf } from './place.js'
import { refuseRequest } from './refusal.js'
import type { Route } from './upstream.js'

/** Headers that speak of one connection: RFC 9110, 7.6.1. */
const ofOneConnection = new Set([
  'connection',
  'proxy-connection',
  'proxy-authorization',
  'proxy-authenticate',
  'keep-alive',
  'te',
  'trailer',
  'upgrade',
  'expect',
])

const travelling = (raw: readonly string[]): string[] =>
  raw.flatMap((name, at) => (at % 2 === 0 && !ofOneConnection.has(name.toLowerCase()) ? [name, raw[at + 1] ?? ''] : []))

/** Passes a request over plain HTTP on: to the emulator, which takes it as a proxy does, to the user's own proxy, or to its host. */
export const forward = (asked: IncomingMessage, answer: ServerResponse, target: URL, emulator: URL | null, route: Route) => {
  const upstream = emulator === null ? route('http', target.hostname) : null
  const place = upstream ?? placeOf(emulator ?? target)
  const login = upstream?.authorization == null ? [] : ['Proxy-Authorization', upstream.authorization]
  const isProxy = emulator !== null || upstream !== null
  const passed = (place.isSecure ? requestHttps : requestHttp)({
    host: place.host,
    port: place.port,
    method: asked.method ?? 'GET',
    path: isProxy ? target.href : `${target.pathname}${target.search}`,
    headers: [...travelling(asked.rawHeaders), ...login],
    agent: false,
  })
  passed.on('response', response => {
    answer.writeHead(response.statusCode ?? 502, response.statusMessage ?? '', travelling(response.rawHeaders))
    response.on('error', () => answer.destroy())
    response.pipe(answer)
  })
  passed.on('error', error => (answer.headersSent ? answer.destroy() : refuseRequest(answer, 502, error.message)))
  answer.on('close', () => passed.destroy())
  asked.pipe(passed)
}
