// A sender in a process of its own, against a fresh receiver.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

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
    const sender = start(await line())
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
