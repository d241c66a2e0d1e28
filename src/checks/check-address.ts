import type { AttemptResult } from '../contracts/journal.js'
import type { CheckResult } from './check-result.js'

/** Whether a server of the developer's answers, by its answer to a GET: Jivo posts, but a GET changes nothing. */
export const checkAddress = (url: string, result: AttemptResult, location: string | undefined, took: number): CheckResult => {
  const of = (verdict: CheckResult['verdict'], message: string, fix: string): CheckResult => ({
    name: 'address',
    verdict,
    message,
    fix,
    took,
    ...(result.kind === 'answered' ? { status: result.status } : {}),
  })
  if (result.kind === 'no-answer') return of('failed', result.message, fixes[result.reason] ?? fixes.other)
  const { status } = result
  const post = `See what it says to webhooks: jivo-dev check webhook --to ${url}`
  if (status >= 300 && status < 400) {
    return of(
      'failed',
      `It redirects${location === undefined ? '' : ` to ${location}`}, and Jivo follows no redirect.`,
      'Give Jivo the address that it leads to.',
    )
  }
  if (status === 404) return of('warned', 'It answers, but has nothing at this path for a GET.', `If it takes POST only, all is well. ${post}`)
  if (status >= 500) return of('warned', `It answers with its own failure, ${status}.`, `Look into its log. ${post}`)
  return of('passed', `It answers a GET with ${status} in ${Math.round(took)} ms.`, '')
}

const fixes: Readonly<Record<string, string>> & { readonly other: string } = {
  refused: 'Start your server, or mend the port: what listens inside a container must be published.',
  dns: 'Mend the name, or add it to the hosts file.',
  timeout: 'Look whether a firewall drops it, or whether the server is stuck.',
  tls: 'Use http:// on this machine, or give the server a certificate that is trusted: NODE_EXTRA_CA_CERTS=FILE.',
  protocol: 'Something else listens there: look whether the port is that of your server, and whether it wants https://.',
  blocked: 'Give an address of your own server.',
  other: 'Look into the log of the server.',
}
