import { isUtf8 } from 'node:buffer'

/** Longest line that is read: no webhook is near it. */
export const longestLine = 16 * 1024 * 1024

/**
 * Lines of a stream of bytes, in batches as they come. Holds one chunk and one line at most.
 *
 * @throws Error when a line is longer than 16 MiB or is not UTF-8
 */
export async function* lineBatches(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<readonly string[]> {
  let kept: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    const end = bytes.lastIndexOf(10)
    if (end === -1) {
      kept.push(bytes)
      size += bytes.length
      if (size > longestLine) throw new Error('a line is longer than 16 MiB')
      continue
    }
    const whole = kept.length === 0 ? bytes.subarray(0, end) : Buffer.concat([...kept, bytes.subarray(0, end)])
    yield decode(whole).split('\n')
    const rest = bytes.subarray(end + 1)
    kept = rest.length === 0 ? [] : [rest]
    size = rest.length
  }
  if (size > 0) yield decode(Buffer.concat(kept)).split('\n')
}

/** Text of bytes, or an error where they are none: a body must not be changed unseen. */
export const decode = (bytes: Buffer): string => {
  if (!isUtf8(bytes)) throw new Error('it is not UTF-8')
  return bytes.toString('utf8')
}

/** What a stream gives until the signal aborts, also while it gives nothing. */
export async function* untilAborted<Item>(items: AsyncIterable<Item>, signal: AbortSignal): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]()
  const aborted = new Promise<IteratorResult<Item>>(resolve =>
    signal.addEventListener('abort', () => resolve({ done: true, value: undefined }), { once: true }),
  )
  while (!signal.aborted) {
    const { done, value } = await Promise.race([iterator.next(), aborted])
    if (done) return
    yield value
  }
}
