import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FileStore, mostBytes } from '../emulator/files.js'

/**
 * Attached files in a folder: the bytes under the id, name and type beside them in `ID.json`. What people call their files
 * never becomes a path.
 */
export const openFileFolder = (folder: string, most = mostBytes): FileStore => {
  let total: Promise<number> | null = null
  return {
    put: async (id, { name, type, bytes }) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      total ??= sizeOf(folder)
      const before = await total
      if (before + bytes.length > most) return false
      total = Promise.resolve(before + bytes.length)
      await writeFile(join(folder, id), bytes, { mode: 0o600 })
      // Last: a file without it was cut off and is not there.
      await writeFile(join(folder, `${id}.json`), JSON.stringify({ name, type }), { mode: 0o600 })
      return true
    },
    get: async id => {
      try {
        const { name, type } = JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8')) as { name: string; type: string }
        return { name, type, bytes: await readFile(join(folder, id)) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
  }
}

const sizeOf = async (folder: string): Promise<number> => {
  const sizes = await Promise.all((await readdir(folder)).map(async name => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
