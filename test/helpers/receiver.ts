import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One webhook as a developer's server got it. */
export interface Received {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly text: string
  readonly body: Record<string, unknown>
}

export type Answering = (response: ServerResponse, received: Received) => void

export interface Receiver extends AsyncDisposable {
  readonly url: string
  readonly received: Received[]
  /** How the next requests are answered. */
  answer: Answering
  /** Resolves with the first request that fits, one that came already included. */
  readonly wait: (fits: (received: Received) => boolean) => Promise<Received>
}

/** Ways in which the servers of developers answer. */
export const zoo = {
  ok: (response: ServerResponse) => json(response, { result: 'ok' }),
  notOk: (response: ServerResponse) => json(response, { result: 'no such order' }),
  html500: (response: ServerResponse) => {
    response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>TypeError</h1>')
  },
  html200: (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>ok</p>')
  },
  empty: (response: ServerResponse) => {
    response.end()
  },
  huge: (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(`{"result":"ok","filling":"${'x'.repeat(2 * 1024 * 1024)}"}`)
  },
  never: () => {},
  reset: (response: ServerResponse) => {
    response.socket?.destroy()
  },
  redirect: (response: ServerResponse) => {
    response.writeHead(302, { location: '/elsewhere' }).end()
  },
} as const satisfies Record<string, Answering>

export const json = (response: ServerResponse, value: unknown) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/** Starts a developer's server on a port of its own. */
export const startReceiver = async (answer: Answering = zoo.ok): Promise<Receiver> => {
  const received: Received[] = []
  const waiting = new Set<() => void>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const one: Received = { path: request.url ?? '', headers: request.headers, text, body: parsed(text) }
    received.push(one)
    receiver.answer(response, one)
    for (const check of waiting) check()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jivo`,
    received,
    answer,
    wait: fits =>
      new Promise(resolve => {
        const check = () => {
          const found = received.find(fits)
          if (found === undefined) return
          waiting.delete(check)
          resolve(found)
        }
        waiting.add(check)
        check()
      }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
  return receiver
}

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
