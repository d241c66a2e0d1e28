/** First in, first out, each in constant time however many wait. */
export interface Queue<Item> {
  readonly push: (item: Item) => void
  readonly first: () => Item | undefined
  readonly shift: () => Item | undefined
}

/** What has been taken is let go in steps of this size: often enough to hold no memory, seldom enough to cost nothing. */
const step = 1_024

export const createQueue = <Item>(): Queue<Item> => {
  let items: Item[] = []
  let head = 0
  return {
    push: item => {
      items.push(item)
    },
    first: () => items[head],
    shift: () => {
      const item = items[head]
      if (head === items.length) return undefined
      head += 1
      if (head === items.length || (head % step === 0 && head * 2 > items.length)) {
        items = items.slice(head)
        head = 0
      }
      return item
    },
  }
}
