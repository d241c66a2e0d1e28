import type { Quirks } from '../../contracts/webhooks/quirks.js'

/** A body as the channel's switches want it. */
export const shapeBody = (body: Record<string, unknown>, _quirks: Quirks, _channel: { id: string; publicId: string }): Record<string, unknown> => body

/** Whether an event exists in the channel's edition of the documentation. */
export const isSent = (event: string, quirks: Quirks): boolean => event !== 'chat_assigned' || quirks.edition === 'A'
