import type { NoAnswer } from '../contracts/journal.js'
import type { Judgement } from './verdict.js'

/** What a person may do where nothing answered. */
const whenNothingAnswers: Partial<Record<NoAnswer, string>> = {
  dns: 'Check the name in --to.',
  protocol: 'Another program may listen on this port; --to names another.',
  refused: 'Start your server, or name the address of it with --to.',
  reset: 'The log of your server, or of a proxy before it, says why.',
  timeout: '--timeout 30s gives it longer.',
  tls: 'A server without TLS has an address that begins with http://.',
}

export const adviceFor = (reason: NoAnswer): { readonly hint?: string } => {
  const hint = whenNothingAnswers[reason]
  return hint === undefined ? {} : { hint }
}

/** Where a redirect leads: it is not followed, as a body sent there would be another request. */
export const adviceOnRedirect = ({ reason }: Judgement, status: number, location: string | undefined): { readonly hint?: string } =>
  reason === 'status' && status >= 300 && status < 400 && location !== undefined
    ? { hint: `It redirects to ${location}; redirects are not followed. Name that address with --to.` }
    : {}
