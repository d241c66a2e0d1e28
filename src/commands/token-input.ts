import type { Context } from '../context.js'
import { UserError } from '../errors.js'
import { untilAborted } from '../transports/line-stream.js'

/** Most characters that are read from stdin; a token is judged as too long far before. */
const longest = 1024 * 1024

/** The token that was given, or stdin for `-`. Space around it is none of its own. */
export const readTokenArgument = async (given: string, { stdin, signal }: Context): Promise<string> => {
  if (given !== '-') return given.trim()
  let text = ''
  for await (const chunk of untilAborted(stdin, signal)) {
    text += chunk.toString()
    if (text.length > longest) break
  }
  stdin.close()
  if (text.trim() === '') throw new UserError('usage', { problem: 'stdin gave no token.', hint: 'jivo-dev jwt sign --id cust58213 | jivo-dev jwt inspect -' })
  return text.trim()
}
