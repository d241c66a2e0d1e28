/** How many items a shuffle holds at once: those of a longer stream move at most about so far. */
export const shuffleWindow = 10_000

/** The items in another order, of which the same random numbers give the same. Never holds more than the window. */
export async function* shuffled<Item>(items: AsyncIterable<Item>, random: () => number, window = shuffleWindow): AsyncGenerator<Item> {
  const held: Item[] = []
  for await (const item of items) {
    if (held.length < window) {
      held.push(item)
      continue
    }
    const at = Math.floor(random() * held.length)
    yield held[at] as Item
    held[at] = item
  }
  while (held.length > 0) {
    const at = Math.floor(random() * held.length)
    const last = held.pop() as Item
    if (at === held.length) yield last
    else {
      yield held[at] as Item
      held[at] = last
    }
  }
}
