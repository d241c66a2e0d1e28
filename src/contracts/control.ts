import * as z from 'zod'
import { callbackName } from './page-channel.js'

/** Bodies of the control routes under `/_dev`: what the console and the command line may ask of a running emulator. */

export const acceptChat = z.strictObject({})
export const finishChat = z.strictObject({})

export const replyToChat = z.strictObject({
  /** Chosen by the caller, so that a repeated request does not send twice. */
  id: z
    .string()
    .regex(/^m[0-9a-f]{16,64}$/, 'expected m and 16 to 64 hexadecimal digits')
    .optional(),
  text: z.string().min(1).max(10_000),
})

export const fireCallback = z.strictObject({
  callback: callbackName,
  args: z.array(z.unknown()).max(10).default([]),
  /** One page only; every open page when absent. */
  page: z.string().optional(),
})

/** What a page did with a callback that was fired from outside. */
export interface FiredCallback {
  readonly page: string
  readonly url: string
  readonly outcome: 'called' | 'missing' | 'threw' | 'silent'
  readonly error?: string
}

/** The body of every refusal of the emulator's own routes. */
export interface ErrorBody {
  readonly error: {
    readonly code: string
    readonly message: string
    /** Path of the field that is wrong, empty when it is the body as a whole. */
    readonly field?: string
    /** What the field must be. */
    readonly rule?: string
  }
}

/** Answer of `GET /_dev/ready`. */
export interface Ready {
  readonly ready: true
  readonly name: 'jivo-dev'
  readonly version: string
  readonly pid: number
}
