import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import type { PortOwner } from '../errors.js'
import type { HttpClient } from './http/http-client.js'

/**
 * Who listens on a port of this machine: an emulator says so itself, another program is looked up where the system lets
 * us. Null when nobody could be found.
 */
export const findPortOwner = async (host: string, port: number, client: HttpClient): Promise<PortOwner | null> => {
  const pid = await emulatorAt(`http://${host}:${port}/`, client)
  if (pid !== null) return { name: 'node', pid, isEmulator: true }
  return (await ownerFromProc(port)) ?? (await ownerFromLsof(port))
}

/** Process id of the emulator that answers at a base address, or null when none does. */
export const emulatorAt = async (url: string, client: HttpClient): Promise<number | null> => {
  const { result } = await client.request({ url: new URL('_dev/ready', url).href, method: 'GET', timeout: 1_000 })
  if (result.kind !== 'answered') return null
  try {
    const ready: unknown = JSON.parse(result.body)
    const isEmulator = typeof ready === 'object' && ready !== null && 'name' in ready && ready.name === 'jivo-dev' && 'pid' in ready
    return isEmulator ? Number(ready.pid) : null
  } catch {
    return null
  }
}

/** Linux: the socket's inode from the kernel's table, then the process that has it open. */
const ownerFromProc = async (port: number): Promise<PortOwner | null> => {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const inodes = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '')
    for (const row of text.split('\n').slice(1)) {
      const columns = row.trim().split(/\s+/)
      const isListening = columns[3] === '0A'
      if (isListening && columns[1]?.endsWith(`:${hex}`) && columns[9] !== undefined) inodes.add(`socket:[${columns[9]}]`)
    }
  }
  if (inodes.size === 0) return null
  for (const pid of (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name))) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')
      if (!inodes.has(target)) continue
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'a program')
      return { name: name.trim(), pid: Number(pid), isEmulator: false }
    }
  }
  return null
}

const ownerFromLsof = (port: number): Promise<PortOwner | null> =>
  new Promise(done => {
    execFile('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { timeout: 2_000 }, (error, stdout) => {
      const pid = /^p(\d+)$/m.exec(stdout)?.[1]
      const name = /^c(.+)$/m.exec(stdout)?.[1]
      done(error !== null || pid === undefined ? null : { name: name ?? 'a program', pid: Number(pid), isEmulator: false })
    })
  })
