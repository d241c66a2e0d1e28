import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../src/emulator/files.js'
import { openFileFolder } from '../../src/transports/file-folder.js'
import { temporaryFolder } from '../helpers/cli.js'
import { ownDoors } from '../helpers/doors.js'

const png = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])
const bytes = { 'content-type': 'application/octet-stream' }

describe.each(ownDoors)('%s', (_, open) => {
  test('a file that a page sends can be fetched under the address in the answer', async () => {
    await using door = await open()
    const sent = await door.ask('/widget/any/files?name=a%2F..%2Fkettle%20%D1%87.png&type=image/png', { method: 'POST', body: png })
    expect([sent.status, sent.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
    const { file } = (await sent.json()) as { file: { url: string } }
    expect(file).toMatchObject({ kind: 'file', media: 'photo', name: 'a_.._kettle ч.png', size: 8, type: 'image/png' })
    const got = await door.ask(file.url)
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(png)
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^inline;/),
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
    })
  })

  test('what is neither picture, sound nor film is only ever saved', async () => {
    await using door = await open()
    const sent = await door.ask('/_dev/files?name=page.html&type=text/html', { method: 'POST', body: '<script>alert(1)</script>', headers: bytes })
    const { file } = (await sent.json()) as { file: { url: string; media: string } }
    expect(file.media).toBe('document')
    const got = await door.ask(file.url)
    expect([got.headers.get('content-type'), got.headers.get('content-disposition')]).toEqual([
      'application/octet-stream',
      "attachment; filename*=UTF-8''page.html",
    ])
  })

  test('a player gets the part that it asks for', async () => {
    await using door = await open()
    const { file } = (await (await door.ask('/widget/any/files?name=a.mp3', { method: 'POST', body: png })).json()) as { file: { url: string; media: string } }
    expect(file.media).toBe('audio')
    const part = await door.ask(file.url, { headers: { range: 'bytes=2-3' } })
    expect([part.status, part.headers.get('content-range'), new Uint8Array(await part.arrayBuffer())]).toEqual([206, 'bytes 2-3/8', png.slice(2, 4)])
    expect((await door.ask(file.url, { headers: { range: 'bytes=9-' } })).status).toBe(200)
  })

  test('no name, no bytes, too many bytes, a foreign type and an unknown file are refused', async () => {
    await using door = await open()
    const post = (path: string, body: Uint8Array<ArrayBuffer> | string, headers = {}) => door.ask(path, { method: 'POST', body, headers })
    const answers = await Promise.all([
      post('/widget/any/files', png),
      post('/widget/any/files?name=a', ''),
      post('/widget/any/files?name=a', new Uint8Array(10 * 1024 * 1024 + 1)),
      post('/_dev/files?name=a', png, { 'content-type': 'text/plain' }),
      door.ask(`/files/f${'1'.repeat(32)}/a`),
      door.ask('/files/..%2Fjournal/a'),
      door.ask('/_dev/files'),
    ])
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 413, 415, 404, 404, 405])
  })
})

test('a folder keeps files over a restart, counts them, and knows nothing of one that was cut off', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'files')
  const file = { name: 'a.png', type: 'image/png', bytes: png }
  expect(await openFileFolder(path).put('f1', file)).toBe(true)
  const again = await openFileFolder(path).get('f1')
  expect({ ...again, bytes: new Uint8Array(again?.bytes ?? []) }).toEqual(file)
  expect(await openFileFolder(path, 10).put('f2', file)).toBe(false)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'f3'), png)
  expect(await openFileFolder(path).get('f3')).toBeUndefined()
  expect(await memoryFiles(10).put('f1', file)).toBe(true)
})
