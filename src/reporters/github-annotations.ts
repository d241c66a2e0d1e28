import type { ReplayResult } from '../replay/replay.js'

/** Workflow commands of GitHub Actions, a line a failure: they are shown beside the file. */
export const githubAnnotations = (failures: readonly ReplayResult[], more: number): string[] => [
  ...failures.map(({ name, event, file, line, message = '', took }) => {
    const place = `file=${property(file ?? name)}${line === undefined ? '' : `,line=${line}`}`
    return `::error ${place},title=${property(`${event} failed`)}::${data(`${message} (${Math.round(took)} ms)`)}`
  }),
  ...(more === 0 ? [] : [`::error title=jivo-dev replay::${more} more failed`]),
]

/** As the runner of GitHub unescapes them. */
const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
