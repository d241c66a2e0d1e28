import { expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/cli.js'
import { torture } from './torture.js'

/** `npm run torture` sets more of them. */
const kills = Number(process.env.JIVO_DEV_TORTURE_KILLS ?? 20)
const seed = Number(process.env.JIVO_DEV_TORTURE_SEED ?? 7)

test(`an emulator that is killed ${kills} times loses nothing that it accepted`, { timeout: kills * 3_000 + 60_000 }, async () => {
  using folder = temporaryFolder()
  const findings = await torture(folder.path, kills, seed)
  process.stderr.write(`${kills} kills, seed ${seed}: ${findings.accepted} accepted, ${findings.received} received\n`)
  expect(findings).toMatchObject({ lost: [], unrecorded: [], unfinished: [] })
  expect(findings.accepted).toBeGreaterThan(kills)
})
