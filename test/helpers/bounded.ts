/**
 * How often a property is tried. The seed is always the same, so that a run fails for its changes and for nothing else;
 * `JIVO_DEV_TEST_SEED` takes another one. fast-check prints the seed of a failure.
 */
export const bounded = (numRuns: number) => ({ numRuns, seed: Number(process.env.JIVO_DEV_TEST_SEED ?? 7) })
