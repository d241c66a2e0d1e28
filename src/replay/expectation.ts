import * as z from 'zod'

const units = { ms: 1, s: 1_000, m: 60_000 }

/** `3s`, `250ms`, or a number of milliseconds. */
const duration = z.union([
  z.number().nonnegative(),
  z
    .string()
    .regex(/^\d+(\.\d+)?(ms|s|m)$/, 'Expected a duration such as 500ms, 3s or 1m')
    .transform(text => {
      const [, amount, unit] = /^([\d.]+)(ms|s|m)$/.exec(text) ?? []
      return Number(amount) * units[unit as keyof typeof units]
    }),
])

const status = z.int().min(100).max(599)

/**
 * What a receiver must answer to one fixture: the content of `NAME.expect.json` beside it. What it does not name is
 * expected as always: a 2xx, JSON with `result` equal to `ok`, in time.
 */
export const expectation = z.strictObject({
  /** One status, or any of several. */
  status: z.union([status, z.array(status).min(1)]).optional(),
  /** Headers that must be there with exactly this value; names in any case. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Part of the answer: keys of objects may be more, lists are compared element by element, null is null. */
  body: z.json().optional(),
  /** Longest time for the answer. */
  within: duration.optional(),
})

export type Expectation = z.infer<typeof expectation>

/** @throws Error whose message completes "FILE is not an expectation: …" */
export const readExpectation = (value: unknown): Expectation => {
  const parsed = expectation.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const at = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `
  throw new Error(`${at}${issue?.message ?? 'wrong shape'}`)
}
