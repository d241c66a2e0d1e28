type Key = string | number

/** A place in a text, both counted from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

export class JsonError extends Error {
  override readonly name = 'JsonError'
  readonly position: Position

  constructor(problem: string, position: Position) {
    super(problem)
    this.position = position
  }
}

export interface Located {
  readonly value: unknown
  /** Where the value at a path begins, or, for a field that is too much, its name. Undefined where there is no such place. */
  readonly valueAt: (path: readonly Key[]) => Position | undefined
  readonly nameAt: (path: readonly Key[]) => Position | undefined
}

/** Levels of objects and lists; webhooks have five. */
const deepest = 200

/**
 * Parses JSON and remembers where each value and each name stands.
 *
 * @throws JsonError with what is wrong and where
 */
export const locate = (source: string): Located => {
  // Editors on Windows put a byte order mark before the text.
  const text = source.startsWith('\ufeff') ? ` ${source.slice(1)}` : source
  const values = new Map<string, number>()
  const names = new Map<string, number>()
  let at = 0

  const positionOf = (offset: number): Position => {
    const lines = text.slice(0, offset).split('\n')
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
  }
  const fail = (wanted: string): never => {
    const found = at >= text.length ? 'the file ends' : `there is ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}`
    throw new JsonError(`${found} where ${wanted} is expected`, positionOf(at))
  }
  const token = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  const space = () => token(/[ \t\r\n]*/y)
  const eat = (sign: string) => {
    space()
    if (text[at] !== sign) return false
    at += 1
    return true
  }
  const string = (wanted: string): string => {
    const begin = at
    if (text[at] !== '"') fail(wanted)
    at += 1
    while (text[at] !== '"') {
      if (token(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y) !== undefined) continue
      const letter = text[at]
      if (letter === undefined || letter === '\\' || letter < ' ') fail('the rest of a text in quotes')
      at += 1
    }
    at += 1
    return JSON.parse(text.slice(begin, at)) as string
  }
  const object = (path: readonly Key[]): unknown => {
    if (eat('}')) return
    do {
      space()
      const begin = at
      const name = string('a name in quotes')
      names.set(JSON.stringify([...path, name]), begin)
      if (!eat(':')) fail('a colon')
      read([...path, name])
    } while (eat(','))
    if (!eat('}')) fail('a comma or }')
  }
  const list = (path: readonly Key[]): unknown => {
    if (eat(']')) return
    let index = 0
    do {
      read([...path, index])
      index += 1
    } while (eat(','))
    if (!eat(']')) fail('a comma or ]')
  }
  const read = (path: readonly Key[]): void => {
    space()
    if (path.length > deepest) fail('nothing so deep')
    values.set(JSON.stringify(path), at)
    if (eat('{')) object(path)
    else if (eat('[')) list(path)
    else if (text[at] === '"') string('a text')
    else if (token(/(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y) === undefined) fail('a value')
  }

  read([])
  space()
  if (at < text.length) fail('the end')
  const lookUp = (offsets: ReadonlyMap<string, number>) => (path: readonly Key[]) => {
    const offset = offsets.get(JSON.stringify(path))
    return offset === undefined ? undefined : positionOf(offset)
  }
  return { value: JSON.parse(text), valueAt: lookUp(values), nameAt: lookUp(names) }
}
