import type { Command } from 'commander'
import type { Context } from '../context.js'
import { jivoHosts } from '../emulator/guard.js'
import { type ExitCode, exitCodes } from '../errors.js'
import { jsonOption } from './target.js'

/** Lines for the file of hosts: for clients that neither a variable nor a hook can reroute. Only prints: nothing is changed. */
export const configureHosts = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description("Prints lines for the hosts file that lead Jivo's hosts to this machine, for clients that nothing else can reroute.")
    .addOption(jsonOption('print one JSON value'))
    .action((_: unknown, own: Command) => {
      // A flag that `doctor` has as well is taken for that one's.
      const { json } = own.optsWithGlobals<{ readonly json: boolean }>()
      const { stdout, stderr, platform } = context
      const lines = jivoHosts.map(host => `127.0.0.1 ${host} # jivo-dev`)
      const file = platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts'
      if (json) stdout.write(`${JSON.stringify({ file, lines })}\n`)
      else {
        stdout.write(`${lines.join('\n')}\n`)
        stderr.write(`\n${adviceFor(platform, file).join('\n')}\n`)
      }
      done(exitCodes.done)
    })
}

const adviceFor = (platform: string, file: string): string[] => [
  ...(platform === 'win32'
    ? [`Add them to ${file}, as administrator.`]
    : [`Add them      jivo-dev doctor hosts | sudo tee -a ${file}`, `Take them out sudo sed -i${platform === 'darwin' ? " ''" : ''} '/# jivo-dev$/d' ${file}`]),
  'Emulator      jivo-dev emulate --port 80 --tls-port 443 --trust jivo-trust',
  'Trust         what the client reads from jivo-trust: ca.pem, bundle.pem, trust.jks or php/jivo-dev.ini',
  ...(platform === 'linux' ? ['', 'Ports below 1024 are for root, unless  sudo sysctl net.ipv4.ip_unprivileged_port_start=80'] : []),
  '',
  'While they are there, every program of this machine speaks to the emulator instead of Jivo, and Jivo cannot be reached.',
]
