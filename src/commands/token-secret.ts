import { type Command, Option } from 'commander'
import { withVariable } from '../config/environment.js'
import type { Context } from '../context.js'
import { UserError } from '../errors.js'
import { readText } from '../transports/text-files.js'
import { configOption, noConfigOption, readProjectFile } from './project-file.js'

export interface SecretOptions {
  readonly secret?: string
  readonly secretFile?: string
  /** False for `--no-config`. */
  readonly config?: string | false
}

/** Flags of every command that needs the secret of a channel. */
export const addSecretOptions = (command: Command): Command =>
  command
    .addOption(new Option('--secret-file <file>', 'file with the secret of the channel'))
    .addOption(
      withVariable(new Option('--secret <text>', 'the secret itself; a flag stays in the history of the shell, the variable does not'), 'JIVO_DEV_JWT_SECRET'),
    )
    .addOption(configOption())
    .addOption(noConfigOption())

/**
 * The secret that the flags name; without them the variables; without those `jwtSecret` of the first such channel of the
 * project. Null when none of them says any.
 */
export const findSecret = async ({ secret, secretFile, config }: SecretOptions, command: Command, context: Context): Promise<string | null> => {
  const isFlag = (name: string) => command.getOptionValueSource(name) === 'cli'
  if (isFlag('secret') && isFlag('secretFile')) throw new UserError('usage', { problem: 'Both --secret and --secret-file say the secret; leave one out.' })
  if (secret !== undefined && isFlag('secret')) {
    context.stderr.write('The secret is in the history of your shell now; --secret-file FILE and JIVO_DEV_JWT_SECRET keep it out.\n')
    if (secret === '') throw new UserError('secretMissing', undefined)
  }
  if (secret !== undefined && !isFlag('secretFile')) return secret
  if (secretFile !== undefined) return readSecret(secretFile, context)
  const { file } = await readProjectFile(config, context)
  return file.channels?.find(({ jwtSecret }) => jwtSecret !== undefined)?.jwtSecret ?? null
}

/** @throws UserError `secretMissing` */
export const needSecret = async (options: SecretOptions, command: Command, context: Context): Promise<string> => {
  const secret = await findSecret(options, command, context)
  if (secret === null) throw new UserError('secretMissing', undefined)
  return secret
}

/** @throws UserError `fileUnreadable` or `secretEmpty` */
export const readSecret = async (path: string, { cwd }: Context): Promise<string> => {
  const text = await readText(path, cwd)
  // Editors and `echo` end a file with a line break, which is no part of the secret.
  const secret = text.replace(/\r?\n$/, '')
  if (secret === '') throw new UserError('secretEmpty', { path })
  return secret
}
