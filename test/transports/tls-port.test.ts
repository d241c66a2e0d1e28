import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { run, start, temporaryFolder } from '../helpers/cli.js'

const emulate = async (cwd: string, flags: readonly string[]) => {
  const emulator = start(['emulate', '--port', '0', '--json', ...flags], { cwd })
  await emulator.says('emulator.ready')
  return { emulator, ...(JSON.parse(emulator.output.stdout.split('\n')[0] ?? '') as { url: string; tlsPort: number | null; widgetId: string }) }
}

test('the second port is the emulator over TLS: pages, their connections, and the guard', async () => {
  using folder = temporaryFolder()
  const { emulator, tlsPort, widgetId } = await emulate(folder.path, ['--tls-port', '0', '--trust', 'trust'])
  await using _ = emulator
  const ca = readFileSync(join(folder.path, 'trust/ca.pem'))
  const to = { host: '127.0.0.1', port: Number(tlsPort), ca, servername: 'code.jivosite.com', agent: false } as const
  const get = (path: string, host = 'code.jivosite.com') =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      request({ ...to, path, headers: { host } }, response => {
        let text = ''
        response.setEncoding('utf8').on('data', chunk => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode, text }))
      })
        .on('error', reject)
        .end()
    })
  const loader = await get(`/widget/${widgetId}`)
  expect([loader.status, loader.text]).toEqual([200, expect.stringContaining('"host":"code.jivosite.com"')])
  // Only the widget and the APIs answer to these names.
  expect((await get('/_dev/state')).status).toBe(421)
  expect((await get('/widget.js', 'elsewhere.example')).status).toBe(421)

  const socket = new WebSocket(`wss://code.jivosite.com/widget/${widgetId}/socket`, { createConnection: () => connect(to) })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.close()
  // Neither is plain HTTP spoken there, nor does what is none hurt.
  await expect(fetch(`http://127.0.0.1:${tlsPort}/`)).rejects.toThrow('fetch failed')
  expect((await get(`/widget/${widgetId}`)).status).toBe(200)
})

test('a port that is taken is said to be the second one, and the first is free again', async () => {
  using folder = temporaryFolder()
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const { code, stderr } = await run(['emulate', '--port', '0', '--tls-port', String(port)], { cwd: folder.path })
  expect([code, stderr]).toEqual([5, expect.stringContaining(`Port ${port} of 127.0.0.1 is taken by`)])
  expect(stderr).toContain(`Take another port  jivo-dev emulate --tls-port ${port + 1}`)
  await new Promise(resolve => other.close(resolve))
})

test('trust without a certificate to trust is a mistake', async () => {
  using folder = temporaryFolder()
  const { code, stderr } = await run(['emulate', '--port', '0', '--trust', 'trust'], { cwd: folder.path })
  expect([code, stderr]).toEqual([2, expect.stringContaining('--trust is about the certificate of --tls-port, and none is given.')])
})
