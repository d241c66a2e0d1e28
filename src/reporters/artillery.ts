import type { Fixture } from '../replay/fixture.js'

/** Where a load test sends that was exported without an address. */
export const placeholderTarget = 'http://127.0.0.1:3000/jivo'

export interface LoadTest {
  readonly to: string
  /** Sends in all. */
  readonly count: number
  /** Sends a second. */
  readonly rate: number
  /** Most virtual users at a time; any number where nothing is said. */
  readonly concurrency?: number
  /** Milliseconds for an answer, the longest that any sidecar allows included. */
  readonly timeout: number
  readonly headers: Readonly<Record<string, string>>
}

/** The script of a load test for Artillery 2: a user a body, and no error allowed. */
export const artilleryScript = ({ to, count, rate, concurrency, timeout, headers }: LoadTest): string => {
  const { origin, pathname, search } = new URL(to)
  const duration = Math.max(1, Math.ceil(count / rate))
  // Artillery counts a user beyond the limit as skipped and lets its body go unsent, so there is a limit only where one is asked for.
  const limit = concurrency === undefined ? '' : `\n      # A body that is due while so many wait for an answer is skipped.\n      maxVusers: ${concurrency}`
  return `# Made by jivo-dev replay --export. Run it with
#   npx artillery@2 run load-test.yml
# To another address, path and all:
#   JIVO_DEV_TO=${placeholderTarget} npx artillery@2 run load-test.yml
config:
  target: ${JSON.stringify(origin)}
  http:
    # Seconds.
    timeout: ${timeout / 1_000}
  processor: ./processor.cjs
  phases:
    # Every body once, ${rate} a second. A longer load begins again at the first body. A phase with arrivalRate runs on
    # several threads, of which each begins at the first body.
    - duration: ${duration}
      arrivalCount: ${count}${limit}
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
export const artilleryLine = ({ name, event, text: body, expected }: Fixture): string => `${JSON.stringify({ name, event, body, expected })}\n`

/** What takes the bodies from `bodies.jsonl` in turn, and has the answers judged by `judge.cjs`: the verdict of `jivo-dev replay`. */
export const artilleryProcessor = `'use strict'
const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { judgeBy } = require('./judge.cjs')

const bodies = readFileSync(join(__dirname, 'bodies.jsonl'), 'utf8').split('\\n').filter(Boolean).map(line => JSON.parse(line))
const longestAnswer = 1024 * 1024
/** Failures that are counted by the name of their body. */
const mostNames = 100
let next = 0
let failures = 0

exports.takeBody = (request, context, events, done) => {
  const taken = bodies[next % bodies.length]
  next += 1
  context.vars.taken = taken
  // Artillery fills templates in texts; bytes it leaves alone.
  request.body = Buffer.from(taken.body)
  // Not a name that something else may have set.
  if (process.env.JIVO_DEV_TO) request.url = process.env.JIVO_DEV_TO
  done()
}

exports.judge = (request, { statusCode, headers, body, timings }, context, events, done) => {
  const { name, event, expected } = context.vars.taken
  const isLong = Buffer.byteLength(body) > longestAnswer
  const answer = { kind: 'answered', status: statusCode, contentType: headers['content-type'] || '', body, ...(isLong ? { truncated: true } : {}) }
  const { ok, reason } = judgeBy(event, answer, expected, timings.phases.total, headers)
  if (ok) return done()
  failures += 1
  events.emit('counter', 'verdict.failed', 1)
  done(new Error('verdict ' + reason + (failures > mostNames ? '' : ' ' + name)))
}
`
