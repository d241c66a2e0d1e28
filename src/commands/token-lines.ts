import { shown } from '../contracts/read-token.js'
import type { TokenJudgement, TokenProblem } from '../contracts/user-token.js'
import { cut, oneLine, type Paint } from '../reporters/paint.js'
import { legend, marks } from './field-table.js'

/** Whether the signature is right, as far as somebody could look. */
export type SignatureState = 'right' | 'wrong' | 'not checked'

/** What Jivo does with the token, in a sentence. */
export const verdictLine = ({ verdict, id }: TokenJudgement): string =>
  ({
    opaque: 'A plain text to Jivo: it comes back as user_token in webhooks, and the history stays in the browser.',
    shared: `Every browser with this token sees one history, that of ${shown(id)}.`,
    'shared-with-warning': `Every browser with this token sees one history, that of ${shown(id)}; but look at the warnings.`,
    anonymous: 'The visitor stays anonymous: the history stays in the browser, and webhooks carry the token unchanged.',
  })[verdict]

/** A problem with the mark of its evidence; below it where that comes from. */
export const problemLines = (problems: readonly TokenProblem[], color: Paint): string[] =>
  problems.flatMap(({ message, evidence, source }) => [`${marks[evidence]} ${oneLine(message)}`, `  ${color.gray(source)}`])

const headerNotes: Readonly<Record<string, string>> = {
  alg: '● the only algorithm that Jivo names is HS256',
  typ: '◐ JWT, as libraries write it',
  kid: '○ Jivo has one secret a channel and needs no name of a key',
}

/** All of a token in words, for a person. */
export const explanation = (judgement: TokenJudgement, signature: SignatureState, problems: readonly TokenProblem[], now: number, color: Paint): string[] => {
  const { header, claims, dates } = judgement
  const noteOf = (claim: string): string => {
    const date = dates.find(one => one.claim === claim)
    if (claim === 'id') return '● whose history it is'
    if (date !== undefined) return `○ ${inWords(date.at - now)}, ${new Date(date.at).toISOString()}`
    return '● Jivo ignores it'
  }
  const signatures = {
    right: 'made with the secret of the channel',
    wrong: 'not made with the secret of the channel',
    'not checked': 'not checked',
  }
  return [
    verdictLine(judgement),
    '',
    ...table('Header', header, name => headerNotes[name] ?? '', color),
    ...table('Claims', claims, noteOf, color),
    `${color.bold('Signature')}  ${signatures[signature]}`,
    '',
    ...(problems.length === 0 ? [] : [color.bold('Problems'), ...problemLines(problems, color), '']),
    legend,
  ]
}

const table = (title: string, part: Readonly<Record<string, unknown>> | null, noteOf: (name: string) => string, color: Paint): string[] => {
  if (part === null) return [`${color.bold(title)}  cannot be read`, '']
  const rows = Object.entries(part).map(([name, value]) => [cut(oneLine(name), 40), oneLine(shown(value)), noteOf(name)] as const)
  const names = Math.max(0, ...rows.map(([name]) => name.length))
  const values = Math.min(30, Math.max(0, ...rows.map(([, value]) => value.length)))
  return [color.bold(title), ...rows.map(([name, value, note]) => `  ${name.padEnd(names)}  ${value.padEnd(values)}  ${color.gray(note)}`.trimEnd()), '']
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** `in 2 hours`, `3 days ago`, `now`. */
const inWords = (difference: number): string => {
  const distance = Math.abs(difference)
  const [unit, size] = units.find(([, length]) => distance >= length) ?? ['second', 1_000]
  const count = Math.floor(distance / size)
  if (count === 0) return 'now'
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`
  return difference > 0 ? `in ${words}` : `${words} ago`
}
