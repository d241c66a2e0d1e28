import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { Command } from 'commander'
import type { Context } from '../context.js'
import type { World } from '../emulator/world/world.js'
import { UserError } from '../errors.js'
import { readLocator } from '../transports/data-folder.js'
import type { Variable } from '../transports/intercept/child-environment.js'
import type { Options as EmulateOptions } from './emulate-options.js'
import { settingsOf } from './emulate-settings.js'
import { addressVariables } from './emulator-addresses.js'
import { findEmulator, whereabouts } from './emulator-client.js'
import { startEmulator } from './running-emulator.js'

/** The emulator that a command runs beside: one of its own, or one that runs anyway. */
export interface Beside {
  readonly url: string
  /** Absolute; holds the certificates. */
  readonly dataFolder: string
  /** Whether that folder is still there afterwards. */
  readonly isKept: boolean
  readonly addresses: readonly Variable[]
  /** Whether anything has happened in it since. */
  readonly hasHeard: () => Promise<boolean>
  /** Ends what was started for the command. */
  readonly end: () => Promise<void>
}

export interface BesideOptions extends Omit<EmulateOptions, 'data'> {
  readonly data?: string
  readonly emulator?: string
}

/** Flags of `exec` that say nothing of an emulator. */
const ours = new Set(['data', 'emulator', 'proxy', 'proxyPort', 'printEnv', 'json', 'quiet'])

export const openBeside = async (options: BesideOptions, command: Command, context: Context): Promise<Beside> => {
  const { cwd } = context
  // Certificates stay where they are found again, or nowhere.
  const isKnown = options.emulator !== undefined && readLocator(join(cwd, '.jivo-dev'))?.url === options.emulator
  const named = options.data ?? (isKnown ? '.jivo-dev' : null)
  const dataFolder = named === null ? mkdtempSync(join(tmpdir(), 'jivo-dev-')) : isAbsolute(named) ? named : join(cwd, named)
  const forget = () => {
    if (named === null) rmSync(dataFolder, { recursive: true, force: true })
  }
  try {
    const { end, ...beside } = await (options.emulator === undefined
      ? startOwn(dataFolder, options, command, context)
      : useRunning(options.emulator, dataFolder, command, context))
    return {
      ...beside,
      dataFolder,
      isKept: named !== null,
      end: async () => {
        await end()
        forget()
      },
    }
  } catch (error) {
    forget()
    throw error
  }
}

type Found = Omit<Beside, 'dataFolder' | 'isKept'>

/** Whatever the project's file says of an emulator that people look at. */
const unseen = { port: 0, host: '127.0.0.1', allowHost: [], open: false, quiet: true } as const

const startOwn = async (data: string, options: BesideOptions, command: Command, context: Context): Promise<Found> => {
  const { options: given, ...settings } = await settingsOf({ ...options, ...unseen, data }, command, context)
  let requests = 0
  const emulator = await startEmulator({ ...settings, options: { ...given, ...unseen, data } }, context, {
    report: error => context.stderr.write(`jivo-dev: ${error instanceof Error ? error.message : String(error)}\n`),
    onRequest: () => {
      requests += 1
    },
  })
  const { url, world } = emulator
  const { seq } = world
  return {
    url,
    addresses: addressVariables(url, world, options.botToken),
    hasHeard: async () => requests > 0 || world.seq > seq,
    end: async () => {
      try {
        await emulator.stop()
      } finally {
        await emulator.close()
      }
    },
  }
}

const useRunning = async (emulator: string, data: string, command: Command, context: Context): Promise<Found> => {
  const other = command.options.find(option => !ours.has(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli')
  if (other !== undefined) {
    throw new UserError('usage', {
      problem: `${other.long} says what a new emulator is, but ${emulator} runs already: --emulator or JIVO_DEV_URL names it.`,
      hint: 'Leave one of them out',
    })
  }
  const url = await findEmulator({ emulator, data }, context)
  const state = () => stateOf(emulator, data, context)
  const before = await state()
  return {
    url,
    addresses: addressVariables(url, before, undefined),
    hasHeard: async () => (await state().catch(() => before)).seq > before.seq,
    end: async () => {},
  }
}

const stateOf = async (emulator: string, data: string, { cwd, signal }: Context): Promise<World> => {
  const { exchangeJson } = await import('../transports/emulator-stream.js')
  const { status, body } = await exchangeJson(whereabouts({ emulator, data }, cwd), { route: 'state', signal })
  if (status !== 200) throw new UserError('emulatorUnreachable', { url: emulator, problem: `it answered ${status} when asked for its state.` })
  return body as World
}
