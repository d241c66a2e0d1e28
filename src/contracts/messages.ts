import * as z from 'zod'

/**
 * What a message shows beside its text. The text says the same for a place that cannot show it.
 *
 * The kinds of files are those of the Chat API, with `voice` for what was recorded in the widget.
 */
export const messageContent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('file'),
    media: z.enum(['photo', 'video', 'audio', 'voice', 'sticker', 'document']),
    /** Where it is fetched from: a path of the emulator's, or an http address. */
    url: z
      .string()
      .max(8_192)
      .regex(/^(https?:\/\/|\/files\/)/, 'expected an http address or a file of the emulator'),
    name: z.string().min(1).max(300),
    /** Bytes; null when nobody said. */
    size: z.int().nonnegative().nullable(),
    /** Media type, such as `image/png`; empty when nobody said. */
    type: z.string().max(200),
  }),
  z.strictObject({
    kind: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    title: z.string().max(1_000).optional(),
  }),
  z.strictObject({
    kind: z.literal('buttons'),
    buttons: z.array(z.strictObject({ id: z.string().min(1).max(100), text: z.string().min(1).max(1_000) })).min(1),
    /** Nothing can be typed until one is pressed, where the channel can do that. */
    forceReply: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('markdown'), markdown: z.string().min(1).max(10_000) }),
])

export type MessageContent = z.infer<typeof messageContent>
export type FileContent = Extract<MessageContent, { kind: 'file' }>

/** How a visitor rated a chat: Webhooks API, `chat_finished`. */
export const rate = z.enum(['positive', 'negative'])
export type Rate = z.infer<typeof rate>
