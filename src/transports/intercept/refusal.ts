import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

const reasons: Readonly<Record<number, string>> = { 400: 'Bad Request', 431: 'Request Header Fields Too Large', 502: 'Bad Gateway' }

/** What the port says to a client that it cannot serve. */
export const refuse = (socket: Duplex, status: 400 | 431 | 502, message: string) => {
  if (!socket.writable) return socket.destroy()
  const body = `jivo-dev: ${message}\n`
  socket.end(
    `HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

export const refuseRequest = (answer: ServerResponse, status: 400 | 502, message: string) => {
  answer.writeHead(status, { Connection: 'close', 'Content-Type': 'text/plain; charset=utf-8' }).end(`jivo-dev: ${message}\n`)
}
