import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Asset, Assets } from '../emulator/assets.js'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Files of the build, read when they are first asked for. Names have at most one folder and never leave `folder`. */
export const assetFiles = (folder: string): Assets => {
  const known = new Map<string, Asset>()
  return async name => {
    if (!/^[a-z]+\/[a-z][A-Za-z0-9_-]*\.[a-z]+$/.test(name)) return undefined
    const loaded = known.get(name)
    if (loaded !== undefined) return loaded
    try {
      const asset: Asset = { body: await readFile(join(folder, name), 'utf8'), type: types[extname(name)] ?? 'application/octet-stream' }
      known.set(name, asset)
      return asset
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
}
