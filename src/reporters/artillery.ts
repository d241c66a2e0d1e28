import type { Expectation } from '../replay/expectation.js'

export interface LoadTest {
  readonly to: string
  readonly count: number
  /** Sends a second. */
  readonly rate: number
  /** Most virtual users at a time. */
  readonly concurrency: number
  readonly timeout: number
  readonly headers: Readonly<Record<string, string>>
}

/** The script of a load test for Artillery 2: a user a body, and no error allowed. */
export const artilleryScript = ({ to, count, rate, concurrency, timeout, headers }: LoadTest): string => {
  const { origin, pathname, search } = new URL(to)
  const duration = Math.max(1, Math.ceil(count / rate))
  return `# Made by jivo-dev replay --export; run it with  npx artillery run load-test.yml
config:
  target: ${JSON.stringify(origin)}
  http:
    timeout: ${Math.max(1, Math.ceil(timeout / 1_000))}
  processor: ./processor.cjs
  phases:
    # Every body once, ${rate} a second. A longer load begins again at the first body.
    - duration: ${duration}
      arrivalCount: ${count}
      maxVusers: ${concurrency}
  plugins:
    ensure: {}
  ensure:
    maxErrorRate: 0
scenarios:
  - name: webhooks
    flow:
      - post:
          url: ${JSON.stringify(pathname + search)}
          headers:
${Object.entries(headers)
  .map(([name, value]) => `            ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  .join('\n')}
          followRedirect: false
          beforeRequest: takeBody
          afterResponse: judge
`
}

/** A line of `bodies.jsonl`: the body as a text, so that it is sent byte for byte. */
export const artilleryLine = (name: string, body: string, expected: Expectation | undefined): string => `${JSON.stringify({ name, body, expected })}\n`

/** What takes the bodies from `bodies.jsonl` in turn and judges the answers as `jivo-dev replay` does. */
export const artilleryProcessor = `'use strict'
const { readFileSync } = require('node:fs')
const { join } = require('node:path')

const bodies = readFileSync(join(__dirname, 'bodies.jsonl'), 'utf8').split('\\n').filter(Boolean).map(line => JSON.parse(line))
let next = 0

exports.takeBody = (request, context, events, done) => {
  const taken = bodies[next % bodies.length]
  next += 1
  context.vars.taken = taken
  request.body = taken.body
  delete request.json
  done()
}

exports.judge = (request, response, context, events, done) => {
  const { name, expected } = context.vars.taken
  const problem = problemOf(response, expected || {})
  if (problem === null) return done()
  events.emit('counter', 'verdict.failed', 1)
  done(new Error('verdict ' + problem + ' ' + name))
}

/** The same checks as jivo-dev replay: a 2xx, JSON, result ok, or what the sidecar says instead. */
const problemOf = ({ statusCode, headers, body, timings }, { status, headers: wanted = {}, body: part, within }) => {
  const statuses = status === undefined ? null : [].concat(status)
  if (statuses === null ? statusCode < 200 || statusCode > 299 : !statuses.includes(statusCode)) return 'status'
  for (const name of Object.keys(wanted)) if (headers[name.toLowerCase()] !== wanted[name]) return 'header'
  if (within !== undefined && timings?.phases?.total > within) return 'late'
  if (part === undefined && statuses !== null && !statuses.every(one => one >= 200 && one <= 299)) return null
  let json
  try {
    json = JSON.parse(body)
  } catch {
    return 'not-json'
  }
  if (part === undefined) return json !== null && typeof json === 'object' && json.result === 'ok' ? null : 'result'
  return fits(part, json) ? null : 'body'
}

const fits = (wanted, value) => {
  if (Array.isArray(wanted)) return Array.isArray(value) && value.length === wanted.length && wanted.every((one, at) => fits(one, value[at]))
  if (wanted === null || typeof wanted !== 'object') return wanted === value
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  return Object.keys(wanted).every(key => Object.hasOwn(value, key) && fits(wanted[key], value[key]))
}
`
