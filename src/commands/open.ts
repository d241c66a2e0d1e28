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
    .argument('<url>', 'page with the snippet, over http or https, on this machine or anywhere', parseUrl)
    .argument('[arguments...]', 'after --: flags for the browser, such as --headless=new')
    .addOption(new Option('--browser <path>', 'Chrome, Chromium or Edge; the first that is installed unless told otherwise'))
    .addOption(new Option('--print', 'print the command line and open nothing').default(false))
    .addOption(emulatorOption())
    .addOption(dataOption())
    .addOption(jsonOption('print one JSON value'))
    .action(async (url: string, extra: readonly string[], options: Options) => done(await open(url, extra, options, context)))
}

const open = async (url: string, extra: readonly string[], options: Options, context: Context): Promise<ExitCode> => {
  const { stdout, stderr, env, platform, signal, packageFolder, pid, clock } = context
  const emulator = await findEmulator(options, context)
  const { findBrowser, newProfile, runBrowser } = await import('../transports/chrome.js')
  const program = findBrowser(options.browser, platform, env)
  const show = (profile: string, proxy: string, spki?: string) => {
    const args = browserArguments({ hosts: jivoHosts, url, extra, profile, proxy, spki })
    if (options.json) stdout.write(`${JSON.stringify({ program, args, url, emulator, profile })}\n`)
    else if (options.print) stdout.write(`${shellLine([program, ...args])}\n`)
    else stderr.write(`${url} is open with ${program}; Jivo's hosts lead to ${emulator}\nIts profile is new, and is removed when the browser is closed.\n`)
    return args
  }
  if (options.print) {
    if (url.startsWith('https:')) {
      stderr.write('jivo-dev open: the page is https, and for such a page a port has to be open as long as the browser is: leave out --print.\n')
    }
    show(join(tmpdir(), 'jivo-dev-browser'), emulator)
    return exitCodes.done
  }
  const profile = newProfile()
  try {
    const { openIntercept } = await import('../transports/intercept/open-intercept.js')
    // Its certificate is as new as the profile, and goes with it.
    const dataFolder = join(profile.path, 'jivo-dev')
    const intercept = await openIntercept({ dataFolder, emulatorUrl: emulator, env, platform, packageFolder, pid, now: clock.now() })
    try {
      await runBrowser(program, show(profile.path, `http://127.0.0.1:${intercept.port}`, intercept.spki), signal)
      return exitCodes.done
    } finally {
      await intercept.close()
    }
  } finally {
    await profile.remove().catch((error: Error) => stderr.write(`jivo-dev open: the profile ${profile.path} could not be removed: ${error.message}\n`))
  }
}
