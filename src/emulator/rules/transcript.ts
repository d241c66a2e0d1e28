/**
 * The two transcripts of `chat_finished`. That they exist is seen in real receivers; the format of a line is our guess.
 */
export interface Line {
  readonly who: string
  readonly text: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** One line a message: `[14:02:11] Vera Lind: text`, times in UTC. */
export const plainTranscript = (lines: readonly Line[]): string => lines.map(({ who, text, at }) => `[${clock(at)}] ${who}: ${text}`).join('\n')

/** One paragraph a message. Everything that people typed is escaped. */
export const htmlTranscript = (lines: readonly Line[]): string =>
  lines.map(({ who, text, at }) => `<p><b>${escapeHtml(who)}</b> <i>${clock(at)}</i><br>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`).join('\n')

const clock = (at: number) => new Date(at).toISOString().slice(11, 19)

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, letter => entities[letter] ?? letter)
