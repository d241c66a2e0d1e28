import type { Command } from 'commander'
import type { Context } from '../context.js'
import type { Provenance } from '../contracts/evidence.js'
import { near } from '../contracts/near.js'
import { type Field, fieldsOf, schemaAt, typeOf } from '../contracts/paths.js'
import { type Contract, catalog, jsonSchemaOf } from '../contracts/webhooks/catalog.js'
import { webhookNameOf } from '../contracts/webhooks/events.js'
import { type ExitCode, exitCodes, UserError } from '../errors.js'
import { parsePath } from '../replay/edit.js'
import { type Paint, paint } from '../reporters/paint.js'
import { fieldLines, legend } from './field-table.js'
import { jsonOption } from './target.js'

interface Options {
  readonly json: boolean
}

export const configure = (command: Command, context: Context, done: (code: ExitCode) => void): void => {
  command
    .description('Prints the contracts: what each webhook, each answer, and each event of the Bot API and the Chat API may hold, and how sure that is.')
    .argument('[name]', 'name of a contract, such as chat_accepted or BOT_MESSAGE, or of a kind: bot, chat, crm; without it all are listed')
    .argument('[path]', 'a part of it, such as visitor or chat.messages[]')
    .addOption(jsonOption('JSON; with a name its JSON Schema, draft 2020-12'))
    .action((name: string | undefined, path: string | undefined, { json }: Options) => {
      const color = paint(context.stdout, context.env)
      const kind = path === undefined ? contractsOfKind(name) : []
      context.stdout.write(name === undefined || kind.length > 0 ? listing(kind, json, color) : one(contractNamed(name), path, json, color))
      done(exitCodes.done)
    })
}

/** Contracts whose kind begins with a word; all of them without one. */
const contractsOfKind = (word = '') => catalog.filter(({ kind }) => word === '' || kind.split(' ')[0] === word)

const listing = (contracts: readonly Contract[], json: boolean, color: Paint): string => {
  if (json) return `${JSON.stringify(contracts.map(({ name, kind, summary }) => ({ name, kind, summary })))}\n`
  const width = Math.max(...contracts.map(({ name }) => name.length))
  return `${contracts.map(({ name, summary }) => `${name.padEnd(width)}  ${color.gray(summary)}`).join('\n')}\n`
}

const contractNamed = (name: string): Contract => {
  const event = webhookNameOf(name) ?? name
  const contract = catalog.find(entry => entry.name.toLowerCase() === event.toLowerCase())
  if (contract !== undefined) return contract
  const known = catalog.map(entry => entry.name)
  throw new UserError('unknownContract', { name, near: near(name, known), known })
}

const one = ({ name, summary, schema }: Contract, path: string | undefined, json: boolean, color: Paint): string => {
  const part = path === undefined ? schema : schemaAt(schema, keysOf(path))
  const fields = fieldsOf(schema)
  if (part === undefined) {
    throw new UserError('unknownPath', {
      event: name,
      path: path ?? '',
      near: near(
        path ?? '',
        fields.map(field => field.path),
      ),
    })
  }
  if (json) return `${JSON.stringify(jsonSchemaOf(part), null, 2)}\n`
  const head = path === undefined ? `${color.bold(name)}  ${summary}` : color.bold(`${name} ${path}`)
  // Inside a part the paths are those of the whole, as `--set` takes them.
  const own: Field[] =
    path === undefined || path.endsWith('[]')
      ? []
      : [{ path, type: typeOf(part), optional: part.safeParse(undefined).success, provenance: part.meta() as Provenance | undefined }]
  const shown = path === undefined ? fields : [...own, ...fieldsOf(part, path)]
  return `${head}\n\n${fieldLines(shown, color).join('\n')}\n\n${legend}\n`
}

/** A path as keys; `[]` is any position of a list. */
const keysOf = (path: string) => parsePath(path.replaceAll('[]', '[0]'))
