import { type Command, InvalidArgumentError, type Option } from 'commander'

/** Variables that are not named after their flag. */
const names = new WeakMap<Option, string>()

/** Gives a flag a variable of another name than its own. */
export const withVariable = (option: Option, name: string): Option => {
  names.set(option, name)
  return option
}

/** The variable of a flag: `--exit-after` is `JIVO_DEV_EXIT_AFTER`. */
const variableOf = (option: Option): string => names.get(option) ?? `JIVO_DEV_${(option.long ?? '').replace(/^--/, '').replaceAll('-', '_').toUpperCase()}`

/** What a variable of a switch may say for no. */
const no = new Set(['', '0', 'false', 'no', 'off'])

/**
 * Lets every flag of a command be set by its variable, and says so in its help. Flag wins over variable, variable over
 * default. A variable that is empty counts as not set.
 *
 * @throws InvalidArgumentError that names the variable
 */
export const applyEnvironment = (command: Command, env: Readonly<Record<string, string | undefined>>): void => {
  for (const option of command.options) {
    // `--no-webhook` takes back what `--webhook` says; it needs no variable of its own.
    if (option.long === '--help' || option.negate) continue
    const name = variableOf(option)
    option.description = `${option.description} (env: ${name})`
    const text = env[name] ?? ''
    const isSwitch = option.isBoolean()
    const isOff = isSwitch && text !== '' && no.has(text.toLowerCase()) && option.defaultValue === true
    if (isOff) command.setOptionValueWithSource(option.attributeName(), false, 'env')
    if (isSwitch ? no.has(text.toLowerCase()) : text === '') continue
    command.setOptionValueWithSource(option.attributeName(), isSwitch ? true : parse(option, text, name), 'env')
  }
}

const parse = (option: Option, text: string, name: string): unknown => {
  if (option.parseArg === undefined) return option.variadic ? text.split(',') : text
  try {
    return option.parseArg(text, option.defaultValue as never)
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    throw new InvalidArgumentError(`${name}=${text} is invalid. ${error.message}`)
  }
}
