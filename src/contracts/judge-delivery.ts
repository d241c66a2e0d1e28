import { type Answer, judgeAnswer, type Verdict } from './webhooks/replies.js'

/** Judges the answer to whatever Jivo posts: webhooks by their replies, the events of bots by the status alone. */
export const judgeDelivery = (event: string, answer: Answer): Verdict => (/^[A-Z_]+$/.test(event) ? judgeBotAnswer(answer) : judgeAnswer(event, answer))

/**
 * A bot's answer: "200 OK" is documented, and any status from 200 to 299 counts here: a guess. What stands in it means nothing:
 * bots answer with an empty body, `OK`, `{}`, `null` and more.
 */
const judgeBotAnswer = ({ status, body }: Answer): Verdict => {
  if (status < 200 || status > 299) return { ok: false, reason: 'status', message: `Expected a status from 200 to 299, got ${status}.` }
  const warning = /"BOT_MESSAGE"/.test(body)
    ? 'The answer holds a BOT_MESSAGE, which was ignored: bots speak by a request of their own, POST /webhooks/{provider_id}/{token}.'
    : undefined
  return { ok: true, reply: { result: 'ok' }, ...(warning === undefined ? {} : { warning }) }
}
