import type * as z from 'zod'
import type { Context } from '../context.js'
import { near } from '../contracts/near.js'
import { webhookContract, webhookNameOf, webhookNames } from '../contracts/webhooks/events.js'
import { UserError } from '../errors.js'
import { EditError, forceField, parsePath, remove, setField, unsetField } from '../replay/edit.js'
import { JsonError, locate } from '../replay/positions.js'
import { problemsOf } from '../replay/problems.js'
import { loadFixture } from '../transports/fixture-files.js'
import { plainCase } from './brought-fixtures.js'

/** How the body of `trigger` is made. */
export interface BodyOptions {
  readonly set: readonly string[]
  readonly unset: readonly string[]
  readonly data?: string
  readonly edit: boolean
  readonly force: boolean
}

export const contractOf = (event: string): z.ZodType => {
  const contract = webhookContract(event)
  if (contract === undefined) throw new UserError('unknownEvent', { event, near: near(event, webhookNames), known: webhookNames })
  return contract
}

/** The plain case of the event, or the user's file, with the edits of the flags and then of the editor on top. */
export const bodyOf = async (event: string, options: BodyOptions, context: Context): Promise<unknown> => {
  const { data, set, unset, force, edit } = options
  const contract = force && data !== undefined ? webhookContract(event) : contractOf(event)
  let body: unknown = data === undefined ? await plainBody(event, context) : await ownBody(event, data, force, context)
  for (const change of set) {
    const [, path, value] = /^([^=]+)=(.*)$/s.exec(change) ?? []
    if (path === undefined || value === undefined) {
      throw new UserError('usage', { problem: `--set ${change} has no value.`, hint: '--set visitor.name="Vera Lind"' })
    }
    body = explained(event, () => (force ? forceField : setField)(body, contract, path, value))
  }
  for (const path of unset) body = force ? remove(body, parsePath(path)) : explained(event, () => unsetField(body, contract, path))
  return edit ? editedBody(event, body, options, context) : body
}

const plainBody = async (event: string, { packageFolder }: Context) => {
  const { body } = await loadFixture(plainCase(webhookNameOf(event) ?? event), { cwd: packageFolder, packageFolder })
  return { ...body, event_name: event }
}

const ownBody = async (event: string, data: string, force: boolean, context: Context) => {
  const fixture = await loadFixture(data, context)
  const isThat = fixture.event === event || (webhookNameOf(fixture.event) !== undefined && webhookNameOf(fixture.event) === webhookNameOf(event))
  if (!isThat && !force) {
    throw new UserError('usage', { problem: `${data} holds a ${fixture.event}, not a ${event}.`, hint: `jivo-dev trigger ${fixture.event} --data ${data}` })
  }
  return fixture.body
}

const explained = (event: string, edit: () => unknown): unknown => {
  try {
    return edit()
  } catch (error) {
    if (!(error instanceof EditError)) throw error
    const { problem } = error
    if (problem.kind === 'unknown-path') throw new UserError('unknownPath', { event, path: problem.path, near: problem.near })
    throw new UserError('badValue', problem)
  }
}

/** The body as the user's editor leaves it. */
export const editedBody = async (event: string, body: unknown, { force }: Pick<BodyOptions, 'force'>, { env, stdout }: Context): Promise<unknown> => {
  const editor = env.VISUAL?.trim() || env.EDITOR?.trim()
  if (editor === undefined || editor === '') {
    throw new UserError('usage', { problem: '--edit needs an editor: neither VISUAL nor EDITOR is set.', hint: `EDITOR=nano jivo-dev trigger ${event} --edit` })
  }
  const { editText } = await import('../transports/editor.js')
  const edited = await editText(editor, `${event.replaceAll(/\W/g, '_')}.json`, `${JSON.stringify(body, null, 2)}\n`, stdout.isTTY)
  const problems = force
    ? syntaxProblems(edited.text)
    : problemsOf(edited.text).map(({ line, column, message }) => `line ${line}, column ${column}: ${message}`)
  if (problems.length > 0) throw new UserError('brokenEdit', { event, path: edited.path, problems })
  await edited.discard()
  const changed: unknown = locate(edited.text).value
  if (JSON.stringify(changed) === JSON.stringify(body)) throw new UserError('editorFailed', { editor, problem: 'left the body as it was' })
  return changed
}

const syntaxProblems = (text: string): string[] => {
  try {
    locate(text)
    return []
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return [`line ${error.position.line}, column ${error.position.column}: it is not JSON: ${error.message}`]
  }
}
