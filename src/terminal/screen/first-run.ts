import type { World } from '../../emulator/world/world.js'
import { blank, type Line, line, span, within, wrap } from './cells.js'
import { glyphs } from './glyphs.js'

/** An address that an example needs before the person has told us theirs. */
export const exampleReceiver = 'http://127.0.0.1:3000/jivo'

/** What to do before anything has happened, with the real addresses. */
export const firstRun = (world: Readonly<World>, isHeard: boolean | null, cells: number): Line[] => {
  const { origin, account } = world
  const channel = account?.channels[0]
  const webhook = channel?.webhook ?? null
  const row = (what: string, key: string, does: string, address: string): Line => [
    span(`   ${what.padEnd(23)}`),
    span(key, { bold: true }),
    span(`   ${does} `),
    span(within(address, Math.max(10, cells - 31 - does.length)), { color: 'blue' }),
  ]
  return [
    blank,
    line('   Nothing has happened yet.', { bold: true }),
    blank,
    row('Write as a visitor', 'o', 'opens', `${origin}/`),
    row('Play the agent', 'C', 'opens', `${origin}/console`),
    webhook === null ? row('Say where webhooks go', 'W', 'such as', exampleReceiver) : row('Send one webhook', 'f', 'chat_accepted to', webhook),
    blank,
    line('   Paste into your own site', { bold: true }),
    [span('   '), span(within(`<script src="${origin}/widget/${channel?.publicId ?? ''}" async></script>`, cells - 4), { color: 'blue' })],
    blank,
    ...(webhook === null ? [line('   Webhooks go nowhere yet.')] : [[span('   Webhooks go to '), span(within(webhook, cells - 20), { color: 'blue' })]]),
    ...heardLines(webhook, isHeard, cells),
  ]
}

const heardLines = (webhook: string | null, isHeard: boolean | null, cells: number): Line[] => {
  if (webhook === null || isHeard === null) return []
  const where = placeOf(webhook)
  if (isHeard) return [[span(`   ${glyphs.ok}`, { color: 'green' }), span(` Something listens on ${where}.`)]]
  return [
    [span(`   ${glyphs.fail}`, { color: 'red' }), span(` Nothing listens on ${where} yet. Looking again every 2 s.`)],
    ...wrap('Start your server, and see that it listens on this very address: some servers take localhost to mean only [::1].', cells - 7).map(text =>
      line(`     ${text}`, { color: 'gray' }),
    ),
  ]
}

const placeOf = (url: string) => {
  if (!URL.canParse(url)) return url
  const { hostname, host, port } = new URL(url)
  return port !== '' && /^(127\.|localhost$|\[::1\]$)/.test(hostname) ? `port ${port}` : host
}
