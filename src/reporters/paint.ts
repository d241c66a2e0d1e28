import type { Output } from '../context.js'

const codes = { bold: [1, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39], gray: [90, 39] } as const

/** The colours of a terminal, by the names of `mockups`: red failed, green delivered, yellow waiting, gray beside the point. */
export type Paint = { readonly [Color in keyof typeof codes]: (text: string) => string }

/** Whether a stream has colours: where it is a terminal; `NO_COLOR`, `FORCE_COLOR` and `TERM=dumb` overrule. */
export const hasColors = ({ isTTY }: Pick<Output, 'isTTY'>, env: Readonly<Record<string, string | undefined>>): boolean => {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0'
  const forbidden = (env.NO_COLOR ?? '') !== '' || env.FORCE_COLOR === '0' || env.TERM === 'dumb'
  return forced || (isTTY && !forbidden)
}

/** The colours for a stream; without colours the text as it is. */
export const paint = (stream: Pick<Output, 'isTTY'>, env: Readonly<Record<string, string | undefined>>): Paint => {
  const isOn = hasColors(stream, env)
  const entries = Object.entries(codes).map(([name, [on, off]]) => [name, (text: string) => (isOn ? `\u001b[${on}m${text}\u001b[${off}m` : text)])
  return Object.fromEntries(entries) as Paint
}

/** Text from outside, safe for a terminal and for one line: control characters are shown as JSON would write them. */
export const oneLine = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, letter =>
    JSON.stringify(letter)
      .slice(1, -1)
      .replace(/^[^\\]$/, hex),
  )

const hex = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`

/** At most so many characters, the last an ellipsis where something is missing. */
export const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)
