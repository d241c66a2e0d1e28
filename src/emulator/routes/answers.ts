import type { Context, Handler, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type * as z from 'zod'
import type { ErrorBody } from '../../contracts/control.js'
import { JsonError, parseJson } from '../json.js'
import { Refusal } from '../rules/rule.js'

/** Longest body that any route reads, in bytes. */
export const longestBody = 1024 * 1024

type Status = Refusal['status'] | 500 | 502 | 503
type Methods = { readonly [Method in 'GET' | 'POST']?: Handler }

/** A refusal in the one shape that all our own routes use. */
export const refuse = (c: Context, status: Status, error: ErrorBody['error']) => c.json({ error } satisfies ErrorBody, status)

/** Declares a path with its methods; any other method is answered 405 with the list of those that are there. */
export const route = (app: Hono, path: string, methods: Methods): void => {
  const allowed = Object.keys(methods)
  if (methods.GET !== undefined) app.get(path, methods.GET)
  if (methods.POST !== undefined) app.post(path, limitBody, methods.POST)
  app.all(path, c => {
    c.header('Allow', allowed.join(', '))
    return refuse(c, 405, { code: 'method', message: `${c.req.method} is not for ${c.req.path}; use ${allowed.join(' or ')}.` })
  })
}

/** The number that the path names. */
export const numberIn = (c: Context, name: 'chat' | 'visitor' | 'call'): number => {
  const text = c.req.param(name) ?? ''
  if (!/^\d{1,15}$/.test(text)) throw new Refusal(400, 'field', `${name} is wrong: expected a number, got ${text.slice(0, 40)}.`, name)
  return Number(text)
}

const limitBody = bodyLimit({
  maxSize: longestBody,
  onError: c => refuse(c, 413, { code: 'too-long', message: 'The body is longer than 1 MiB.', rule: 'at most 1048576 bytes' }),
})

/** The text of a body; null when it is longer than any route reads. */
export const readText = async (c: Context): Promise<string | null> => {
  const length = c.req.header('content-length')
  // Behind a socket no more comes than was said.
  if (length !== undefined && c.req.header('transfer-encoding') === undefined) return Number(length) > longestBody ? null : c.req.text()
  const reader = c.req.raw.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) return text + decoder.decode()
    size += value.length
    if (size > longestBody) return null
    text += decoder.decode(value, { stream: true })
  }
}

/**
 * The JSON of what other people's programs say to Jivo.
 *
 * @throws Refusal with where the rule comes from
 */
export const parseText = (text: string, source: string): unknown => {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw new Refusal(400, 'invalid_request', `The body ${error.message}.`, '', source)
  }
}

/** Body of a request that is not what its contract says. */
class BodyError extends Error {
  readonly status: 400 | 415
  readonly details: ErrorBody['error']

  constructor(status: 400 | 415, details: ErrorBody['error']) {
    super(details.message)
    this.status = status
    this.details = details
  }
}

/**
 * Reads a JSON body and parses it with its contract.
 *
 * The content type must say JSON: a page of another origin can send that only after a preflight, which it does not get.
 */
export const readBody = async <Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.infer<Schema>> => {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/json\b/i.test(type)) {
    throw new BodyError(415, { code: 'content-type', message: `Expected content-type application/json, got ${type || 'none'}.`, rule: 'application/json' })
  }
  let json: unknown
  try {
    json = parseJson(await c.req.text())
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw new BodyError(400, { code: 'json', message: `The body ${error.message}.`, field: '', rule: 'JSON' })
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') ?? ''
  const rule = issue?.message ?? 'wrong shape'
  throw new BodyError(400, { code: 'field', message: field === '' ? `The body is wrong: ${rule}.` : `${field} is wrong: ${rule}.`, field, rule })
}

/** Turns what a route threw into an answer. `report` hears of what is our own bug or a journal that cannot be written. */
export const answerError = (report: (error: unknown) => void) => (error: unknown, c: Context) => {
  if (error instanceof BodyError) return refuse(c, error.status, error.details)
  if (error instanceof Refusal) {
    return refuse(c, error.status, { code: error.code, message: error.message, ...(error.field === '' ? {} : { field: error.field }) })
  }
  report(error)
  return refuse(c, 503, { code: 'internal', message: 'The emulator could not record this, so it did not happen. Its terminal says why.' })
}
