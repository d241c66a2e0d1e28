import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../errors.js'

/** A text as its editor left it, in a file that stays until it is discarded. */
export interface Edited {
  readonly text: string
  readonly path: string
  readonly discard: () => Promise<void>
}

/**
 * Opens a text in the user's editor and waits until that ends. `editor` is a program and its flags; no shell reads it.
 *
 * @throws UserError `editorFailed`
 */
export const editText = async (editor: string, name: string, text: string, isStdoutTerminal: boolean): Promise<Edited> => {
  const [program = '', ...flags] = [...editor.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? '')
  const folder = await mkdtemp(join(tmpdir(), 'jivo-dev-'))
  const path = join(folder, name)
  const discard = () => rm(folder, { recursive: true, force: true })
  await writeFile(path, text)
  const problem = await new Promise<string | null>(resolve => {
    // An editor draws on its stdout, which may be a pipe for our JSON.
    const child = spawn(program, [...flags, path], { stdio: ['inherit', isStdoutTerminal ? 'inherit' : 2, 'inherit'] })
    child.on('error', error =>
      resolve(`could not be started: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such program' : error.message}`),
    )
    child.on('close', (code, signal) => resolve(code === 0 ? null : `ended with ${signal ?? `code ${code}`}`))
  })
  if (problem !== null) {
    await discard()
    throw new UserError('editorFailed', { editor, problem })
  }
  return { text: await readFile(path, 'utf8'), path, discard }
}
