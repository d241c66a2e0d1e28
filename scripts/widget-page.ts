import { legend, marks } from '../src/commands/field-table.js'
import type { Evidence } from '../src/contracts/evidence.js'
import { type ApiEntry, widgetApi } from '../src/contracts/widget-api.js'
import { anchorOf, code, prose, table } from './webhooks-page.js'

/** The reference of the Widget API, `docs/widget.md`, made of the table that the playground and `fire` are made of. */

const groups = [
  { kind: 'method', title: 'Methods of jivo_api', about: 'Own properties of `window.jivo_api`, which is there from `jivo_onLoadCallback` on.' },
  { kind: 'global', title: 'Functions of the window', about: 'They stand beside `jivo_api`, and are there before it.' },
  {
    kind: 'callback',
    title: 'Callbacks',
    about:
      'Global functions of the page, found by name at the moment of the event: define or replace them at any time. A missing one is skipped, and one that throws breaks nothing; the event `callback.fired` has its stack. `jivo-dev fire NAME` calls one from outside.',
  },
] as const

export const widgetPage = (): string =>
  `${[
    '<!-- Made by `npm run docs` from src/contracts/widget-api.ts: edit that. -->',
    '# Widget API',
    'Every method and every callback of the widget, and how sure each fact is. `jivo-dev emulate` serves the same as a page that tries them, `/playground`.',
    contents(),
    '## How to read this',
    legend
      .split(/ {3}/)
      .map(mark => `- ${mark}`)
      .join('\n'),
    'What Jivo forbids is answered as below, and is an event `warning.raised` with the code `api-misuse`. A name that `jivo_api` does not have is undefined, and is warned of once a page (`api-unknown`). What a page calls while the emulator is away is kept, and arrives in order.',
    ...groups.flatMap(({ kind, title, about }) => [`## ${title}`, about, ...entriesOf(kind).map(section)]),
  ].join('\n\n')}\n`

const entriesOf = (kind: ApiEntry['kind']) => widgetApi.filter(entry => entry.kind === kind)

const contents = () =>
  ['How to read this', ...groups.map(({ title }) => title)]
    .flatMap(title => {
      const group = groups.find(one => one.title === title)
      const names = group === undefined ? [] : entriesOf(group.kind).map(({ name }) => `[${code(name)}](#${anchorOf(name)})`)
      return [`- [${title}](#${anchorOf(title)})${names.length === 0 ? '' : `: ${names.join(', ')}`}`]
    })
    .join('\n')

const section = ({ name, kind, args, returns, evidence, source, about, notes }: ApiEntry): string => {
  const row = (sure: Evidence, what: string, type: string, meaning: string) => [marks[sure], what, type === '' ? '' : code(type), prose(meaning)]
  const rows = [
    ...args.map(arg => row(arg.evidence, `${code(arg.name)}${arg.optional ? ', may be left out' : ''}`, arg.type, arg.about.en)),
    ...(returns === null ? [] : [row(returns.evidence, 'returns', returns.type, returns.about.en)]),
    ...notes.map(note => row(note.evidence, 'note', '', note.text.en)),
  ]
  const example = args.map(arg => (arg.example === undefined ? null : JSON.stringify(arg.example)))
  const given = example.slice(0, example.findLastIndex(text => text !== null) + 1)
  const isAsked = args.some(({ type }) => type.includes('=>'))
  const call = kind === 'callback' ? null : `${kind === 'method' ? 'jivo_api.' : ''}${name}(${isAsked ? 'console.log' : given.join(', ')})`
  return [
    `### ${code(name)}`,
    `${marks[evidence]} ${prose(about.en)} Source: ${prose(source)}.`,
    ...(call === null ? [] : [`\`\`\`js\n${call}\n\`\`\``]),
    ...(rows.length === 0 ? [] : [table(['', 'what', 'type', 'meaning'], rows)]),
  ].join('\n\n')
}
