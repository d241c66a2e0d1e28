import { type Command, Option } from 'commander'
import { type Headers, parseHeader } from '../config/header.js'
import { parseAssistant, parseBoot, parseDuration, parsePort, parseRateLimit, parseSeed, parseTrouble, parseUrl } from '../config/values.js'
import type { Account, AgentsMode, DeliveryProfile, RateLimit } from '../contracts/account.js'
import type { WidgetSettings } from '../contracts/widget-settings.js'
import { configOption, noConfigOption } from './project-file.js'

/** The flags of `emulate`. */
export interface Options {
  readonly port: number
  readonly host: string
  readonly tlsPort?: number
  readonly trust?: string
  readonly allowHost: readonly string[]
  readonly data: string
  /** False for `--no-webhook`. */
  readonly webhook?: string | false
  /** False for `--no-crm-webhook`. */
  readonly crmWebhook?: string | false
  /** False for `--no-bot`. */
  readonly bot?: string | false
  /** False for `--no-chat`. */
  readonly chat?: string | false
  readonly chatFraming?: 'length' | 'chunked'
  readonly botToken?: string
  readonly botHeader: Headers
  readonly answerWithin?: number
  readonly rateLimit?: RateLimit
  readonly refuseWith?: NonNullable<Account['refuseWith']>
  /** False for `--no-config`. */
  readonly config?: string | false
  readonly strict: boolean
  readonly deliveryProfile: DeliveryProfile['name']
  readonly quirk: readonly string[]
  readonly agents: AgentsMode
  readonly widgetBoot?: WidgetSettings['boot']
  readonly suggest?: string
  readonly jwtSecretFile?: string
  /** False for `--no-jwt-secret`. */
  readonly jwtSecret?: string | false
  readonly strictTokens: boolean
  /** False for `--no-token-url`. */
  readonly tokenUrl?: string | false
  readonly seed: number
  readonly open: boolean
  readonly json: boolean
  readonly quiet: boolean
  /** False for `--no-tui`. */
  readonly tui: boolean
  readonly exitAfter?: number
}

/** Declares them. */
export const addOptions = (command: Command): Command => {
  command
    .description('Starts the fake Jivo on this machine: a shop page with the widget, the agent console, webhooks to your server.')
    .addOption(new Option('-p, --port <number>', 'port; 0 takes any free one').default(7410).argParser(parsePort))
    .addOption(new Option('--host <address>', 'address to listen on; beyond loopback the console needs a token').default('127.0.0.1'))
    .addOption(new Option('--allow-host <name...>', 'host names to answer to besides loopback').default([]))
    .addOption(
      new Option('--tls-port <number>', "a second port, which speaks TLS with a certificate for Jivo's hosts: for containers and hosts files").argParser(
        parsePort,
      ),
    )
    .addOption(new Option('--trust <folder>', 'write there what clients trust that certificate by: ca.pem, bundle.pem, trust.jks, php/jivo-dev.ini'))
    .addOption(new Option('-d, --data <folder>', 'folder of the journal').default('.jivo-dev'))
  return addAccountOptions(command)
    .addOption(new Option('--open', 'open the shop page in the browser').default(false))
    .addOption(new Option('--json', 'stdout is NDJSON: emulator.ready, then every event').default(false))
    .addOption(new Option('-q, --quiet', 'no banner and no events').default(false))
    .addOption(new Option('--tui', 'in a terminal the events fill the screen, with keys to act on them').default(true))
    .addOption(new Option('--no-tui', 'one line an event in a terminal, too'))
    .addOption(new Option('--exit-after <duration>', 'stop by itself after 500ms, 10s, 5m').argParser(parseDuration))
}

/** Declares those that say what the emulator is, wherever it runs. */
export const addAccountOptions = (command: Command): Command =>
  command
    .addOption(new Option('-w, --webhook <url>', 'your server, which receives the webhooks; kept for the next start').argParser(parseUrl))
    .addOption(new Option('--no-webhook', 'send no webhooks, whatever the last start had'))
    .addOption(new Option('--crm-webhook <url>', 'your server for CRM webhooks, an address of the account; kept for the next start').argParser(parseUrl))
    .addOption(new Option('--no-crm-webhook', 'send no CRM webhooks, whatever the last start had'))
    .addOption(new Option('--bot <url>', 'your bot for all channels, asked at URL/TOKEN; kept for the next start').argParser(parseUrl))
    .addOption(new Option('--no-bot', 'no bot, whatever the last start had'))
    .addOption(
      new Option('--answer-within <duration>', 'how long the bot may be silent before the chat goes to the agents: 500ms, 10s; for ever when absent').argParser(
        parseDuration,
      ),
    )
    .addOption(new Option('--chat <url>', 'your server as a channel of the Chat API; kept for the next start').argParser(parseUrl))
    .addOption(new Option('--no-chat', 'send nothing to it, whatever the last start had'))
    .addOption(new Option('--chat-framing <how>', 'how the length of what it is sent is told').choices(['length', 'chunked']))
    .addOption(new Option('--rate-limit <n/time>', 'answer 429 to more than 5/s, 60/m of a bot or a channel; no limit when absent').argParser(parseRateLimit))
    .addOption(
      new Option('--refuse-with <status>', 'answer every request of a bot or a channel with 403, 500, 502, 503 or 504, as a service in trouble does').argParser(
        parseTrouble,
      ),
    )
    .addOption(new Option('--bot-token <token>', 'token of the bot, in both directions; made up when absent'))
    .addOption(new Option('--bot-header <name: value>', 'send the bot a header; may be repeated').argParser(parseHeader).default({}, ''))
    .addOption(new Option('--strict', "refuse what Jivo's documents refuse, where the live service was seen to be lenient").default(false))
    .addOption(
      new Option(
        '--delivery-profile <name>',
        'jivo: 3 s for an answer, again after 1 s and 5 s when there is none or it is 5xx or 429; strict: again after every answer that is not ok; none: one attempt. Guesses all: Jivo documents no numbers',
      )
        .choices(['jivo', 'strict', 'none'])
        .default('jivo'),
    )
    .addOption(new Option('--quirk <name=value>', 'how the channel resolves a contradiction in the docs; may be repeated').argParser(collect).default([], ''))
    .addOption(
      new Option('--agents <mode>', 'auto: answers by itself; manual: waits for the console; offline: nobody is there')
        .choices(['auto', 'manual', 'offline'])
        .default('auto'),
    )
    .addOption(
      new Option(
        '--widget-boot <when>',
        'when the widget starts on a loaded page: now; lazy: at the first scroll or movement of the mouse, 5 s at most; or milliseconds. Kept for the next start',
      ).argParser(parseBoot),
    )
    .addOption(new Option('--jwt-secret-file <file>', 'the secret that user tokens of the site are signed with; kept for the next start'))
    .addOption(new Option('--jwt-secret <text>', 'the same as text: better in JIVO_DEV_JWT_SECRET than here, where the history of the shell keeps it'))
    .addOption(new Option('--no-jwt-secret', 'user tokens are opaque, whatever the last start had'))
    .addOption(new Option('--strict-tokens', 'take no user token that is bad; Jivo is not known to refuse any').default(false))
    .addOption(
      new Option('--token-url <url>', 'your endpoint that gives the users of the shop page their tokens; {user} stands for the id').argParser(parseUrl),
    )
    .addOption(new Option('--no-token-url', 'the emulator signs them itself, whatever the last start had'))
    .addOption(
      new Option(
        '--suggest <url or command>',
        'who suggests answers to the agent: gets the chat as JSON, by POST or on stdin, and answers with the text or {"text": "…"}',
      ).argParser(parseAssistant),
    )
    .addOption(configOption())
    .addOption(noConfigOption())
    .addOption(new Option('--seed <number>', 'decides the widget id; the same seed, the same id').default(1).argParser(parseSeed))

/** Commas part values as well: a variable of the environment holds all of them. */
const collect = (value: string, previous: readonly string[]) => [...previous, ...value.split(',')]
