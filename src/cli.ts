import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { commandTable } from './command-table.js'
import { applyEnvironment } from './config/environment.js'
import type { Context } from './context.js'
import { type ExitCode, exitCodes, UserError } from './errors.js'
import { paint } from './reporters/paint.js'

/** What a command's module exports: it declares its own flags, and runs. */
export interface CommandModule {
  /** Adds arguments and flags. The action must hand its result to `done`: an exit code of ours, or that of a command it ran. */
  readonly configure: (command: Command, context: Context, done: (code: number) => void) => void
}

/** Runs one command line and returns its exit code. Every failure becomes a message on stderr. */
export const run = async (args: readonly string[], context: Context): Promise<number> => {
  const { stdout, stderr } = context
  let code: number = exitCodes.done
  const program = new Command('jivo-dev')
    .version(context.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureOutput({
      writeOut: text => stdout.write(text),
      writeErr: text => stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'jivo-dev: ')),
    })
    .helpCommand(false)
    .showHelpAfterError('(jivo-dev --help lists everything)')
    .exitOverride()

  let chosen: Command | undefined
  const wanted = args.find(arg => !arg.startsWith('-'))
  for (const { name, load } of commandTable) {
    const command = program.command(name).helpOption('-h, --help', 'print this help')
    // Sub-commands take over these settings only when they are made by `command()` before they are set.
    command.copyInheritedSettings(program)
    command.showHelpAfterError(`(jivo-dev ${name} --help lists its flags)`)
    if (name !== wanted) continue
    const module = await load()
    module.configure(command, context, result => {
      code = result
    })
    chosen = command
  }

  try {
    for (const command of chosen === undefined ? [] : [chosen, ...chosen.commands]) applyEnvironment(command, context.env)
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return fail(error, context, wanted)
  }
}

const fail = (error: unknown, { stderr, env, signal }: Context, command = ''): ExitCode => {
  const color = paint(stderr, env)
  const name = command === '' ? 'jivo-dev' : `jivo-dev ${command}`
  if (error instanceof InvalidArgumentError) {
    stderr.write(`${color.red(`${name}:`)} ${error.message}\n`)
    return exitCodes.usage
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  if (error instanceof UserError) {
    const hints = error.hints.map(hint => `  ${hint}\n`).join('')
    stderr.write(`${color.red(`${name}:`)} ${error.message}\n${hints === '' ? '' : `\n${hints}`}`)
    return error.exit
  }
  if (signal.aborted) return exitCodes.interrupted
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
  stderr.write(`${color.red(`${name}:`)} a bug in jivo-dev. Report it with the command and these lines:\n\n${details}\n`)
  return exitCodes.bug
}
