/** A text that every shell takes as one word, whatever is in it. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** What stands masked: the secrets themselves never come to this page. */
export const maskedParts = (to: string, body: Record<string, unknown>): ('token' | 'address')[] => {
  const { user_token: token } = body
  const isTokenMasked = typeof token === 'string' && token.includes('…')
  // The mask of an address ends with its fingerprint.
  const isAddressMasked = to.includes('…') || /#[0-9a-z]{1,8}'*$/.test(to)
  return [...(isTokenMasked ? (['token'] as const) : []), ...(isAddressMasked ? (['address'] as const) : [])]
}

/** The request as a command for any POSIX shell. `note` says what is masked, in a way that no shell trips over. */
export const curlOf = (to: string, body: Record<string, unknown>, note: string | null): string => {
  // Without --globoff curl reads brackets and braces of an address as a pattern.
  const command = `curl -sS --globoff -X POST ${shellWord(to)} \\\n  -H 'content-type: application/json; charset=utf-8' \\\n  --data-binary ${shellWord(JSON.stringify(body))}\n`
  return note === null ? command : `: ${shellWord(note)}\n${command}`
}
