import type { ComponentChildren } from 'preact'
import { shortUrl } from '../../reading/format.js'
import { useApp } from '../app-context.js'
import { CodeLine } from '../code-line.js'
import { Icon } from '../icons.js'
import { Rich } from '../rich.js'
import { WebhookAddress } from '../webhook-address.js'
import { OnSite } from './invite.js'

/** An address that a command needs before the person has told us theirs. */
const exampleReceiver = 'http://127.0.0.1:3000/jivo'

/** The desk before the first chat: what to do, with the real addresses. */
export const FirstRun = () => {
  const { store, words } = useApp()
  const { account, pages, tally } = store.world
  const w = words.first
  const channel = account?.channels[0]
  const webhook = channel?.webhook ?? null
  const receiver = webhook ?? exampleReceiver
  const { host, origin } = location
  const openPage = Object.values(pages).at(-1)
  const ended = tally.done + tally.failed
  return (
    <main class="pagey" id="main" tabIndex={-1}>
      <div class="wrap">
        <header class="hero">
          <h2 class="hero-h">{w.title}</h2>
          <p>{w.lead}</p>
        </header>
        <div class="steps">
          <Step number={1} state={openPage === undefined ? 'now' : 'done'} title={w.one} text={w.oneText}>
            <p>
              <a class="btn primary" href="/" target="_blank" rel="noreferrer">
                <Icon name="out" class="s" />
                {w.openShop}
              </a>
            </p>
            <CodeLine label={w.snippet} text={`<script src="//${host}/widget/${channel?.publicId ?? ''}" async></script>`} />
            <p class="status-line">
              <i class={`pip ${openPage === undefined ? 'pending' : 'ok'}`} />
              <span>{openPage === undefined ? w.waitingPage : w.pageOpen(openPage.title || shortUrl(openPage.url))}</span>
            </p>
            <OnSite />
          </Step>
          <Step number={2} state={webhook === null ? 'plain' : 'done'} title={w.two} text={webhook === null ? w.twoText : w.twoDone}>
            <WebhookAddress address={webhook} />
          </Step>
          <Step number={3} state="plain" title={w.three} text={w.threeText}>
            <CodeLine label={w.command} isCommand text={`jivo-dev trigger chat_accepted --to ${receiver}`} />
            <CodeLine label={w.command} isCommand text={`jivo-dev replay body.json --to ${receiver}`} />
            <CodeLine label={w.command} isCommand text="jivo-dev fire jivo_onOpen" />
            <p class="status-line">
              <i class={`pip ${ended === 0 ? 'off' : 'ok'}`} />
              <span>{ended === 0 ? w.nothingSent : w.sent(ended)}</span>
            </p>
          </Step>
        </div>
        <div class="two">
          <section class="cardy">
            <h3>{w.where}</h3>
            <table class="where">
              <tbody>
                <Where label={w.shop}>
                  <a class="mono" href="/" target="_blank" rel="noreferrer">
                    {origin}/
                  </a>
                </Where>
                <Where label={w.widget}>
                  <code>
                    {origin}/widget/{channel?.publicId}
                  </code>
                </Where>
                <Where label={w.journal}>
                  <a class="mono" href="/_dev/events" target="_blank" rel="noreferrer">
                    {origin}/_dev/events
                  </a>
                </Where>
                {account !== null && (
                  <Where label={w.agent}>
                    {account.agents.map(({ name }) => name).join(', ')} <span class="t3">{w.mode[account.mode]}</span>
                  </Where>
                )}
              </tbody>
            </table>
          </section>
          <section class="cardy">
            <h3>{w.hosts}</h3>
            <p>
              <Rich text={w.hostsText} />
            </p>
            <CodeLine label={w.hosts} text={origin} />
            <p class="t3 hosts">code.jivosite.com, code.jivo.ru, bot.jivosite.com, wh.jivosite.com</p>
            <p class="status-line no-phone">
              <Icon name="keyboard" class="s" />
              <span>{w.keys}</span> <kbd>?</kbd>
            </p>
          </section>
        </div>
      </div>
    </main>
  )
}

interface StepProps {
  readonly number: number
  readonly state: 'now' | 'done' | 'plain'
  readonly title: string
  readonly text: string
  readonly children: ComponentChildren
}

const Step = ({ number, state, title, text, children }: StepProps) => (
  <section class="cardy">
    <h3>
      <span class={`nth ${state}`}>{state === 'done' ? <Icon name="tick" class="s" /> : number}</span>
      {title}
    </h3>
    <p>{text}</p>
    {children}
  </section>
)

const Where = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => (
  <tr>
    <th scope="row">{label}</th>
    <td>{children}</td>
  </tr>
)
