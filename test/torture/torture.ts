import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'

const bin = fileURLToPath(new URL('../../bin/jivo-dev.js', import.meta.url))

/** What a torture found. */
export interface Findings {
  readonly kills: number
  /** Requests that were answered as done. */
  readonly accepted: number
  /** Bodies that the receiver got, repeats included. */
  readonly received: number
  /** Accepted, and never received. */
  readonly lost: readonly string[]
  /** Received, and not in the journal. */
  readonly unrecorded: readonly string[]
  /** Deliveries that the journal does not say to be done. */
  readonly unfinished: readonly string[]
}

/**
 * Kills an emulator under load at random moments, starts it again on the same folder, and looks at the end whether
 * everything that it had accepted arrived.
 *
 * Load is triggered webhooks over HTTP and visitors who write over a WebSocket. A webhook counts as accepted when the
 * request was answered 200; a message when it came back to its page, and with it the `chat_accepted` that it causes. The
 * receiver answers some requests late or with 503, so that kills hit attempts in flight, pauses and retries.
 *
 * @param seed decides the moments of the kills and what the receiver does
 */
export const torture = async (folder: string, kills: number, seed: number): Promise<Findings> => {
  const chance = randomOf(seed)
  const receiver = await startReceiver(randomOf(seed + 1))
  const accepted: string[] = []
  const data = join(folder, 'data')
  let marker = 0
  try {
    for (let round = 0; round < kills; round += 1) {
      const emulator = await startEmulator(folder, data, receiver.url)
      const stop = { now: false }
      // A request that was under way when the emulator was killed does not always hear of it.
      const gone = new AbortController()
      void emulator.ended.then(() => gone.abort())
      const triggers = Array.from({ length: 4 }, async (_, at) => {
        while (!stop.now) {
          marker += 1
          const name = `t${marker}`
          if (
            await trigger(
              emulator.url,
              { event_name: 'chat_updated', chat_id: 1_000_000 + (marker % 20), marker: name, user_token: `token-${at}-${round}` },
              gone.signal,
            )
          )
            accepted.push(name)
        }
      })
      const visitors = visit(
        emulator,
        stop,
        () => {
          marker += 1
          return String(marker)
        },
        name => accepted.push(name),
        gone.signal,
      )
      // The moment of the kill: while it starts again, or any time under load.
      await sleep(Math.floor(chance() ** 2 * 800))
      emulator.child.kill('SIGKILL')
      stop.now = true
      await Promise.all([emulator.ended, ...triggers, visitors])
    }
    receiver.calm()
    const last = await startEmulator(folder, data, receiver.url)
    try {
      await nothingPending(last.url)
    } finally {
      last.child.kill('SIGTERM')
      await last.ended
    }
  } finally {
    await receiver.close()
  }

  const scheduled = new Map<string, string>()
  const done = new Set<string>()
  for (const line of readFileSync(join(data, 'journal.jsonl'), 'utf8').trim().split('\n')) {
    const event = JSON.parse(line)
    if (event.type === 'delivery.scheduled') scheduled.set(nameOf(event.body), event.delivery)
    if (event.type === 'delivery.done') done.add(event.delivery)
  }
  const arrived = new Set(receiver.received)
  return {
    kills,
    accepted: accepted.length,
    received: receiver.received.length,
    lost: accepted.filter(name => !arrived.has(name)),
    unrecorded: [...arrived].filter(name => !scheduled.has(name)),
    unfinished: [...scheduled].filter(([, delivery]) => !done.has(delivery)).map(([name]) => name),
  }
}

/** What a body is known by: its marker, or the page that a visitor wrote from. */
const nameOf = (body: { marker?: string; page?: { title: string } | null }): string => body.marker ?? `v${body.page?.title ?? ''}`

/** mulberry32: numbers from 0 to 1, the same for the same seed. */
const randomOf = (seed: number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const startReceiver = async (chance: () => number) => {
  const received: string[] = []
  const refused = new Set<string>()
  let isCalm = false
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString())
      if (body.event_name === 'chat_updated' && !/^token-\d-\d+$/.test(body.user_token)) throw new Error(`a token arrived as ${body.user_token}`)
      const answer = chance()
      // Only an answer that says ok counts as received: after a 503 it must come again.
      const name = nameOf(body)
      // Once each, so that no delivery runs out of attempts.
      const isOk = isCalm || answer > 0.05 || refused.has(name)
      if (isOk) received.push(name)
      else refused.add(name)
      const send = () => response.writeHead(isOk ? 200 : 503, { 'content-type': 'application/json' }).end('{"result":"ok"}')
      if (isCalm || answer > 0.2) send()
      else setTimeout(send, answer * 100)
    })
    request.on('error', () => {})
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jivo`,
    received,
    calm: () => {
      isCalm = true
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

/** Starts the real command and waits until it says that it is ready. */
const startEmulator = async (cwd: string, data: string, webhook: string) => {
  const args = [bin, 'emulate', '--port', '0', '--json', '--data', data, '--webhook', webhook]
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()))
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    errors += text
  })
  const ready = await new Promise<{ url: string; widgetId: string }>((resolve, reject) => {
    let first = ''
    let isReady = false
    child.stdout.setEncoding('utf8').on('data', text => {
      if (isReady) return
      first += text
      if (!first.includes('\n')) return
      isReady = true
      resolve(JSON.parse(first.split('\n')[0] ?? ''))
    })
    void ended.then(() => reject(new Error(`the emulator did not start: ${errors}`)))
  })
  return { child, ended, ...ready }
}

const trigger = async (url: string, body: object, signal: AbortSignal): Promise<boolean> => {
  try {
    const response = await fetch(`${url}_dev/trigger`, {
      signal,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ body }),
    })
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    // Killed before the answer: nothing was promised.
    return false
  }
}

/** One new visitor after another writes; each message that comes back is a promise that its webhook goes out. */
const visit = async (
  { url, widgetId }: { url: string; widgetId: string },
  stop: { now: boolean },
  next: () => string,
  accept: (name: string) => void,
  gone: AbortSignal,
) => {
  while (!stop.now) {
    const name = next()
    const digits = name.padStart(16, '0')
    await new Promise<void>(resolve => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}widget/${widgetId}/socket`)
      socket.on('error', () => resolve())
      socket.on('close', () => resolve())
      gone.addEventListener('abort', () => socket.terminate(), { once: true })
      socket.on('open', () => {
        socket.send(
          JSON.stringify({ type: 'open', page: `p${digits}`, key: `k${digits}`, url: 'http://shop.test/', title: name, referrer: '', language: 'en' }),
        )
        socket.send(JSON.stringify({ type: 'write', id: `m${digits}`, text: 'Hello' }))
      })
      socket.on('message', data => {
        const frame = JSON.parse(String(data))
        if (frame.type !== 'message' || frame.message.id !== `m${digits}`) return
        accept(`v${name}`)
        socket.close()
      })
    })
  }
}

/** Resolves when the emulator has no delivery before it; looks at its state, which lists them. */
const nothingPending = async (url: string): Promise<void> => {
  for (;;) {
    const state = (await (await fetch(`${url}_dev/state`)).json()) as { deliveries: object }
    if (Object.keys(state.deliveries).length === 0) return
    await sleep(50)
  }
}
