/** How many items a shuffle holds at once: those of a longer stream move at most about so far. */
export const shuffleWindow = 10_000

/** The items in another order, of which the same random numbers give the same. Never holds more than the window. */
export async function* shuffled<Item>(batches: AsyncIterable<readonly Item[]>, random: () => number, window = shuffleWindow): AsyncGenerator<readonly Item[]> {
  const held: Item[] = []
  for await (const batch of batches) {
    const drawn: Item[] = []
    for (const item of batch) {
      if (held.length < window) {
        held.push(item)
        continue
      }
      const at = Math.floor(random() * held.length)
      drawn.push(held[at] as Item)
      held[at] = item
    }
    if (drawn.length > 0) yield drawn
  }
  for (let last = held.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (last + 1))
    const item = held[at] as Item
    held[at] = held[last] as Item
    held[last] = item
  }
  if (held.length > 0) yield held
}
