import * as z from 'zod'

/** What an assistant is asked, and how it answers: ours alone, nothing of Jivo's. */

/** `POST` to the address of `emulate --suggest`, or stdin of its command. */
export const conversation = z.strictObject({
  chat_id: z.int(),
  /** Of the client's browser, such as `en-US`; empty when it is not known. */
  language: z.string(),
  client: z.strictObject({
    number: z.int(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    /** The page that the client was last on. */
    page: z.strictObject({ url: z.string(), title: z.string() }).nullable(),
  }),
  /** Oldest first; the last 100 of the chat. */
  messages: z.array(
    z.strictObject({
      by: z.enum(['visitor', 'agent', 'bot']),
      /** Of the agent or the bot. */
      name: z.string().optional(),
      text: z.string(),
      /** Milliseconds since 1970. */
      at: z.int(),
    }),
  ),
})

/** An answer in JSON. Any other media type is the text as it is. */
export const suggestedAnswer = z.looseObject({ text: z.string() })

/** Letters of the longest answer: a message takes no more. */
export const longestSuggestion = 10_000

export type Conversation = z.infer<typeof conversation>
