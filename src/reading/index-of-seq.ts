/** Index of the first item whose `seq` is not below; the length when there is none. */
export const indexOfSeq = (items: readonly { readonly seq: number }[], seq: number): number => {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.seq ?? 0) < seq) low = middle + 1
    else high = middle
  }
  return low
}
