import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckResult } from '../checks/check-result.js'
import { checkRuntime, unknownRuntime } from '../checks/check-runtime.js'
import type { Context } from '../context.js'
import { listen } from '../library/listen.js'
import { openIntercept } from '../transports/intercept/open-intercept.js'
import { probeOf } from '../transports/runtime-probe.js'
import { baseName, programOf, whyNoCall, whyRefused } from './exec-reasons.js'

/** Milliseconds for a call, and for compiling a program first. */
const patience = 20_000
const longPatience = 120_000

/** Makes the runtime of a command call Jivo as `jivo-dev exec` would have it, and sees whether the call arrives. */
export const tryRuntime = async (words: readonly string[], context: Context): Promise<CheckResult> => {
  const { env, platform, packageFolder, pid, clock, cwd, signal } = context
  const name = programOf(words)
  const folder = mkdtempSync(join(tmpdir(), 'jivo-dev-doctor-'))
  try {
    const probe = probeOf(
      words,
      name,
      words.findIndex(word => baseName(word) === name),
      folder,
    )
    if (probe === null) return unknownRuntime(name)
    if (probe.file !== undefined) writeFileSync(join(folder, probe.file.name), probe.file.text)

    const jivo = await listen({}, join(packageFolder, 'dist'))
    const intercept = await openIntercept({ dataFolder: folder, emulatorUrl: jivo.url, env, platform, packageFolder, pid, now: clock.now() })
    try {
      const variables = Object.fromEntries(intercept.settings().variables.map(({ name, value }) => [name, value]))
      const [program = '', ...args] = probe.words
      const began = performance.now()
      const ended = await runProbe(program, args, { env: { ...env, ...variables }, cwd, signal, timeout: probe.isSlow ? longPatience : patience })
      const trial = { program: name, client: probe.client, said: ended.said, took: performance.now() - began }
      const hasArrived = (await jivo.events()).some(({ type }) => type === 'request.refused')
      if (hasArrived) return checkRuntime({ ...trial, outcome: 'arrived', reason: '' })
      if (ended.how !== 'ended') return checkRuntime({ ...trial, outcome: ended.how, reason: '' })
      const [refused] = whyRefused({ words, platform, calls: intercept.calls, caFile: null })
      if (refused !== undefined) return checkRuntime({ ...trial, outcome: 'refused', reason: refused })
      return checkRuntime({ ...trial, outcome: 'silent', reason: whyNoCall(words) })
    } finally {
      await intercept.close()
      await jivo.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface ProbeOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly signal: AbortSignal
  readonly timeout: number
}

const runProbe = (program: string, args: readonly string[], { env, cwd, signal, timeout }: ProbeOptions) =>
  new Promise<{ readonly how: 'ended' | 'missing' | 'too-long'; readonly said: string }>(resolve => {
    execFile(program, args, { env, cwd, signal, timeout, killSignal: 'SIGKILL', windowsHide: true }, (error, _, stderr) => {
      // Java says what it picked up from the environment.
      const lines = stderr.split('\n').filter(line => line.trim() !== '' && !line.startsWith('Picked up '))
      const how = error?.code === 'ENOENT' || error?.code === 'EACCES' ? 'missing' : error?.killed ? 'too-long' : 'ended'
      resolve({ how, said: lines.at(-1)?.trim() ?? '' })
    })
  })
