/** Edits (insert, delete, replace, swap of neighbours) that make one word of another. */
const distance = (a: string, b: string): number => {
  const rows = Array.from({ length: a.length + 1 }, (_, row) => [row, ...Array<number>(b.length).fill(0)])
  const cell = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let column = 0; column <= b.length; column += 1) (rows[0] as number[])[column] = column
  for (let row = 1; row <= a.length; row += 1) {
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1
      let least = Math.min(cell(row - 1, column) + 1, cell(row, column - 1) + 1, cell(row - 1, column - 1) + cost)
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (isSwap) least = Math.min(least, cell(row - 2, column - 2) + 1)
      ;(rows[row] as number[])[column] = least
    }
  }
  return cell(a.length, b.length)
}

/** The known words that somebody who wrote `word` may have meant: the nearest, at most three. */
export const near = <Name extends string>(word: string, known: readonly Name[]): Name[] => {
  const wanted = word.toLowerCase()
  const scored = known
    .map(candidate => {
      const name = candidate.toLowerCase()
      const tail = name.slice(name.lastIndexOf('.') + 1)
      const wantedTail = wanted.slice(wanted.lastIndexOf('.') + 1)
      // The right field of the wrong object is as near as a slip of the finger.
      const score = Math.min(distance(wanted, name), 1 + distance(wantedTail, tail))
      return { candidate, score, isNear: score <= Math.max(2, Math.floor(wanted.length / 3)) }
    })
    .filter(({ isNear }) => isNear)
    .sort((a, b) => a.score - b.score)
  return scored
    .filter(({ score }) => score === scored[0]?.score)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}
