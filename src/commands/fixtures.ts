import { readdir, readFile, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import type { Command } from 'commander'
import type { Context } from '../context.js'
import { near } from '../contracts/near.js'
import { webhookNames } from '../contracts/webhooks/events.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { type Problem, problemsOf } from '../replay/problems.js'
import { oneLine, paint } from '../reporters/paint.js'
import { isFixtureName } from '../transports/fixture-files.js'
import { unreadable } from '../transports/text-files.js'
import { brought } from './brought-fixtures.js'
import { jsonOption } from './target.js'

interface Options {
  readonly json: boolean
}

type Run = (names: readonly string[], options: Options, context: Context) => Promise<ExitCode>

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Lists, prints and checks fixtures: files that hold one webhook body each.')
    .usage('[options] list | show NAME | validate PATH...')
    .argument('<action>', 'list, show or validate')
    .argument('[name-or-path...]', 'a fixture of the package; files and folders of yours')
    .addOption(jsonOption('print one JSON value'))
    .action(async (action: string, names: string[], options: Options) => {
      const run = Object.hasOwn(actions, action) ? actions[action] : undefined
      if (run === undefined) {
        const [meant] = near(action, Object.keys(actions))
        throw new UserError('usage', {
          problem: `fixtures cannot ${action}${meant === undefined ? '.' : `; did you mean ${meant}?`}`,
          hint: 'jivo-dev fixtures list | show NAME | validate PATH...',
        })
      }
      done(await run(names, options, context))
    })
}

const list: Run = async (names, { json }, { stdout, env, packageFolder }) => {
  const all = await brought(packageFolder)
  const shown = names.length === 0 ? all : all.filter(({ name, event }) => names.includes(event) || names.includes(name))
  if (shown.length === 0) throw new UserError('unknownFixture', { name: names.join(', '), near: near(names[0] ?? '', webhookNames) })
  const color = paint(stdout, env)
  const width = Math.max(...shown.map(({ name }) => name.length))
  if (json) stdout.write(`${JSON.stringify(shown)}\n`)
  else stdout.write(`${shown.map(({ name, scene }) => `${name.padEnd(width)}  ${color.gray(scene)}`).join('\n')}\n`)
  return exitCodes.done
}

const show: Run = async ([name, ...more], { json }, { stdout, packageFolder }) => {
  if (name === undefined || more.length > 0) throw new UserError('usage', { problem: 'Name one fixture.', hint: 'jivo-dev fixtures show chat_accepted' })
  const all = await brought(packageFolder)
  const wanted = name.replace(/^fixtures\//, '').replace(/\.json$/, '')
  const found = all.find(fixture => fixture.name === wanted || fixture.path === `fixtures/${wanted}.json`)
  if (found === undefined) {
    throw new UserError('unknownFixture', {
      name,
      near: near(
        wanted,
        all.map(fixture => fixture.name),
      ),
    })
  }
  const text = await readFile(join(packageFolder, found.path), 'utf8')
  stdout.write(json ? `${JSON.stringify({ ...found, body: JSON.parse(text) })}\n` : text)
  return exitCodes.done
}

const validate: Run = async (paths, { json }, { stdout, env, cwd, packageFolder }) => {
  if (paths.length === 0) throw new UserError('usage', { problem: 'Say which files or folders.', hint: 'jivo-dev fixtures validate fixtures/' })
  const places = { cwd, packageFolder }
  const files: string[] = []
  for (const path of paths) files.push(...(await filesUnder(path, places)))
  if (files.length === 0) throw new UserError('noFixtures', { paths: paths.join(', ') })
  const color = paint(stdout, env)
  const problems: (Problem & { file: string })[] = []
  for (const file of files) {
    const found = problemsOf(await textOf(file, places))
    problems.push(...found.map(problem => ({ file, ...problem })))
    if (json) continue
    for (const { line, column, message, rule } of found) {
      stdout.write(`${color.red('✖')} ${oneLine(file)}:${line}:${column}  ${oneLine(message)}\n`)
      if (rule !== null) stdout.write(`  ${color.gray(`${rule.evidence}: ${rule.source}`)}\n`)
    }
  }
  const broken = new Set(problems.map(({ file }) => file)).size
  if (json) stdout.write(`${JSON.stringify({ files: files.length, broken, problems })}\n`)
  else if (broken === 0)
    stdout.write(`${color.green('✔')} ${files.length} ${files.length === 1 ? 'fixture is a body' : 'fixtures are bodies'} that Jivo can send\n`)
  else stdout.write(`\n${files.length} checked, ${broken} with problems\n`)
  return broken === 0 ? exitCodes.done : exitCodes.input
}

const actions: Readonly<Record<string, Run>> = { list, show, validate }

type Places = Pick<Context, 'cwd' | 'packageFolder'>

/** As everywhere, `fixtures/…` names those of the package when the folder has none of its own. */
const absolute = async (path: string, { cwd, packageFolder }: Places) => {
  if (isAbsolute(path)) return path
  const own = join(cwd, path)
  const isThere = await stat(own).then(
    () => true,
    () => false,
  )
  return !isThere && /^fixtures([/\\]|$)/.test(path) ? join(packageFolder, path) : own
}

const filesUnder = async (path: string, places: Places): Promise<string[]> => {
  const place = await absolute(path, places)
  const found = await stat(place).catch(error => {
    throw unreadable(path, error)
  })
  if (!found.isDirectory()) return [path]
  const entries = await readdir(place, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile() && isFixtureName(entry.name))
    .map(entry => join(path, relative(place, entry.parentPath), entry.name))
    .sort()
}

const textOf = async (path: string, places: Places) =>
  readFile(await absolute(path, places), 'utf8').catch(error => {
    throw unreadable(path, error)
  })
