import type { Summary } from '../replay/tally.js'
import { shellWord } from '../reporters/html-report.js'
import { paint } from '../reporters/paint.js'
import { inFolder, writeText } from '../transports/text-files.js'
import type { Plan } from './replay-plan.js'

export const writeReports = async (summary: Summary, began: number, took: number, plan: Plan): Promise<void> => {
  const { options, context, paths, seed } = plan
  const { stderr, stdout, env, version, cwd } = context
  const to = masked(plan.to)
  const { concurrency, timeout } = options
  const report = { command: commandOf(plan), paths, to, version, seed, concurrency, began, took, timeout, summary }
  for (const { format, file } of options.report) {
    if (format === 'github') {
      const { githubAnnotations } = await import('../reporters/github-annotations.js')
      for (const line of githubAnnotations(summary.failures, summary.moreFailures)) stdout.write(`${line}\n`)
      continue
    }
    const write = {
      junit: async () => (await import('../reporters/junit.js')).junit(summary, to),
      json: async () => (await import('../reporters/json-report.js')).jsonReport(report),
      html: async () => (await import('../reporters/html-report.js')).htmlReport(report),
      md: async () => (await import('../reporters/markdown-report.js')).markdownReport(report),
    }
    await writeText(inFolder(cwd, file), await write[format]())
    if (!options.json) stderr.write(`Report: ${file}\n`)
  }
  const again = options.report.find(({ format }) => format === 'json')
  if (summary.failed > 0 && again !== undefined && !options.json) {
    stderr.write(paint(stderr, env).gray(`Again, only these:  jivo-dev replay --failed-of ${shellWord(again.file)} --to ${shellWord(to)}\n`))
  }
}

/** The address without a password. */
const masked = (to: string): string => {
  const url = new URL(to)
  if (url.password === '') return to
  url.password = '***'
  return url.href
}

/** The command line that does it again. Headers are left out: they may hold a secret. */
const commandOf = ({ paths, options, to, seed }: Plan): string => {
  const { only, where, shard, set, unset, concurrency, repeat, order, freshIds } = options
  const words = [
    ...paths,
    '--to',
    masked(to),
    ...only.flatMap(event => ['--only', event]),
    ...where.flatMap(({ path, value }) => ['--where', `${path}=${value}`]),
    ...(shard === undefined ? [] : ['--shard', `${shard.index}/${shard.of}`]),
    ...[...set, ...unset].flatMap(edit => (edit.kind === 'set' ? ['--set', `${edit.path}=${edit.value}`] : ['--unset', edit.path])),
    ...(concurrency === 1 ? [] : ['--concurrency', String(concurrency)]),
    ...(repeat === 1 ? [] : ['--repeat', String(repeat)]),
    ...(order === 'shuffle' ? ['--order', 'shuffle'] : []),
    ...(freshIds ? ['--fresh-ids'] : []),
    ...(order === 'shuffle' || freshIds ? ['--seed', String(seed)] : []),
  ]
  return `jivo-dev replay ${words.map(shellWord).join(' ')}`
}
