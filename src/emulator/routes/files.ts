import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { FileContent } from '../../contracts/messages.js'
import { stickerFolder } from '../../contracts/stickers.js'
import type { Assets } from '../assets.js'
import { type FileStore, longestFile } from '../files.js'
import { refuse, route } from './answers.js'

interface FileDeps {
  readonly assets: Assets
  readonly files: FileStore
  readonly randomId: (prefix: string) => string
}

/** Whatever a file says that it is, it runs nothing: not in a frame, not opened by itself. */
const filePolicy = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"

/** Types by the end of the name, for senders that do not say one. */
const types: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  wav: 'audio/wav',
  webm: 'video/webm',
  webp: 'image/webp',
}

const limit = bodyLimit({
  maxSize: longestFile,
  onError: c => {
    // The page must be able to read why.
    c.header('Access-Control-Allow-Origin', '*')
    return refuse(c, 413, { code: 'too-long', message: 'The file is longer than 10 MiB.', rule: `at most ${longestFile} bytes` })
  },
})

const onlyPost = (c: Context) => {
  c.header('Allow', 'POST')
  return refuse(c, 405, { code: 'method', message: `${c.req.method} is not for ${c.req.path}; use POST.` })
}

/** Files in messages: visitors send them from any page, agents from the console, and whoever has the address may fetch one. */
export const fileRoutes = (app: Hono, { assets, files, randomId }: FileDeps): void => {
  const take = async (c: Context) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const name = cleanName(c.req.query('name') ?? '')
    if (name === '') return refuse(c, 400, { code: 'field', message: 'name is wrong: expected the name of the file.', field: 'name', rule: 'a name' })
    if (bytes.length === 0) return refuse(c, 400, { code: 'field', message: 'The body is wrong: expected the bytes of the file.', field: '', rule: 'bytes' })
    const type = cleanType(c.req.query('type') ?? '') || (types[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? '')
    const id = randomId('f')
    if (!(await files.put(id, { name, type, bytes }))) {
      return refuse(c, 413, { code: 'full', message: 'There is no room for more files: empty the folder files/ in the data folder.' })
    }
    const url = `/files/${id}/${encodeURIComponent(name)}`
    return c.json({ file: { kind: 'file', media: mediaOf(type), url, name, size: bytes.length, type } satisfies FileContent })
  }

  // Bytes without a content type need no preflight, so that a page may send them from anywhere.
  app.post('/widget/:id/files', limit, c => {
    c.header('Access-Control-Allow-Origin', '*')
    return take(c)
  })

  // A page of another origin can send this type only after a preflight, which it does not get.
  app.post('/_dev/files', limit, async (c): Promise<Response> => {
    const type = c.req.header('content-type') ?? ''
    if (type === 'application/octet-stream') return take(c)
    const message = `Expected content-type application/octet-stream, got ${type || 'none'}.`
    return refuse(c, 415, { code: 'content-type', message, rule: 'application/octet-stream' })
  })

  app.all('/widget/:id/files', onlyPost)
  app.all('/_dev/files', onlyPost)

  route(app, `${stickerFolder}/:file`, {
    GET: async c => {
      const sticker = await assets(`stickers/${c.req.param('file')}`)
      if (sticker === undefined) return refuse(c, 404, { code: 'no-file', message: 'There is no such sticker.' })
      const headers = { 'Content-Security-Policy': filePolicy, 'Cross-Origin-Resource-Policy': 'cross-origin', 'Cache-Control': 'no-cache' }
      return c.body(sticker.body, 200, { 'Content-Type': sticker.type, ...headers })
    },
  })

  route(app, '/files/:id/:name', {
    GET: async c => {
      const id = c.req.param('id') ?? ''
      const file = /^f[0-9a-f]{16,64}$/.test(id) ? await files.get(id) : undefined
      if (file === undefined) return refuse(c, 404, { code: 'no-file', message: 'There is no such file.' })
      const isShown = /^(image|audio|video)\//.test(file.type)
      const headers = {
        'Content-Type': isShown ? file.type : 'application/octet-stream',
        'Content-Disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, letter => `%${letter.charCodeAt(0).toString(16)}`)}`,
        'Content-Security-Policy': filePolicy,
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Cache-Control': 'private, max-age=31536000, immutable',
        'Accept-Ranges': 'bytes',
      }
      const { bytes } = file
      const size = bytes.length
      const range = rangeOf(c.req.header('range'), size)
      if (range === null) return c.body(Uint8Array.from(bytes), 200, headers)
      const [from, to] = range
      return c.body(Uint8Array.from(bytes.subarray(from, to + 1)), 206, { ...headers, 'Content-Range': `bytes ${from}-${to}/${size}` })
    },
  })
}

/** Letters of a name that are kept; no letter is cut in two. */
const longestName = 150

const cleanName = (name: string) =>
  [...name]
    .slice(0, longestName)
    .map(letter => (letter < ' ' || letter === '/' || letter === '\\' ? '_' : letter))
    .join('')
    .trim()

/** Without parameters, such as the codec of a recording. */
const cleanType = (type: string) => /^[a-z]+\/[\w.+-]{1,80}(?=;|$)/i.exec(type.trim())?.[0].toLowerCase() ?? ''

const mediaOf = (type: string): FileContent['media'] => {
  const group = type.split('/')[0]
  return group === 'image' ? 'photo' : group === 'audio' || group === 'video' ? group : 'document'
}

/** The one range that players ask for; null where the whole is sent. */
const rangeOf = (header: string | undefined, size: number): [number, number] | null => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (match === null || (match[1] === '' && match[2] === '')) return null
  const from = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1])
  const to = match[1] === '' || match[2] === '' ? size - 1 : Math.min(size - 1, Number(match[2]))
  return from <= to ? [from, to] : null
}
