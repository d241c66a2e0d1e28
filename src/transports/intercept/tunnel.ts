import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { decryptedHeader } from './decrypted-header.js'
import { type Place, placeOf } from './place.js'
import type { Upstream } from './upstream.js'

/** Milliseconds to reach somebody. */
const patience = 30_000

/** A connection to a host: straight, or through a proxy of the user. */
export const openTunnel = (host: string, port: number, upstream: Upstream | null): Promise<Duplex> =>
  upstream === null
    ? dial(host, port)
    : ask(
        upstream,
        `${host.includes(':') ? `[${host}]` : host}:${port}`,
        upstream.authorization === null ? {} : { 'proxy-authorization': upstream.authorization },
      )

/** A connection to an emulator under one of Jivo's names. */
export const openToEmulator = (url: string, host: string, scheme: 'http' | 'https'): Promise<Duplex> => {
  const place = placeOf(new URL(url))
  return scheme === 'https' ? ask(place, `${host}:443`, { [decryptedHeader]: '1' }) : ask(place, `${host}:80`, {})
}

const ask = ({ isSecure, host, port }: Place, path: string, headers: Readonly<Record<string, string>>): Promise<Duplex> =>
  new Promise((resolve, reject) => {
    const send = isSecure ? requestHttps : requestHttp
    const request = send({ host, port, method: 'CONNECT', path, headers: { host: path, ...headers }, agent: false, timeout: patience })
    const refuse = (status: number | undefined) => reject(new Error(`${host}:${port} answered ${status} to CONNECT ${path}`))
    request.on('connect', (response, socket, head) => {
      if (response.statusCode !== 200) {
        socket.destroy()
        return refuse(response.statusCode)
      }
      socket.setTimeout(0)
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    request.on('response', response => {
      response.destroy()
      refuse(response.statusCode)
    })
    request.on('timeout', () => request.destroy(new Error(`${host}:${port} did not answer within ${patience / 1000} s`)))
    request.on('error', reject)
    request.end()
  })

const dial = (host: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: patience, allowHalfOpen: true })
    socket.once('timeout', () => socket.destroy(new Error(`${host}:${port} did not answer within ${patience / 1000} s`)))
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.setTimeout(0)
      socket.off('error', reject)
      resolve(socket)
    })
  })
