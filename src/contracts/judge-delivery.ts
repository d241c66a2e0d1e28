import { type Answer, judgeAnswer, type Verdict } from './webhooks/replies.js'

/** Judges the answer to whatever Jivo posts: webhooks by their replies, the events of bots and of the Chat API by the status alone. */
export const judgeDelivery = (event: string, answer: Answer): Verdict => {
  if (event.startsWith('chat-api.')) return judgeStatus(answer)
  return /^[A-Z_]+$/.test(event) ? judgeBotAnswer(answer) : judgeAnswer(event, answer)
}

/** What stands in the answer means nothing: servers answer with an empty body, `OK`, `200`, `{}`, `null` and more. */
const judgeStatus = ({ status }: Answer): Verdict =>
  status < 200 || status > 299
    ? { ok: false, reason: 'status', message: `Expected a status from 200 to 299, got ${status}.` }
    : { ok: true, reply: { result: 'ok' } }

/** A bot's answer: "200 OK" is documented, and any status from 200 to 299 counts here: a guess. */
const judgeBotAnswer = (answer: Answer): Verdict => {
  const verdict = judgeStatus(answer)
  if (!verdict.ok || !/"BOT_MESSAGE"/.test(answer.body)) return verdict
  return {
    ...verdict,
    warning: 'The answer holds a BOT_MESSAGE, which was ignored: bots speak by a request of their own, POST /webhooks/{provider_id}/{token}.',
  }
}
