import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { parseUrl } from '../config/values.js'
import type { Context } from '../context.js'
import { jivoHosts } from '../emulator/guard.js'
import { type ExitCode, exitCodes } from '../errors.js'
import { browserArguments, shellLine } from '../transports/chrome-arguments.js'
import { dataOption, type EmulatorOptions, emulatorOption, findEmulator } from './emulator-client.js'
import { jsonOption } from './target.js'

interface Options extends EmulatorOptions {
  readonly browser?: string
  readonly print: boolean
  readonly json: boolean
}

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description("Opens your own site in a browser for which Jivo's hosts are the running emulator: the site's snippet stays as it is.")
    .argument('<url>', 'page with the snippet, over http', parseUrl)
    .argument('[arguments...]', 'after --: flags for the browser, such as --headless=new')
    .addOption(new Option('--browser <path>', 'Chrome, Chromium or Edge; the first that is installed unless told otherwise'))
    .addOption(new Option('--print', 'print the command line and open nothing').default(false))
    .addOption(emulatorOption())
    .addOption(dataOption())
    .addOption(jsonOption('print one JSON value'))
    .action(async (url: string, extra: readonly string[], options: Options) => done(await open(url, extra, options, context)))
}

const open = async (url: string, extra: readonly string[], options: Options, context: Context): Promise<ExitCode> => {
  const { stdout, stderr, env, platform, signal } = context
  const emulator = await findEmulator(options, context)
  const { findBrowser, newProfile, runBrowser } = await import('../transports/chrome.js')
  const program = findBrowser(options.browser, platform, env)
  if (url.startsWith('https:')) {
    stderr.write("jivo-dev open: the page is https, so its snippet asks Jivo's hosts over https, which the emulator does not speak yet: no widget will come.\n")
    stderr.write('  Open the site over http, or put the snippet of the emulator into it.\n')
  }
  const plan = { emulator, hosts: jivoHosts, url, extra }
  const show = (profile: string) => {
    const args = browserArguments({ ...plan, profile })
    if (options.json) stdout.write(`${JSON.stringify({ program, args, url, emulator, profile })}\n`)
    else if (options.print) stdout.write(`${shellLine([program, ...args])}\n`)
    else stderr.write(`${url} is open with ${program}; Jivo's hosts lead to ${emulator}\nIts profile is new, and is removed when the browser is closed.\n`)
    return args
  }
  if (options.print) {
    show(join(tmpdir(), 'jivo-dev-browser'))
    return exitCodes.done
  }
  const profile = newProfile()
  try {
    await runBrowser(program, show(profile.path), signal)
    return exitCodes.done
  } finally {
    await profile.remove().catch((error: Error) => stderr.write(`jivo-dev open: the profile ${profile.path} could not be removed: ${error.message}\n`))
  }
}
