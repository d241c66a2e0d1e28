import type { ReplayResult } from '../replay/replay.js'
import type { Report } from '../replay/report.js'
import type { Dot, EventTally, Summary } from '../replay/tally.js'
import { milliseconds } from './milliseconds.js'
import { oneLine } from './paint.js'
import { reportStyle } from './report-style.js'

/** Text with what HTML gives a meaning escaped, and what turns a line around or controls a terminal shown as codes. */
const text = (value: string | number) =>
  oneLine(String(value)).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

/** A run as one page: no script, no address that is fetched, dark and light by the system. */
export const htmlReport = (report: Report): string => {
  const { command, summary, version, seed, concurrency, began } = report
  const { sent, failed } = summary
  const title = failed === 0 ? `${sent} passed` : `${failed} of ${sent} failed`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${text(title)} · jivo-dev replay</title>
<link rel="icon" href="data:,">
<style>
${reportStyle}</style>
</head>
<body>
<main>
<header class="card">
<div class="verdict${failed === 0 ? ' pass' : ''}"><span class="disc">${failed === 0 ? tick('i l') : alarm('i l')}</span><div><h1>${text(title)}</h1><p><code>${text(command)}</code></p></div></div>
${bar(summary)}
<div class="sumrow"><dl class="sum">${figures(report)}</dl>${columns(summary)}</div>
</header>
${plot(report)}
${failures(report)}
${byEvent(summary.events)}
<footer>jivo-dev ${text(version)} · seed ${seed} · ${concurrency} in flight · ${text(new Date(began).toISOString().replace('T', ' ').replace(/\..*/, ' UTC'))}</footer>
</main>
</body>
</html>
`
}

const icon = (kind: string, path: string) => `<svg class="${kind}" viewBox="0 0 24 24" aria-hidden="true">${path}</svg>`
const alarm = (kind: string) => icon(kind, '<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.3h.01"/>')
const tick = (kind: string) => icon(kind, '<path d="M5 12.5l4.5 4.5L19 7.5"/>')
const clock = (kind: string) => icon(kind, '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>')

/** A failure that is one in a million is still seen. */
const bar = ({ sent, passed, failed }: Summary) => {
  const bad = failed === 0 ? 0 : Math.max(10, Math.round((failed / sent) * 1_000))
  const good = passed === 0 ? 0 : 1_000 - bad
  const gap = good > 0 && bad > 0 ? 2 : 0
  return `<div class="bar"><svg viewBox="0 0 1000 8" preserveAspectRatio="none" role="img" aria-label="${passed} passed, ${failed} failed"><rect class="ok" width="${Math.max(0, good - gap)}" height="8"/><rect class="bad" x="${good}" width="${passed === 0 && failed > 0 ? 1_000 : bad}" height="8"/></svg></div>`
}

const figures = ({ summary: { passed, failed, median, p95, longest }, took, timeout }: Report) =>
  [
    ['Passed', `<dd class="ok-t">${passed}</dd>`],
    ['Failed', `<dd${failed === 0 ? '' : ' class="fail-t"'}>${failed}</dd>`],
    ['Took', figure(took)],
    ['Median', figure(median)],
    ['p95', figure(p95)],
    ['Longest', figure(longest, longest >= timeout)],
  ]
    .map(([name, value]) => `<div><dt>${name}</dt>${value}</div>`)
    .join('')

const figure = (time: number, isBad = false) => {
  const [value, unit] = milliseconds(time).split(' ')
  return `<dd${isBad ? ' class="fail-t"' : ''}>${value} <small>${unit}</small></dd>`
}

/** How many answered in which time: sixteen columns on a logarithmic scale. */
const columns = ({ histogram, longest }: Summary) => {
  const shortest = histogram[0]?.at
  if (shortest === undefined) return ''
  const count = 16
  const width = Math.log(longest / shortest) / count || 1
  const held = Array<number>(count).fill(0)
  for (const step of histogram) {
    const at = Math.min(count - 1, Math.max(0, Math.floor(Math.log(step.at / shortest) / width)))
    held[at] = (held[at] ?? 0) + step.count
  }
  const most = Math.max(...held)
  const drawn = held.map((many, at) => {
    const height = many === 0 ? 0 : Math.max(1, (many / most) * 57)
    return `<rect class="column" x="${1 + at * 20}" y="${(60 - height).toFixed(1)}" width="18" height="${height.toFixed(1)}" rx="1.5"/>`
  })
  return `<div class="hist"><svg viewBox="0 0 320 62" role="img" aria-label="Distribution of answer times"><path class="axis" d="M0 61h320"/>${drawn.join('')}</svg><p class="cap-h"><span>${milliseconds(shortest)}</span><span>how many answered in that time</span><span>${milliseconds(longest)}</span></p></div>`
}

const frame = { left: 60, right: 1_060, top: 20, bottom: 180 }

const plot = ({ summary, took, timeout }: Report) => {
  const { dots, sent, failed, histogram, longest } = summary
  if (dots.length === 0) return ''
  const least = Math.max(0.05, histogram[0]?.at ?? 0.05)
  const most = Math.max(longest, least * 10)
  const x = (time: number) => frame.left + (took === 0 ? 0 : Math.min(time / took, 1)) * (frame.right - frame.left)
  const y = (time: number) => frame.bottom - (Math.log(Math.max(time, least) / least) / Math.log(most / least)) * (frame.bottom - frame.top)
  const marks = [0.1, 0.5, 2, 10, 50, 200, 1_000, 5_000, 20_000, 100_000].filter(time => time > least * 1.3 && time < most / 1.3)
  const lines = [least, ...marks, most]
    .map(
      time =>
        `<path class="grid" d="M60 ${y(time).toFixed(1)}H1060"/><text class="tick" x="50" y="${(y(time) + 4).toFixed(1)}" text-anchor="end">${milliseconds(time)}</text>`,
    )
    .join('')
  const times = [0, 0.25, 0.5, 0.75, 1]
    .map(part => `<text class="tick" x="${(frame.left + part * 1_000).toFixed(0)}" y="200" text-anchor="middle">${milliseconds(took * part)}</text>`)
    .join('')
  const limit =
    timeout <= most * 1.2
      ? `<path class="limit" d="M60 ${y(timeout).toFixed(1)}H1060"/><text class="limit-t" x="1056" y="${(y(timeout) + 14).toFixed(1)}" text-anchor="end">limit ${milliseconds(timeout)}</text>`
      : ''
  const circle = ({ sent, took }: Dot) => `<circle cx="${x(sent).toFixed(1)}" cy="${y(took).toFixed(1)}" r="2.2"/>`
  const cross = ({ sent, took }: Dot) => `<path d="M${(x(sent) - 5).toFixed(1)} ${(y(took) - 5).toFixed(1)}l10 10m0-10l-10 10"/>`
  const passed = dots.filter(({ ok }) => ok)
  const what = passed.length + dots.length - passed.length < sent ? `a dot stands for about ${Math.round(sent / dots.length)}` : 'each dot is one request'
  return `<section class="card"><h2>Answer time, ${what} <small>logarithmic; a cross is a failure</small></h2><div class="plot" tabindex="0" role="group" aria-label="Plot"><svg viewBox="0 0 1080 208" role="img" aria-label="Answer time of ${sent} requests over ${milliseconds(took)}, logarithmic; ${failed} failed">${lines}${times}${limit}<g class="dots">${passed.map(circle).join('')}</g><g class="cross">${dots
    .filter(({ ok }) => !ok)
    .map(cross)
    .join('')}</g></svg></div></section>`
}

/** Failures that are open when the page is. */
const open = 3

const failures = (report: Report) => {
  const { failures, moreFailures } = report.summary
  if (failures.length === 0) return ''
  const more = moreFailures === 0 ? '' : `<p class="t3">… and ${moreFailures} more, which were not kept.</p>`
  return `<section class="card"><h2>Failures <small>in the order they were sent</small></h2>${failures.map((failure, at) => failed(failure, at, report)).join('\n')}${more}</section>`
}

const failed = (failure: ReplayResult, at: number, { to }: Report) => {
  const { name, message = '', took, number, diff = [], hint, reason, file } = failure
  const mark = reason === 'timeout' || reason === 'late' ? clock('i fail-t') : alarm('i fail-t')
  const lines = diff
    .map(({ mark, text: line }) => `<span class="l${mark === '-' ? ' del' : mark === '+' ? ' add' : ''}">${mark === '-' ? '−' : mark} ${text(line)}</span>`)
    .join('')
  const compared =
    lines === ''
      ? ''
      : `<div class="diff" tabindex="0" role="group" aria-label="Difference"><div class="cap"><span class="fail-t">− expected</span><span class="ok-t">+ received</span></div><div>${lines}</div></div>`
  const told = hint === undefined ? '' : `<p class="hint">${text(hint)}</p>`
  const again = file === undefined ? `<pre class="cmd">${text(`jivo-dev replay ${shellWord(name)} --to ${shellWord(to)}`)}</pre>` : ''
  return `<details class="f"${at < open ? ' open' : ''}><summary>${mark}<b><code>${text(name)}</code></b><span class="t3">${number === undefined ? '' : `#${number} · `}${milliseconds(took)}</span><p>${text(message)}</p></summary><div class="in">${compared}${told}${again}</div></details>`
}

const byEvent = (events: readonly EventTally[]) => {
  const rows = events.map(
    ({ event, sent, failed, median, p95, longest }) =>
      `<tr><td><code>${text(event)}</code></td><td class="r">${sent}</td><td class="r${failed === 0 ? '' : ' fail-t'}">${failed}</td><td class="r">${milliseconds(median)}</td><td class="r">${milliseconds(p95)}</td><td class="r">${milliseconds(longest)}</td></tr>`,
  )
  const head = ['Sent', 'Failed', 'Median', 'p95', 'Longest'].map(name => `<th class="r" scope="col">${name}</th>`).join('')
  return `<section class="card"><h2>By event</h2><div class="scroll" tabindex="0" role="group" aria-label="By event"><table><thead><tr><th scope="col">Event</th>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`
}

/** As a shell takes it for one word. */
export const shellWord = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)
