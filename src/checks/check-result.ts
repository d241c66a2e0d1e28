/** One thing that was checked of somebody's server. */
export interface CheckResult {
  readonly name: string
  readonly verdict: 'passed' | 'warned' | 'failed' | 'skipped'
  /** What was found, with the value. */
  readonly message: string
  /** What to do about it; empty when there is nothing to do. */
  readonly fix: string
  /** Milliseconds; 0 for what was seen in the answers to earlier requests. */
  readonly took: number
  /** The status that was answered; absent when there is none that matters. */
  readonly status?: number
}

export interface CheckTotals {
  readonly passed: number
  readonly warned: number
  readonly failed: number
  readonly skipped: number
}

export const totalsOf = (results: readonly CheckResult[]): CheckTotals => {
  const count = (verdict: CheckResult['verdict']) => results.filter(result => result.verdict === verdict).length
  return { passed: count('passed'), warned: count('warned'), failed: count('failed'), skipped: count('skipped') }
}
