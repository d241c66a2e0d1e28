import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Option } from 'commander'
import type { ProjectFile } from '../config/project-file.js'
import type { Context } from '../context.js'
import { UserError } from '../errors.js'
import { inFolder } from '../transports/text-files.js'

export const configOption = () => new Option('--config <file>', 'settings of the project; jivo-dev.yaml, .yml or .json of this folder when absent')

export const noConfigOption = () => new Option('--no-config', 'read no such file')

/** The file that is named, or the first of the usual ones that is there. */
export const readProjectFile = async (config: string | false | undefined, { cwd, env }: Context): Promise<{ path: string | null; file: ProjectFile }> => {
  if (config === false) return { path: null, file: {} }
  const path = config ?? usualNames.find(name => existsSync(join(cwd, name)))
  if (path === undefined) return { path: null, file: {} }
  const { parseProjectFile, ProjectFileError } = await import('../config/project-file.js')
  try {
    return { path, file: parseProjectFile(readFileSync(inFolder(cwd, path), 'utf8'), env) }
  } catch (error) {
    if (error instanceof ProjectFileError) {
      const { near } = await import('../contracts/near.js')
      const { message: problem, line, column, unknown } = error
      throw new UserError('badProjectFile', {
        path,
        line,
        column,
        problem,
        near: unknown === null ? [] : near(unknown.key, unknown.known),
        known: unknown?.known ?? [],
      })
    }
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new UserError('fileUnreadable', { path, problem: code === 'ENOENT' ? 'there is no such file' : code })
  }
}

/** JSON is YAML, too. */
const usualNames = ['jivo-dev.yaml', 'jivo-dev.yml', 'jivo-dev.json']
