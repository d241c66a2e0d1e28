/**
 * Things that come and go thousands of times a second. A `Set` would do, but each time it has grown over what was taken out
 * it leaves a table behind that keeps alive, until the next full collection, all that came after.
 */
export interface Slots<Item> {
  /** Returns what `clear` wants. */
  readonly put: (item: Item) => number
  readonly clear: (slot: number) => void
  readonly each: (visit: (item: Item) => void) => void
}

export const createSlots = <Item>(): Slots<Item> => {
  const items: (Item | undefined)[] = []
  const free: number[] = []
  return {
    put: item => {
      const slot = free.pop() ?? items.length
      items[slot] = item
      return slot
    },
    clear: slot => {
      items[slot] = undefined
      free.push(slot)
    },
    each: visit => {
      for (const item of [...items]) if (item !== undefined) visit(item)
    },
  }
}
