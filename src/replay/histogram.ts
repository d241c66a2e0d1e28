/** Each step of the histogram is so much wider than the one before: values are known to one part in a hundred. */
const step = Math.log(1.02)
const least = 0.01
const size = 1_100

/** Durations in milliseconds, counted in steps: the size is the same for a thousand and for a million. */
export interface Histogram {
  readonly add: (value: number) => void
  readonly count: () => number
  readonly longest: () => number
  /** The duration that this part (0 to 1) of all took at most; 0 when there are none. */
  readonly quantile: (part: number) => number
  /** Steps that hold something, from the shortest: the duration in the middle of each, and how many. */
  readonly steps: () => readonly { readonly at: number; readonly count: number }[]
}

export const createHistogram = (): Histogram => {
  const counts = new Float64Array(size)
  let count = 0
  let longest = 0
  let shortest = Number.POSITIVE_INFINITY
  const middle = (index: number) => Math.min(Math.max(least * Math.exp((index + 0.5) * step), shortest), longest)
  return {
    add: value => {
      const index = value <= least ? 0 : Math.min(Math.floor(Math.log(value / least) / step), size - 1)
      counts[index] = (counts[index] ?? 0) + 1
      count += 1
      if (value > longest) longest = value
      if (value < shortest) shortest = value
    },
    count: () => count,
    longest: () => longest,
    quantile: part => {
      if (count === 0) return 0
      let left = Math.max(1, Math.ceil(part * count))
      for (let index = 0; index < size; index += 1) {
        left -= counts[index] ?? 0
        if (left <= 0) return middle(index)
      }
      return longest
    },
    steps: () => [...counts].flatMap((held, index) => (held === 0 ? [] : [{ at: middle(index), count: held }])),
  }
}
