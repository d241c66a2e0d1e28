// A sender in a process of its own, against a fresh receiver that has been warmed up.
import { spawn, spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bodyOf, inFolder, writeLines } from './bodies.mjs'

const netSender = fileURLToPath(new URL('senders/net.mjs', import.meta.url))
const receiverScript = fileURLToPath(new URL('receiver.mjs', import.meta.url))

/** Whether processes can be kept on a core: the scheduler's first tenth of a second, in which it puts two that talk on one, is nobody's. */
const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-c', '1', 'true']).status === 0

/** Node on a core of its own: 0 is the receiver's, 1 a sender's. Anywhere where that cannot be said. */
export const spawnNode = (core, args, options) =>
  canPin ? spawn('taskset', ['-c', String(core), process.execPath, ...args], options) : spawn(process.execPath, args, options)

/**
 * Milliseconds from the first body that the receiver gets to the last of `count`.
 *
 * @param start gets the receiver's port and returns the sender
 * @param endless whether the sender goes on when all is sent; it is killed then
 */
export const receiving = async (count, start, { endless = false } = {}) => {
  const receiver = spawnNode(0, [receiverScript, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] })
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
    const name = sender.spawnargs.join(' ')
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

/** A server's first tens of thousands of requests are slower than the rest: they belong to no sender. Takes about a second. */
const warmUp = port =>
  inFolder(
    folder =>
      new Promise((resolve, reject) => {
        const file = writeLines(join(folder, 'warm-up.jsonl'), 25_000, bodyOf)
        const sender = spawnNode(1, [netSender, port, file, '10', '/warm-up'], { stdio: 'inherit' })
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
