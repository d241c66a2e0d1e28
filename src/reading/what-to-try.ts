import type { EventOf, NoAnswer } from '../contracts/journal.js'
import type { AdviceWords } from './advice-words.js'
import { duration } from './format.js'
import type { Lang } from './lang.js'

export interface Advice {
  /** What went wrong, in a few words. */
  readonly title: string
  /** One sentence or two of what to do. Text between backticks is code. */
  readonly text: string
}

/** What to tell about a delivery that was not taken, or about its last attempt while others are to come. Null when nothing went wrong. */
export const whatToTry = (
  attempt: EventOf<'delivery.attempted'> | undefined,
  failed: Pick<EventOf<'delivery.failed'>, 'reason' | 'status'> | undefined,
  to: string,
  words: AdviceWords,
  lang: Lang,
): Advice | null => {
  const { whyTitle, tryThis } = words
  const result = attempt?.result
  if (result?.kind === 'no-answer' || (result === undefined && failed !== undefined && failed.status === undefined)) {
    return withoutAnswer(reasonOf(result?.kind === 'no-answer' ? result.reason : failed?.reason), attempt?.timing.total ?? 0, to, words, lang)
  }
  const status = result?.status ?? failed?.status
  if (status === undefined) return null
  if (status < 200 || status > 299) return { title: whyTitle.status(status), text: tryThis[statusAdvice(status)] }
  if (failed === undefined) return null
  const reason = failed.reason
  if (reason === 'not-json') {
    const kind = result === undefined ? 'not-json' : bodyKind(result)
    return { title: whyTitle[kind], text: tryThis[kind] }
  }
  if (reason === 'too-long' || reason === 'no-result' || reason === 'result' || reason === 'reply') return { title: whyTitle[reason], text: tryThis[reason] }
  return { title: whyTitle.other, text: tryThis.other }
}

const withoutAnswer = (reason: NoAnswer, total: number, to: string, { whyTitle, tryThis }: AdviceWords, lang: Lang): Advice => {
  if (reason === 'timeout') return { title: whyTitle.timeout(duration(total, lang)), text: tryThis.timeout }
  if (reason === 'refused' || reason === 'dns') return { title: whyTitle[reason], text: tryThis[reason](reason === 'dns' ? hostname(to) : hostOf(to)) }
  return { title: whyTitle[reason], text: tryThis[reason] }
}

const reasons: readonly NoAnswer[] = ['refused', 'timeout', 'reset', 'dns', 'tls', 'blocked', 'protocol', 'other']

const reasonOf = (reason: string | undefined): NoAnswer => reasons.find(known => known === reason) ?? 'other'

const statusAdvice = (status: number) => {
  if (status >= 300 && status < 400) return 'redirect'
  if (status === 401 || status === 403) return 'auth'
  if (status === 404 || status === 410) return 'not-found'
  if (status === 405) return 'method'
  if (status === 413) return 'large'
  if (status === 429) return 'busy'
  return status >= 500 ? 'server' : 'other4xx'
}

const bodyKind = ({ body, contentType }: { body: string; contentType: string }) => {
  if (body.trim() === '') return 'empty'
  return /html/i.test(contentType) || /^\s*<(!doctype|html|head|body)/i.test(body) ? 'html' : 'not-json'
}

// An address in the journal has its secrets masked, so it may be no address any more.
const parse = (to: string) => (URL.canParse(to) ? new URL(to) : null)
const hostOf = (to: string) => parse(to)?.host ?? to
const hostname = (to: string) => parse(to)?.hostname ?? to
