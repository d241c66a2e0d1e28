/** Exit codes of the command line, as `--help` documents them. */
export const exitCodes = {
  done: 0,
  verdict: 1,
  usage: 2,
  input: 3,
  unreachable: 4,
  portBusy: 5,
  bug: 70,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

interface Message {
  readonly exit: ExitCode
  /** What failed and the value. */
  readonly text: string
  /** What to do, a line each. */
  readonly hints?: readonly string[]
}

/** Every failure that a user can do something about, in alphabetical order. */
const messages = {
  assetsMissing: ({ folder }: { folder: string }) => ({
    exit: exitCodes.bug,
    text: `The built files are missing from ${folder}.`,
    hints: ['In a checkout: npm run build', 'Otherwise install jivo-dev again'],
  }),
  badExpectation: ({ path, problem }: { path: string; problem: string }) => ({
    exit: exitCodes.input,
    text: `${path} is not an expectation: ${problem}.`,
    hints: ['An expectation is {"status": 200, "headers": {}, "body": {"result": "ok"}, "within": "3s"}; every key may be left out'],
  }),
  badFixture: ({ path, problem }: { path: string; problem: string }) => ({
    exit: exitCodes.input,
    text: `${path} is not a webhook body: ${problem}.`,
    hints: ['A fixture is a file with one JSON object that has an event_name'],
  }),
  badProjectFile: ({ path, line, column, problem, near, known }: ProjectFileMistake) => ({
    exit: exitCodes.input,
    text: `${path}:${line}:${column}: ${problem}`,
    hints: [...(near.length === 0 ? [] : [`Did you mean: ${near.join(' or ')}`]), ...(known.length === 0 ? [] : [`Known: ${known.join(', ')}`])],
  }),
  badReport: ({ path, problem }: { path: string; problem: string }) => ({
    exit: exitCodes.input,
    text: `${path} is not a report of jivo-dev replay: ${problem}.`,
    hints: ['Write one with   jivo-dev replay PATH… --report json=FILE'],
  }),
  badValue: ({ path, value, problem, allowed }: { path: string; value: string; problem: string; allowed: string }) => ({
    exit: exitCodes.usage,
    text: `--set ${path}=${value} does not fit: ${problem}.`,
    hints: [...(allowed === '' ? [] : [`Allowed: ${allowed}`]), 'Send it all the same: --force'],
  }),
  brokenEdit: ({ event, path, problems }: { event: string; path: string; problems: readonly string[] }) => ({
    exit: exitCodes.input,
    text: `The edited body cannot be sent: ${problems[0]}. Nothing was sent.`,
    hints: [...problems.slice(1, 6), `Your text is kept. Mend it, then:  jivo-dev trigger ${event} --data ${path}`],
  }),
  browserFailed: ({ program, problem, talk }: { program: string; problem: string; talk: readonly string[] }) => ({
    exit: exitCodes.unreachable,
    text: `The browser ${program} ${problem}.`,
    hints: [...talk, 'Another one:  jivo-dev open URL --browser PATH'],
  }),
  commandFailed: ({ program, problem }: { program: string; problem: string }) => ({
    exit: exitCodes.usage,
    text: `${program} could not be started: ${problem}.`,
    hints: ['The command comes after two dashes:  jivo-dev exec -- npm test'],
  }),
  dataInUse: ({ folder, pid, url }: { folder: string; pid: number; url: string | null }) => ({
    exit: exitCodes.input,
    text: `The data folder ${folder} is in use by another jivo-dev (pid ${pid}).`,
    hints: [
      ...(url === null ? [] : [`Use that one          ${url}console`]),
      `Take another folder   jivo-dev emulate --port 0 --data ${folder}-2`,
      `Stop it               kill ${pid}`,
    ],
  }),
  editorFailed: ({ editor, problem }: { editor: string; problem: string }) => ({
    exit: exitCodes.usage,
    text: `The editor ${editor} ${problem}. Nothing was sent.`,
    hints: ['VISUAL or EDITOR names the editor and its flags, such as VISUAL="code --wait"'],
  }),
  emulatorRefused: ({ message, isUsage }: { message: string; isUsage: boolean }) => ({
    exit: isUsage ? exitCodes.usage : exitCodes.verdict,
    text: message,
  }),
  emulatorUnreachable: ({ url, problem }: { url: string; problem: string }) => ({
    exit: exitCodes.unreachable,
    text: `No emulator answers at ${url}: ${problem}`,
    hints: ['Start one   jivo-dev emulate', 'Or name it  --emulator URL, or JIVO_DEV_URL'],
  }),
  fileUnreadable: ({ path, problem }: { path: string; problem: string }) => ({
    exit: exitCodes.input,
    text: `Cannot read ${path}: ${problem}.`,
  }),
  fileUnwritable: ({ path, problem }: { path: string; problem: string }) => ({
    exit: exitCodes.input,
    text: `Cannot write ${path}: ${problem}.`,
  }),
  journalBroken: ({ path, line, problem }: { path: string; line: number; problem: string }) => ({
    exit: exitCodes.input,
    text: `Line ${line} of ${path} is not what an emulator wrote: ${problem}. Nothing was changed.`,
    hints: ['Start with another folder   jivo-dev emulate --data FOLDER', `Or move the file away       ${path}`],
  }),
  nobodyAnswered: ({ seconds, hints }: { seconds: number; hints: readonly string[] }) => ({
    exit: exitCodes.verdict,
    text: `Nobody answered within ${seconds} s.`,
    hints: [...hints, 'Wait longer   --wait 1m', 'Or not at all  --no-wait'],
  }),
  noBrowser: ({ named, tried }: { named: string | null; tried: readonly string[] }) => ({
    exit: exitCodes.usage,
    text: named === null ? 'Neither Chrome nor Chromium nor Edge was found.' : `${named} is not a program that can be run.`,
    hints: [
      ...(named === null ? [`Looked for  ${tried.join(', ')}`] : []),
      'Name it     jivo-dev open URL --browser PATH, or JIVO_DEV_BROWSER',
      'Without it  put the snippet that the banner shows into your site',
    ],
  }),
  noEmulator: ({ folder }: { folder: string }) => ({
    exit: exitCodes.unreachable,
    text: `No running emulator was found: neither --emulator nor JIVO_DEV_URL is set, and ${folder} names none.`,
    hints: ['Start one   jivo-dev emulate', 'Or name it  --emulator http://127.0.0.1:7410'],
  }),
  noFixtures: ({ paths }: { paths: string }) => ({
    exit: exitCodes.input,
    text: `There are no fixtures under ${paths}.`,
    hints: ['A fixture is a .json file that holds one webhook body', 'The package brings some: jivo-dev trigger --list'],
  }),
  nothingChosen: ({ near }: { near: readonly string[] }) => ({
    exit: exitCodes.input,
    text: 'None of the fixtures was chosen, so nothing was sent.',
    hints: [...(near.length === 0 ? [] : [`Did you mean: ${near.join(', ')}`]), 'Fewer of --only and --where choose more'],
  }),
  portBusy: ({ port, host, owner, next }: { port: number; host: string; owner: PortOwner | null; next: string }) => ({
    exit: exitCodes.portBusy,
    text: `Port ${port} of ${host} is taken by ${owner === null ? 'another program' : describeOwner(owner)}.`,
    hints: [
      ...(owner?.isEmulator ? [`Use that one       http://${host}:${port}/console`] : []),
      `Take another port  ${next}`,
      ...(owner === null ? [] : [`Stop it            kill ${owner.pid}`]),
    ],
  }),
  portForbidden: ({ port, host, problem }: { port: number; host: string; problem: string }) => ({
    exit: exitCodes.portBusy,
    text: `Cannot listen on port ${port} of ${host}: ${problem}.`,
    hints: ['Take another port  jivo-dev emulate --port 7411'],
  }),
  secretEmpty: ({ path }: { path: string }) => ({
    exit: exitCodes.input,
    text: `${path} is empty, and it should hold the secret of the channel.`,
    hints: [`Write one  jivo-dev jwt secret > ${path}`],
  }),
  secretMissing: () => ({
    exit: exitCodes.usage,
    text: 'No secret of a channel is known.',
    hints: [
      'From a file      --secret-file FILE',
      'From a variable  JIVO_DEV_JWT_SECRET',
      'From the project jwtSecret of a channel in jivo-dev.yaml',
      'Make a new one   jivo-dev jwt secret',
    ],
  }),
  unknownChannel: ({ name, near, known }: { name: string; near: readonly string[]; known: readonly string[] }) => ({
    exit: exitCodes.usage,
    text: `There is no channel ${name}${orMeant(near)}`,
    hints: [`Channels: ${known.join(', ')}`],
  }),
  unknownContract: ({ name, near, known }: { name: string; near: readonly string[]; known: readonly string[] }) => ({
    exit: exitCodes.usage,
    text: `There is no contract named ${name}${orMeant(near)}`,
    hints: [`Known: ${known.join(', ')}`],
  }),
  unknownEvent: ({ event, near, known }: { event: string; near: readonly string[]; known: readonly string[] }) => ({
    exit: exitCodes.usage,
    text: `There is no webhook named ${event}${orMeant(near)}`,
    hints: [`Known: ${known.join(', ')}`],
  }),
  unknownFixture: ({ name, near }: { name: string; near: readonly string[] }) => ({
    exit: exitCodes.usage,
    text: `There is no fixture named ${name}${orMeant(near)}`,
    hints: ['All of them: jivo-dev fixtures list'],
  }),
  unknownPath: ({ path, event, near }: { path: string; event: string; near: readonly string[] }) => ({
    exit: exitCodes.usage,
    text: `${event} has no ${path}.`,
    hints:
      near.length === 0 ? [`All of its paths: jivo-dev schema ${event}`] : [`Did you mean: ${near.join(', ')}`, `All of its paths: jivo-dev schema ${event}`],
  }),
  unknownQuirk: ({ name, near, known }: { name: string; near: readonly string[]; known: readonly string[] }) => ({
    exit: exitCodes.usage,
    text: `There is no quirk named ${name}${orMeant(near)}`,
    hints: [`Known: ${known.join(', ')}`],
  }),
  unknownQuirkValue: ({ name, value, near, known }: { name: string; value: string; near: readonly string[]; known: readonly string[] }) => ({
    exit: exitCodes.usage,
    text: `The quirk ${name} has no value ${value === '' ? '(empty)' : value}${orMeant(near)}`,
    hints: [`Its values: ${known.join(', ')}`],
  }),
  usage: ({ problem, hint }: { problem: string; hint?: string }) => ({
    exit: exitCodes.usage,
    text: problem,
    ...(hint === undefined ? {} : { hints: [hint] }),
  }),
} as const satisfies Record<string, (values: never) => Message>

/** The end of a sentence that names nothing that is there. */
const orMeant = (near: readonly string[]) => (near.length === 0 ? '.' : `; did you mean ${near.join(' or ')}?`)

interface ProjectFileMistake {
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly column: number
  readonly problem: string
  readonly near: readonly string[]
  readonly known: readonly string[]
}

/** Who listens on a port. */
export interface PortOwner {
  readonly name: string
  readonly pid: number
  readonly isEmulator: boolean
}

const describeOwner = ({ name, pid, isEmulator }: PortOwner) => `${name} (pid ${pid}${isEmulator ? ', another jivo-dev' : ''})`

export type ErrorCode = keyof typeof messages
type ValuesOf<Code extends ErrorCode> = Parameters<(typeof messages)[Code]>[0]

/** A failure that the user can do something about. It is shown as its message, without a stack. */
export class UserError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'UserError'
  readonly code: Code
  readonly exit: ExitCode
  readonly hints: readonly string[]

  constructor(code: Code, values: ValuesOf<Code>) {
    const { text, exit, hints = [] }: Message = messages[code](values as never)
    super(text)
    this.code = code
    this.exit = exit
    this.hints = hints
  }
}
