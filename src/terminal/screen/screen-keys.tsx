/** @jsxImportSource react */
import { useInput } from 'ink'
import type { Press } from './keys.js'

/** Reads the keys. It draws nothing: frames are written by `FrameWriter`. */
export const ScreenKeys = ({ press }: { readonly press: (press: Press) => void }) => {
  useInput((input, key) => press({ input, key: { ...key } }))
  return null
}
