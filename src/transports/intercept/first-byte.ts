import type { Duplex } from 'node:stream'

/** Looks at the first byte and puts it back, for a stream that stands still. Whoever sends none in time is hung up on; `left` is told of who went before. */
export const firstByte = (
  socket: Duplex,
  { patience, left = () => {} }: { readonly patience: number; readonly left?: () => void },
  take: (byte: number) => void,
) => {
  const end = () => socket.destroy()
  const timer = setTimeout(() => {
    socket.off('close', left)
    end()
  }, patience)
  timer.unref()
  socket.once('close', left)
  socket.once('close', () => clearTimeout(timer))
  socket.once('end', end)
  socket.once('data', (chunk: Buffer) => {
    clearTimeout(timer)
    socket.off('close', left)
    socket.off('end', end)
    socket.pause()
    socket.unshift(chunk)
    take(chunk[0] ?? 0)
  })
}
