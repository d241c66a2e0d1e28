import type { Command } from 'commander'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes } from '../errors.js'
import { jsonOption } from './target.js'

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Makes a secret for a channel: 64 letters and digits, 381 bits of chance.')
    .addOption(jsonOption('print {"secret"}'))
    .action(({ json }: { readonly json: boolean }) => {
      const secret = makeSecret(context.randomHex)
      context.stdout.write(json ? `${JSON.stringify({ secret })}\n` : `${secret}\n`)
      done(exitCodes.done)
    })
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const length = 64

const makeSecret = (randomHex: Context['randomHex']): string => {
  let secret = ''
  while (secret.length < length) {
    const byte = Number.parseInt(randomHex(1), 16)
    // What is left over at the end of the range would make some letters likelier than others.
    if (byte < 256 - (256 % alphabet.length)) secret += alphabet[byte % alphabet.length]
  }
  return secret
}
