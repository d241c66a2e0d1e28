import type { ReplayResult } from '../replay/replay.js'
import type { Report } from '../replay/report.js'
import { milliseconds } from './milliseconds.js'
import { oneLine } from './paint.js'

/** Failures in full; a page of more is read by nobody. */
const shown = 50

/** A run as Markdown, for the summary of a CI job or a comment. */
export const markdownReport = ({ command, took, summary }: Report): string => {
  const { sent, failed, median, p95, longest, events, failures } = summary
  const title = failed === 0 ? `✔ ${sent} passed` : `✖ ${failed} of ${sent} failed`
  const rows = events.map(
    ({ event, sent, failed, median, p95, longest }) =>
      `| ${cell(event)} | ${sent} | ${failed === 0 ? 0 : `**${failed}**`} | ${milliseconds(median)} | ${milliseconds(p95)} | ${milliseconds(longest)} |`,
  )
  const more = failed - Math.min(shown, failures.length)
  return [
    `### ${title}`,
    '',
    fence('sh', command),
    '',
    `${milliseconds(took)}, median ${milliseconds(median)}, p95 ${milliseconds(p95)}, longest ${milliseconds(longest)}`,
    '',
    '| event | sent | failed | median | p95 | longest |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    ...failures.slice(0, shown).flatMap(failure => ['', ...section(failure)]),
    ...(failed > 0 && more > 0 ? ['', `… and ${more} more.`] : []),
    '',
  ].join('\n')
}

const section = ({ name, message = '', took, diff = [] }: ReplayResult) => [
  `<details><summary>✖ ${html(oneLine(name))}, ${milliseconds(took)}: ${html(oneLine(message))}</summary>`,
  '',
  ...(diff.length === 0 ? [] : [fence('diff', diff.map(({ mark, text }) => `${mark} ${oneLine(text)}`).join('\n')), '']),
  '</details>',
]

/** A fence longer than any row of backticks in the text. */
const fence = (language: string, text: string) => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const mark = '`'.repeat(longest + 1)
  return `${mark}${language}\n${text}\n${mark}`
}

const cell = (text: string) => html(oneLine(text)).replaceAll('|', '\\|')

/** Inside HTML nothing of Markdown counts, outside of it neither tags nor its own marks may. */
const html = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[[\]_*`~!@#\\]/g, letter => `&#${letter.charCodeAt(0)};`)
