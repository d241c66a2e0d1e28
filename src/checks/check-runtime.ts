import type { CheckResult } from './check-result.js'

/** What became of one call that a runtime was made to make to Jivo. */
export interface Trial {
  /** As the user would name it: `python3`. */
  readonly program: string
  /** What called: `urllib`. */
  readonly client: string
  readonly outcome: 'arrived' | 'refused' | 'silent' | 'missing' | 'too-long'
  /** Why it probably did not arrive, and what to do. */
  readonly reason: string
  /** The last line that the program said of it; empty when it said nothing. */
  readonly said: string
  readonly took: number
}

/** Whether programs of a runtime reach the emulator under `jivo-dev exec`, and trust it. */
export const checkRuntime = ({ program, client, outcome, reason, said, took }: Trial): CheckResult => {
  const quoted = said === '' ? '' : ` It said: ${said}`
  const of = (verdict: CheckResult['verdict'], message: string, fix: string): CheckResult => ({ name: 'runtime', verdict, message, fix, took })
  switch (outcome) {
    case 'arrived':
      return of('passed', `Under jivo-dev exec, ${program} reaches the emulator as bot.jivosite.com and trusts it (${client}).`, '')
    case 'refused':
      return of('failed', `${program} reached the emulator and refused its certificate (${client}).${quoted}`, reason)
    case 'silent':
      return of('failed', `Under jivo-dev exec, no call of ${program} came to the emulator (${client}).${quoted}`, reason)
    case 'missing':
      return of('failed', `There is no program ${program}.`, 'Install it, or name it by its path.')
    case 'too-long':
      return of('failed', `${program} did not end in ${Math.round(took / 1_000)} s.${quoted}`, 'Run it by itself to see what it waits for.')
  }
}

/** For a program that nothing is known of. */
export const unknownRuntime = (program: string): CheckResult => ({
  name: 'runtime',
  verdict: 'skipped',
  message: `How to make ${program} call Jivo is not known here.`,
  fix: `Run it: jivo-dev exec -- ${program} …  says whether a call came.`,
  took: 0,
})
