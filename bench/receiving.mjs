// A sender in a process of its own, against a fresh receiver that has been warmed up.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bodyOf, inFolder, writeLines } from './bodies.mjs'

const netSender = fileURLToPath(new URL('senders/net.mjs', import.meta.url))
const receiverScript = fileURLToPath(new URL('receiver.mjs', import.meta.url))

/**
 * Milliseconds from the first body that the receiver gets to the last of `count`.
 *
 * @param start gets the receiver's port and returns the sender
 * @param endless whether the sender goes on when all is sent; it is killed then
 */
export const receiving = async (count, start, { endless = false } = {}) => {
  const receiver = spawn(process.execPath, [receiverScript, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const line = linesOf(receiver.stdout)
    const port = await line()
    await warmUp(port)
    const sender = start(port)
    const ended = new Promise((resolve, reject) => {
      sender.on('error', reject)
      sender.on('exit', resolve)
    })
    const took = line()
    const name = sender.spawnargs.slice(1, 3).join(' ')
    if (endless) {
      await Promise.race([took, ended.then(code => Promise.reject(new Error(`${name} ended with ${code}`)))])
      sender.kill('SIGKILL')
      await ended
    } else {
      const code = await ended
      if (code !== 0) throw new Error(`${name} ended with ${code}`)
    }
    return Number(await took)
  } finally {
    receiver.kill('SIGKILL')
  }
}

/** A server's first thousands of requests are slower than the rest: they belong to no sender. */
const warmUp = port =>
  inFolder(
    folder =>
      new Promise((resolve, reject) => {
        const file = writeLines(join(folder, 'warm-up.jsonl'), 5_000, bodyOf)
        const sender = spawn(process.execPath, [netSender, port, file, '10', '/warm-up'], { stdio: 'inherit' })
        sender.on('error', reject)
        sender.on('exit', code => (code === 0 ? resolve() : reject(new Error(`the warm-up ended with ${code}`))))
      }),
  )

/** Reads a stream line by line. */
const linesOf = stream => {
  const reader = stream.setEncoding('utf8')[Symbol.asyncIterator]()
  let text = ''
  return async () => {
    while (!text.includes('\n')) {
      const { done, value } = await reader.next()
      if (done) throw new Error('the receiver ended')
      text += value
    }
    const line = text.slice(0, text.indexOf('\n'))
    text = text.slice(line.length + 1)
    return line
  }
}
