/** 100-nanosecond steps between 1582-10-15, where version 1 begins to count, and 1970. */
const epoch = 122_192_928_000_000_000n

/**
 * A version-1 UUID, as Jivo's events have it: it holds the time. The same time and number give the same.
 *
 * @param at milliseconds since 1970
 * @param number tells apart what happens within one millisecond
 */
export const uuidV1 = (at: number, number: number): string => {
  const steps = (epoch + BigInt(at) * 10_000n + BigInt(number % 10_000)).toString(16).padStart(15, '0')
  const low = steps.slice(-8)
  const middle = steps.slice(-12, -8)
  const high = steps.slice(-15, -12)
  const sequence = (0x8000 | (Math.floor(number / 10_000) & 0x3fff)).toString(16)
  return `${low}-${middle}-1${high}-${sequence}-0242ac120002`
}
