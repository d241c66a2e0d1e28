import type { NewsFrame, PageFrame, ServerFrame } from '../contracts/page-channel.js'
import { createOutbox } from './outbox.js'
import { createReading } from './reading.js'

interface Options {
  readonly url: string
  /** The first frame of every connection. */
  readonly open: () => Omit<PageFrame & { type: 'open' }, 'after'>
  /** Called with every frame that is news, in order. */
  readonly onFrame: (frame: NewsFrame) => void
  /** The connection is gone and a try to renew it failed. */
  readonly onLost: () => void
}

export interface Connection {
  /** Sends a frame, now or when there is a connection again. */
  readonly send: (frame: Exclude<PageFrame, { type: 'open' }>) => void
  readonly close: () => void
  /** Closes when everything that was said has arrived, on a new connection if need be; nothing comes in any more. */
  readonly finish: () => void
}

/** The same page connected a second time; to fight for the place would never end. */
const replaced = 4001

/** Milliseconds before the next try, after so many that failed in a row. */
export const reconnectPause = (failures: number): number => Math.min(2_000, 250 * 2 ** failures)

export const connect = ({ url, open, onFrame, onLost }: Options): Connection => {
  const outbox = createOutbox()
  const reading = createReading()
  let socket: WebSocket | null = null
  let isWelcome = false
  let isOver = false
  let isFinishing = false
  let failures = 0
  let retry: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    if (!isWelcome || socket?.readyState !== WebSocket.OPEN) return
    for (const frame of outbox.take()) socket.send(JSON.stringify(frame))
    finishUp()
  }

  const finishUp = () => {
    if (isFinishing && outbox.isEmpty()) close()
  }

  const close = () => {
    isOver = true
    clearTimeout(retry)
    socket?.close()
  }

  const dial = () => {
    const own = new WebSocket(url)
    socket = own
    own.onopen = () => {
      own.send(JSON.stringify({ ...open(), after: reading.after() } satisfies PageFrame))
    }
    own.onmessage = ({ data }) => {
      if (own !== socket || isOver) return
      const frame = JSON.parse(data) as ServerFrame
      outbox.settle(frame)
      if (frame.type === 'heard') return finishUp()
      if (frame.type === 'welcome') {
        isWelcome = true
        failures = 0
        outbox.rewind()
      }
      // The answer to the one before: it knows nothing of what was given since then, and another follows.
      if (frame.type === 'contacts' && outbox.contacts() > 1) return
      if (reading.isNews(frame) && !isFinishing) onFrame(frame)
      if (frame.type === 'welcome') flush()
    }
    own.onclose = ({ code }) => {
      if (own !== socket || isOver) return
      socket = null
      isWelcome = false
      if (failures > 0 && !isFinishing) onLost()
      if (code === replaced) return
      retry = setTimeout(dial, reconnectPause(failures))
      failures += 1
    }
  }
  dial()

  return {
    send: frame => {
      if (isOver || isFinishing) return
      outbox.add(frame)
      flush()
    },
    close,
    finish: () => {
      isFinishing = true
      finishUp()
    },
  }
}
