import { cut, type Paint } from './paint.js'

export interface BannerFacts {
  readonly version: string
  /** Base address with a slash at the end. */
  readonly url: string
  /** Port that speaks TLS under Jivo's own names; null without one. */
  readonly tlsPort: number | null
  readonly widgetId: string
  readonly webhook: string | null
  /** Somebody listens at the webhook's address now. */
  readonly isHeard: boolean
  /** Where each bot is asked, its secrets masked, and where it answers. */
  readonly bots: readonly { readonly name: string; readonly asked: string; readonly answers: string }[]
  /** Where each channel of the Chat API gets its events, null for nowhere, and where its customers write. */
  readonly chats: readonly { readonly name: string; readonly asked: string | null; readonly answers: string }[]
  /** Path of the project's file; null without one. */
  readonly file: string | null
  readonly agents: 'auto' | 'manual' | 'offline'
  readonly agentName: string
  /** Set when the emulator listens beyond loopback. */
  readonly token: string | null
  /** Path of the journal as the user would write it. */
  readonly journal: string
  /** Milliseconds from the start of the process. */
  readonly took: number
}

/** What `emulate` says when it is ready: where things are, what to paste, what to do next. */
export const banner = (
  { version, url, tlsPort, widgetId, webhook, isHeard, bots, chats, file, agents, agentName, token, journal, took }: BannerFacts,
  paint: Paint,
): string => {
  const { bold, gray, blue, yellow, red } = paint
  const { host } = new URL(url)
  const query = token === null ? '' : `?token=${token}`
  const row = (label: string, value: string) => `  ${gray(label.padEnd(13))} ${value}`
  const answering = {
    auto: `${agentName}, the agent, answers by himself.\n    Write in the console, and the chat is yours.`,
    manual: 'Then accept the chat in the console: --agents manual leaves it to you.',
    offline: 'Nobody is online (--agents offline), so the widget shows the offline form.',
  }[agents]
  return [
    `${bold('jivo-dev')} ${version}, a local fake of Jivo. It never talks to Jivo.`,
    '',
    row('Shop page', blue(url)),
    row('Console', blue(`${url}console${query}`)),
    row('Playground', blue(`${url}playground${query}`)),
    row(
      'Webhooks to',
      webhook === null ? `nowhere yet: ${bold('--webhook URL')}` : `${blue(webhook)}${isHeard ? '' : `   ${red('✖')} nothing listens there yet`}`,
    ),
    ...bots.map(({ name, asked, answers }) => row(bots.length === 1 ? 'Bot' : cut(name, 13), `${blue(asked)}   it answers at ${blue(answers)}`)),
    ...chats.map(({ name, asked, answers }) =>
      row(cut(name, 13), `${asked === null ? `nowhere yet: ${bold('--chat URL')}` : blue(asked)}   your clients write to ${blue(answers)}`),
    ),
    ...(token === null
      ? []
      : ['', `  ${yellow('Other machines can reach this emulator.')} Its console and control routes need the token:`, `    Authorization: Bearer ${token}`]),
    '',
    `  ${bold('Paste into your site')}`,
    `    <script src="//${host}/widget/${widgetId}" async></script>`,
    '',
    `  ${bold("In place of Jivo's hosts")}`,
    `    ${gray('code.jivosite.com, code.jivo.ru')}   ${blue(url.slice(0, -1))}   ${gray('the widget')}`,
    ...(tlsPort === null ? [] : [`    ${gray("or by Jivo's own names, where they lead here: port")} ${tlsPort} ${gray('speaks TLS')}`]),
    '',
    `  ${bold('Next')}`,
    `    Open the shop page and write. ${answering}`,
    `    jivo-dev trigger chat_accepted --to ${webhook ?? 'http://127.0.0.1:3000/jivo'}`,
    '',
    gray(`Ready in ${took} ms. Journal: ${journal}.${file === null ? '' : ` Settings: ${file}.`} Ctrl-C stops.`),
    '',
    '',
  ].join('\n')
}
