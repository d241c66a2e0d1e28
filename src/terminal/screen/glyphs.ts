/** Every sign of the screen that is no letter. */
export const glyphs = {
  ok: '✔',
  fail: '✖',
  waiting: '◌',
  warning: '▲',
  selected: '▌',
  rule: '─',
  vertical: '│',
  down: '┬',
  up: '┴',
  start: '▏',
  filled: '█',
  nothing: '▒',
  arrow: '←',
  ellipsis: '…',
  levels: '▁▂▃▄▅▆▇█',
  evidence: { documented: '●', observed: '◐', guessed: '○' },
} as const

/** What stands for them, and for the typography of our sentences, in a terminal whose locale is not UTF-8. */
const plainOnes: Readonly<Record<string, string>> = {
  '✔': '+',
  '✖': 'x',
  '◌': '.',
  '▲': '!',
  '▌': '>',
  '─': '-',
  '│': '|',
  '┬': '-',
  '┴': '-',
  '▏': '|',
  '█': '#',
  '▒': '/',
  '←': '<',
  '…': '~',
  '●': '*',
  '◐': 'o',
  '○': '?',
  '↑': '^',
  '↓': 'v',
  '·': '-',
  '“': '"',
  '”': '"',
  '’': "'",
  '→': '>',
  '▁': '.',
  '▂': '.',
  '▃': ':',
  '▄': ':',
  '▅': '=',
  '▆': '=',
  '▇': '#',
  '\u00a0': ' ',
}

const pattern = new RegExp(`[${Object.keys(plainOnes).join('')}]`, 'g')

/** The text with the signs of plain ASCII; each takes one cell, as the one before did. */
export const inAscii = (text: string): string => text.replace(pattern, sign => plainOnes[sign] ?? sign)

/** Whether the locale of the environment is UTF-8. Where it says nothing, terminals of today are taken to be. */
export const isUtf8 = (env: Readonly<Record<string, string | undefined>>): boolean => {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || ''
  return locale === '' ? env.TERM !== 'linux' : /utf-?8/i.test(locale)
}
