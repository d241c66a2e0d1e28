import type { FileContent } from './messages.js'

/** Stickers of our own that an agent can send: simple drawings, served by the emulator. */
export const stickerNames = ['smile', 'heart', 'tick', 'sorry', 'kettle', 'box'] as const

export type StickerName = (typeof stickerNames)[number]

/** Where they are served. */
export const stickerFolder = '/files/stickers'

export const stickerContent = (name: StickerName): FileContent => ({
  kind: 'file',
  media: 'sticker',
  url: `${stickerFolder}/${name}.svg`,
  name: `${name}.svg`,
  size: null,
  type: 'image/svg+xml',
})
