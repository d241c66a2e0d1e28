import { type Conversation, suggestedAnswer } from '../contracts/suggestion.js'
import { JsonError, parseJson } from '../emulator/json.js'
import type { HttpClient } from './http/http-client.js'
import { runCommand } from './run-command.js'

/** Milliseconds that an assistant has. */
const patience = 10_000

/** Bytes of the longest answer that is read. */
const longestAnswer = 1024 * 1024

/** Letters of an answer or of stderr that a message quotes. */
const longestQuote = 300

/**
 * Asks the assistant that `--suggest` names: an address gets a POST, a command gets the same JSON on stdin.
 *
 * @throws Error with what failed and what to do. The query of the address and the arguments of the command may be secret: no message has them.
 */
export const askAssistant = (target: string, conversation: Conversation, client: HttpClient, signal: AbortSignal): Promise<string> =>
  /^https?:\/\//.test(target) ? askServer(target, conversation, client, signal) : askCommand(target, conversation, signal)

const askServer = async (address: string, conversation: Conversation, client: HttpClient, signal: AbortSignal): Promise<string> => {
  const { origin, pathname } = new URL(address)
  const failed = (what: string) => new Error(`The assistant at ${origin}${pathname} ${what}`)
  const headers = { 'content-type': 'application/json; charset=utf-8', accept: 'application/json, text/plain' }
  const { result } = await client.request({ url: address, body: JSON.stringify(conversation), headers, timeout: patience, signal })
  if (result.kind === 'no-answer') throw failed(`did not answer: ${ended(result.message)} Start it, or mend the address of --suggest.`)
  const { status, contentType, body, truncated } = result
  if (status < 200 || status > 299) throw failed(`answered ${status}: ${quote(body)}. Have it answer 200 with the text.`)
  if (truncated) throw failed(`answered with more than ${longestAnswer} bytes. Have it answer with the text alone.`)
  if (!/^application\/json\b/i.test(contentType)) return body
  try {
    const { success, data } = suggestedAnswer.safeParse(parseJson(body))
    if (success) return data.text
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw failed(`answered with a body that ${error.message}. Have it answer {"text": "…"}, or text/plain.`)
  }
  throw failed(`answered without a text: ${quote(body)}. Have it answer {"text": "…"}, or text/plain.`)
}

const askCommand = async (command: string, conversation: Conversation, signal: AbortSignal): Promise<string> => {
  const input = `${JSON.stringify(conversation)}\n`
  const { stdout, stderr, problem } = await runCommand(command, { input, timeout: patience, longest: longestAnswer, signal })
  if (problem === null) return stdout
  const said = stderr === '' ? 'It said nothing on stderr.' : `It said: ${quote(stderr)}.`
  throw new Error(`The assistant's command ${programOf(command)} ${problem}. ${said} Try it in a terminal: it gets the conversation as JSON on stdin.`)
}

/** The first word that is not an assignment of the environment. */
const programOf = (command: string) =>
  command
    .trim()
    .split(/\s+/)
    .find(word => !/^\w+=/.test(word)) ?? command

const quote = (text: string) => (text.trim() === '' ? '(nothing)' : [...text.trim()].slice(0, longestQuote).join(''))

const ended = (sentence: string) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`)
