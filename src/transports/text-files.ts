import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { UserError } from '../errors.js'

export const inFolder = (cwd: string, path: string): string => (isAbsolute(path) ? path : join(cwd, path))

/** @throws UserError `fileUnreadable`, with the path as the user wrote it */
export const readText = (path: string, cwd: string): Promise<string> =>
  readFile(inFolder(cwd, path), 'utf8').catch(error => {
    throw unreadable(path, error)
  })

export const unreadable = (path: string, error: unknown): UserError => {
  const { code, message } = error as NodeJS.ErrnoException
  return new UserError('fileUnreadable', { path, problem: code === 'ENOENT' ? 'it does not exist' : message })
}

/** @throws UserError `fileUnwritable` */
export const writeText = async (path: string, text: string): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  } catch (error) {
    throw new UserError('fileUnwritable', { path, problem: (error as Error).message })
  }
}
