import type { Report } from '../replay/report.js'

/** A run as one JSON value: what `--failed-of` reads. Counts of all, but bodies and results of failures only. */
export const jsonReport = ({ summary, ...about }: Report): string => {
  const { passes, morePasses, dots, ...told } = summary
  return `${JSON.stringify({ type: 'replay.report', ...about, ...told }, null, 2)}\n`
}
